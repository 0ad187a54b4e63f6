"""What people read of searches: who was found and why, and why somebody was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Value = Mapping[str, Any]
_CHANGES = 8  # shown besides the smallest; --json has them all


def search_text(value: Value) -> str:
    """People found, with reasons."""
    lines = [f"asked for: {_asked(value.get('requirements') or {})}"]
    lines.append("weights: " + ", ".join(f"{name} {weight:.2f}" for name, weight in value["weights"].items()))
    for place, hit in enumerate(value["results"], 1):
        title = " at ".join(filter(None, (hit["current_title"], hit["current_company"]))) or "no position known"
        lines.append(f"\n{place:>2}. {hit['score']:.2f}  {hit['name']}, {title}  [{hit['candidate_id']}]")
        lines += _reasons(hit)
    if not value["results"]:
        lines.append("nobody found")
    for name, effect in (value.get("counts", {}).get("filters") or {}).items():
        lines.append(f"filter {name}: {effect['dropped']} dropped, {effect['unknown']} unknown")
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
    place = f"rank {value['rank']}" if value["rank"] else "no rank: a filter drops them"
    where = "in the list" if value["in_results"] else f"not among the first {value['top_k']}"
    lines = [f"{value['candidate_id']}: {where}, {place}, score {value['score']:.2f}", f"  {value['explanation']}"]
    lines += [f"  - {reason}" for reason in value["reasons"]]
    found = ", ".join(f"{name} {rank or 'no'}" for name, rank in value["found_by"]["ranks"].items())
    lines.append(f"  place in each way of looking: {found or 'nothing was looked for'}")
    if value["smallest"]:
        lines.append(f"the smallest change: {_change_text(value['smallest'])}")
    elif not value["in_results"]:
        lines.append("leaving out one or two things does not bring them in")
    others = [change for change in value["changes"] if change != value["smallest"]]
    lines += [f"  {_change_text(change)}" for change in others[:_CHANGES]]
    return "\n".join(lines)


def _change_text(change: Value) -> str:
    rank = f"rank {change['rank']}" if change["rank"] else "still dropped"
    out = f"{change['moves_out']} others fall out of the list"
    return f"without {' and '.join(change['drop'])}: {rank}, score {change['score']:.2f}, {out}"
