"""Why someone was found, as one paragraph: composed from the factors, so that it can say nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from shared.search.result import FACTORS, Factor, Hit

_QUOTES: Final = 3  # a factor: the words it rests on; all of them are in the factor itself


def explained(hit: Hit) -> Hit:
    """Return the hit with its explanation."""
    return replace(hit, explanation=explain(hit))


def explain(hit: Hit) -> str:
    """Return one short paragraph: what is met, with the record's own words, what is missing, what nobody recorded."""
    asked = [hit.factors[name] for name in FACTORS if hit.factors[name].asked]
    met = [_with_quotes(factor) for factor in asked if factor.notes.met]
    missing = [each for factor in asked for each in factor.notes.missing]
    unknown = [each for factor in asked for each in factor.notes.unknown]
    said = [f"Meets {_joined(met)}." if met else "Meets nothing that was asked."]
    said += [f"Missing: {_joined(missing)}."] if missing else []
    said += [f"Not known: {_joined(unknown)}."] if unknown else []
    return " ".join(said)


def _with_quotes(factor: Factor) -> str:
    told = list(dict.fromkeys(each.quote for each in factor.notes.evidence))[:_QUOTES]
    quotes = f" ({', '.join(f'“{quote}”' for quote in told)})" if told else ""
    return f"{', '.join(factor.notes.met)}{quotes}"


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts)
