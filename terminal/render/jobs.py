"""What people read of jobs and matches, from the very values `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Value = Mapping[str, Any]
_FACTORS = ("skill", "experience", "education", "location")  # in the order searches show them


def job_import_text(value: Value) -> str:
    """Where every record of a file of jobs went."""
    lines = [
        f"  {value['rows']:,} jobs: {value['created']:,} created, {value['changed']:,} changed, "
        f"{value['unchanged']:,} unchanged, {value['rejected']:,} rejected"
    ]
    lines += [f"  rejected: record {each['row']} (line {each['line']}): {each['reason']}" for each in value["rejects"]]
    return "\n".join(lines)


def jobs_text(value: Value) -> str:
    """One line a job."""
    rows = [
        f"{job['id']}  {job['status']:<6} {job['pool']:<12} {job.get('title') or '(no title)'}"
        f"{_at(job)}  [{job.get('external_id') or 'no id of its own'}, {_state(job)}]"
        for job in value["jobs"]
    ]
    return "\n".join(rows) or "no jobs yet: shortlist jobs import FILE"


def job_text(value: Value) -> str:
    """One job, with what was read of it and the words that say so."""
    lines = [f"{value.get('title') or '(no title)'}{_at(value)}  ({value['id']}, {value['status']}, {_state(value)})"]
    read = value.get("enrichment") or {}
    lines += [f"  {read['summary']}"] if read.get("summary") else []
    for must, name in ((True, "must have"), (False, "nice to have")):
        skills = [f"{s['name']} “{s['quote']}”" for s in read.get("skills") or () if s["must"] is must]
        lines += [f"  {name}: {', '.join(skills)}"] if skills else []
    for name in ("functions", "specialties", "levels", "places", "fields_of_study"):
        lines += [f"  {name.replace('_', ' ')}: {', '.join(read[name])}"] if read.get(name) else []
    lines += [f"  years: {read['min_years']:g}"] if read.get("min_years") is not None else []
    lines += [f"  degree: {read['degree']}"] if read.get("degree") else []
    lines += [f"  {each['where'].replace('_', ' ')}: “{each['quote']}”" for each in read.get("quotes") or ()]
    lines += [f"  {value['url']}"] if value.get("url") else []
    return "\n".join(lines)


def matches_text(value: Value) -> str:
    """One entry a match, best first: what is stated, what is not, and what each part of the score is."""
    lines = []
    for place, each in enumerate(value["matches"], 1):
        lines.append(f"{place:>3}. {each['score']:.2f}  {_other(each)}")
        parts = [("states", each["matching_skills"]), ("does not state", each["missing_skills"])]
        told = [f"{said} {', '.join(names)}" for said, names in parts if names]
        lines += [f"           {'; '.join(told)}"] if told else []
        lines.append(f"           {_factors(each)}")
    if lines:
        return "\n".join([*lines, "why somebody is low, or absent: shortlist why JOB CANDIDATE"])
    return (
        "no matches: `shortlist run` finds them once jobs and people are there; `shortlist why JOB CANDIDATE` says more"
    )


def _factors(match: Value) -> str:
    scores = ((name, match["factors"].get(name)) for name in _FACTORS if name in match["factors"])
    told = [f"{name} {'unknown' if score is None else f'{score:.2f}'}" for name, score in scores]
    known = [] if match["coverage"] >= 1 else [f"known of what was asked: {match['coverage']:.0%}"]
    return "  ".join([*told, *known])


def _other(match: Value) -> str:
    if job := match.get("job"):
        return f"{job.get('title') or '(no title)'}{_at(job)}  [{match['job_id']}]"
    who = match["candidate"]
    does = " at ".join(filter(None, (who.get("current_title"), who.get("current_company")))) or "no position known"
    return f"{who['name']}, {does}  [{match['candidate_id']}]"


def _at(job: Value) -> str:
    return "".join(f", {job[name]}" for name in ("company", "location") if job.get(name))


def _state(job: Value) -> str:
    awaiting = job["awaiting"]
    return awaiting if awaiting in ("ready", "failed") else f"awaits {awaiting}"
