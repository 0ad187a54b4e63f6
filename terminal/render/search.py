"""What people read of searches: who was found and why, and why somebody was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Value = Mapping[str, Any]
_CHANGES = 8  # shown besides the smallest; --json has them all
_HELPFUL = 3  # shown where none is enough


def search_text(value: Value) -> str:
    """People found, with reasons."""
    lines = [f"asked for: {_asked(value.get('requirements') or {})}"]
    lines.append("weights: " + ", ".join(f"{name} {weight:.2f}" for name, weight in value["weights"].items()))
    for place, hit in enumerate(value["results"], 1):
        title = " at ".join(filter(None, (hit["current_title"], hit["current_company"]))) or "no position known"
        lines.append(f"\n{place:>2}. {hit['score']:.2f}  {hit['name']}, {title}  [{hit['candidate_id']}]")
        lines += _reasons(hit)
    if not value["results"]:
        near = (value.get("counts") or {}).get("found", 1)
        lines.append(
            "nobody found" if near else "nobody found, and no filter is why: `shortlist stats` says who is there"
        )
    for name, effect in (value.get("counts", {}).get("filters") or {}).items():
        unknown = f"; {effect['unknown']} of whom it is not known stay" if effect["unknown"] else ""
        lines += [f"filter {name}: {effect['dropped']} dropped{unknown}"] if any(effect.values()) else []
    for way in value.get("relax") or ():
        lines.append(f"without filter {' and '.join(way['filters'])}: {way['adds']:,} more")
    lines += [f"note: {note}" for note in value.get("notes") or ()]
    if (suggested := (value.get("preset") or {}).get("suggested")) in ("executive", "manager"):  # others: near default
        lines.append(f"for this level --preset {suggested} weighs otherwise: {value['preset']['reason']}")
    return "\n".join([*lines, f"\n{value['took_ms']:.0f} ms, {value.get('model', '')}"])


def _reasons(hit: Value) -> list[str]:
    lines = []
    for name, factor in hit["factors"].items():
        if factor and factor.get("asked", True):
            score = "unknown" if factor["score"] is None else f"{factor['score']:.2f}"
            parts = [f"{sign} {'; '.join(factor[key])}" for sign, key in _SIGNS if factor.get(key)]
            told = list(dict.fromkeys(each["quote"] for each in factor["evidence"]))[:4]
            quotes = "; ".join(f"“{quote}”" for quote in told)
            lines.append(f"      {name:<10} {score:<8} {'  '.join(parts)}{f'  [{quotes}]' if quotes else ''}")
    if hit["coverage"] < 1:
        lines.append(f"      known of what was asked: {hit['coverage']:.0%}")
    return lines


_SIGNS = (("+", "met"), ("-", "missing"), ("?", "unknown"))


def _asked(requirements: Value) -> str:
    parts = [", ".join(requirements.get(name) or ()) for name in ("levels", "specialties", "functions", "places")]
    parts.append(", ".join(" or ".join(skill["any_of"]) for skill in requirements.get("skills") or ()))
    years = requirements.get("min_years")
    parts.append(f"{years:g}+ years" if years else "")
    return "; ".join(filter(None, parts)) or "the words of the text"


def why_text(value: Value) -> str:
    """Why somebody is absent or low, and what would bring them in."""
    lines = [f"{value.get('name') or 'no name'}  [{value['candidate_id']}]: {_standing(value)}"]
    lines += [f"  {value['explanation']}", *(f"  - {reason}" for reason in value["reasons"])]
    lines += [f"  {_found_by(value['found_by'])}"]
    if value["smallest"]:
        lines.append(f"the smallest change: {_change_text(value['smallest'])}")
    elif not value["in_results"]:
        lines.append("leaving out one or two things does not bring them in; what would help most:")
    lines += [f"  {_change_text(change)}" for change in _others(value)]
    return "\n".join(lines)


def _standing(value: Value) -> str:
    if not value["rank"]:
        return f"dropped by a filter; the score would be {value['score']:.2f}"
    within = "in the list" if value["in_results"] else f"not among the first {value['top_k']}"
    return f"{within}, rank {value['rank']}, score {value['score']:.2f}"


def _found_by(found: Value) -> str:
    names = {f"nearest {field}": f"nearness of {what}" for field, what in _NEAREST.items()}
    ranks = [(names.get(name, name), rank) for name, rank in found["ranks"].items()]
    by = ", ".join(f"{name} (rank {rank})" for name, rank in ranks if rank) or "nothing"
    missed = ", ".join(name for name, rank in ranks if not rank)
    return f"looked for: found by {by}" + (f"; not by {missed}" if missed else "")


_NEAREST = {"embedding": "the whole profile", "skill": "skills", "experience": "experience", "education": "education"}


def _others(value: Value) -> list[Value]:
    """Changes worth reading besides the smallest: they bring the person in and are no more of the same."""
    smallest = value["smallest"]
    if not smallest:
        return [] if value["in_results"] else sorted(value["changes"], key=lambda each: -each["score"])[:_HELPFUL]
    least = set(smallest["drop"])
    enough = [each for each in value["changes"] if (each["rank"] or value["top_k"] + 1) <= value["top_k"]]
    return [each for each in enough if not least <= set(each["drop"])][:_CHANGES]


def _change_text(change: Value) -> str:
    rank = f"rank {change['rank']}" if change["rank"] else "still dropped"
    out = f", {change['moves_out']} of the list fall out" if change["moves_out"] else ""
    return f"without {' and '.join(change['drop'])}: {rank}, score {change['score']:.2f}{out}"
