"""What people read: one function a verb, from the very values `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Value = Mapping[str, Any]


def mapping_text(value: Value) -> str:
    """The columns of an export and what they are read as."""
    lines = [f"  {header:<28} -> {field}" for header, field in value["mapping"].items()]
    lines += [f"  {header:<28}    kept as written" for header in value["unmapped"]]
    lines += [f"  {name:<28}    dropped: protected attribute" for name in value["protected"]]
    dialect = value.get("dialect")
    title = f"columns (looks like an export of {dialect}):" if dialect else "columns:"
    warnings = [f"warning: {warning}" for warning in value.get("warnings") or ()]
    return "\n".join([title, *lines, *warnings])


def preview_text(value: Value) -> str:
    """What an import would do."""
    lines = [mapping_text(value), "", "first changes:"]
    for change in value["changes"]:
        lines.append(f"  {change['change']} {change['candidate_id']}")
        for name, (old, new) in change["fields"].items():
            lines.append(f"    {name}: {_short(old)} -> {_short(new)}")
    if value["rejects"]:
        lines += ["", "rejects:", *(f"  row {r['row']} (line {r['line']}): {r['reason']}" for r in value["rejects"])]
    return "\n".join([*lines, "", "nothing was written. It would be:", _counts(value)])


def import_text(value: Value) -> str:
    """Where every row of an import went."""
    lines = [f"import {value['import_id']}", _counts(value)]
    dropped = value.get("dropped") or {}
    if dropped:
        lines.append("  dropped at the door: " + ", ".join(f"{n} × {name}" for name, n in dropped.items()))
    lines += [f"  warning: {each}" for each in value.get("warnings") or ()]
    if value.get("rejects_file"):
        lines.append(f"  rejects: files/{value['rejects_file']} in the home folder")
    return "\n".join(lines)


def cvs_text(value: Value) -> str:
    """What became of every CV file."""
    lines = []
    for each in value["files"]:
        what = _cv_became(each) if each["status"] == "SUCCESS" else each["error"] or "not yet done"
        lines.append(f"  {each['status']:<8} {each['file']}  {what}")
    read, total = value["processed_files"], value["total_files"]
    return "\n".join([*lines, f"{read:,} of {total:,} files read, {value['failed_files']:,} failed"])


def _cv_became(each: Value) -> str:
    used = f"; {each['lines_used']} of {each['lines']} lines used" if each.get("lines") else ""
    warned = "".join(f"; {warning}" for warning in each.get("warnings") or ())
    return f"candidate {each['candidate_id']}{used}{warned}"


def imports_text(value: Value) -> str:
    """One line an import."""
    lines = []
    for each in value["imports"]:
        c = each["counts"]
        state = f"undone {each['undone_at']}" if each["undone_at"] else each["state"]
        lines.append(
            f"{each['id']}  {each['created_at']}  {each['pool']:<12} {each['filename']:<32} {state:<8} "
            f"{c['rows']:>7,} rows, {c['created']:,} created, {c['merged']:,} merged, {c['unchanged']:,} unchanged"
        )
    return "\n".join(lines) or "no imports yet: shortlist import FILE"


def uploads_text(value: Value) -> str:
    """One line a dropped file."""
    rows = [f"{each['at']}  {each['state']:<8} {each['name']}  {_became(each)}".rstrip() for each in value["uploads"]]
    return "\n".join(rows) or "nothing was dropped yet"


def _became(upload: Value) -> str:
    if upload["error"]:
        return str(upload["error"])
    kinds = [kind for kind in ("import", "document") if upload[f"{kind}_id"]]
    return " ".join(f"{kind} {upload[f'{kind}_id']}" for kind in kinds)


def undo_text(value: Value) -> str:
    """What an undo took back, or would."""
    verb = "would be undone" if value.get("dry_run") else "is undone"
    lines = [
        f"import {value['import_id']} {verb}: {value['removed']:,} people only it brought are gone, "
        f"{value['changed']:,} changed back, {value['kept_by_hand']:,} kept for what was done by hand, "
        f"{value['kept_by_other_imports']:,} rows another import says too stay"
    ]
    for person in value.get("people") or ():
        reasons = f" ({', '.join(person['reasons'])})" if person["reasons"] else ""
        lines.append(f"  {person['candidate_id']}  {person['change']}{reasons}")
    for other in value.get("kept_by_imports") or ():
        lines.append(f"  import {other['import_id']} keeps {other['rows']:,} rows of these people")
    if value["kept_by_hand"]:
        lines.append("  --also-kept removes those kept by hand, too" if value.get("dry_run") else "")
    return "\n".join(line for line in lines if line)


def dedupe_text(value: Value) -> str:
    """What was merged, what is only likely."""
    would = "would merge" if value["dry_run"] else "merged"
    lines = [f"{would} {len(value['merged'])} groups that share a key"]
    lines += [f"  {' '.join(each['merged'])} into {each['into']}" for each in value["merged"]]
    lines.append(f"{len(value['likely'])} likely pairs without a shared key (shortlist merge ID ID joins them):")
    lines += [f"  {' '.join(pair['ids'])}  {pair['why']}" for pair in value["likely"]]
    lines.append(f"{len(value['proposals'])} pairs that share an address, a profile or an id and are not joined:")
    for proposal in value["proposals"]:
        lines.append(
            f"  {proposal['names'][0]} ({proposal['ids'][0]}) and {proposal['names'][1]} ({proposal['ids'][1]})"
        )
        lines.append(f"    for: {', '.join(proposal['for'])}; against: {', '.join(proposal['against']) or 'nothing'}")
    return "\n".join(lines)


def run_text(value: Value) -> str:
    """What the stages did."""
    lines = [f"{value['retried']:,} failed records were tried again"] if "retried" in value else []
    if "queued" in value:
        return "\n".join([*lines, _queued_text(value)])
    done = {**value.get("documents", {}), **value["stages"]}
    done |= {f"jobs {stage}": did for stage, did in value.get("jobs", {}).items()}
    for stage, did in done.items():
        lines.append(f"  {stage:<12}{_did(did)}")
    if not done:
        lines.append("nothing was due")
    lines.append(f"{value['total']:,} candidates: {_awaiting(value['awaiting'])} ({value['seconds']} s)")
    return "\n".join(lines)


def _did(did: Value) -> str:
    """What a stage did, and why it skipped what it did."""
    said = ", ".join(f"{did[name]:,} {name}" for name in ("done", "failed", "skipped", "unchanged") if did[name])
    reasons = did["why_skipped"]
    counted = [f"{number:,} {reason}" if len(reasons) > 1 else reason for reason, number in reasons.items()]
    return f"{said} ({'; '.join(counted)})" if counted else said


def _queued_text(value: Value) -> str:
    lines = [
        f"  {kind} {stage}: {number:,} queued"
        for kind, stages in value["queued"].items()
        for stage, number in stages.items()
    ]
    lines.append(f"{value['total']:,} candidates: {_awaiting(value['awaiting'])}")
    watch = "Cloud Tasks works them off: `shortlist stats` says how far, `shortlist failures` what failed"
    return "\n".join([*lines, watch if value["queued"] else "nothing was due"])


def plan_text(value: Value) -> str:
    """What a run would do and cost."""
    lines = []
    for stage in value["stages"]:
        lines.append(
            f"{_named(stage):<12} {stage['due']:,} due, {stage['stale']:,} stale, {stage['failed']:,} failed: "
            f"{stage['calls']:,} calls, {stage['tokens']:,} tokens, ${stage['dollars']:.2f}"
        )
        lines += [f"             {reason}" for reason in stage["why"]]
    lines.append(f"in all {value['calls']:,} calls, {value['tokens']:,} tokens, ${value['dollars']:.2f}")
    return "\n".join(lines)


def stats_text(value: Value) -> str:
    """How many candidates, and how far they are."""
    lines = [f"{value['total']:,} candidates from {value['sources']:,} sources: {_awaiting(value['awaiting'])}"]
    lines += _stages(value)
    for kind, name in (("jobs", "jobs"), ("documents", "CV files")):
        if there := value.get(kind):
            lines += [f"{there['total']:,} {name}: {_awaiting(there['awaiting'])}", *_stages(there)]
    return "\n".join(lines)


def _stages(value: Value) -> list[str]:
    return [
        f"  {stage:<10}" + ", ".join(f"{number:,} {name}" for name, number in did.items())
        for stage, did in value["stages"].items()
    ]


def _named(stage: Value) -> str:
    """A stage by its name; what is done to jobs has the names of what is done to people."""
    return f"jobs {stage['stage']}" if stage["kind"] == "jobs" else str(stage["stage"])


def failures_text(value: Value) -> str:
    """What failed and why."""
    rows = [
        f"{each['id']}  {_named(each):<12} {each['attempts']} attempts, {each['at']}: {each['reason']}"
        for each in value["failures"]
    ]
    return "\n".join(rows) or "nothing failed"


def candidate_text(value: Value) -> str:
    """One person, as a recruiter would read them."""
    person, profile = value.get("person") or {}, value.get("profile") or {}
    lines = [f"{person.get('name', '')}  ({value['id']}, pool {value['pool']}, awaits {value['awaiting']})"]
    lines += [f"  {', '.join(person[name])}" for name in ("emails", "phones") if person.get(name)]
    lines += [f"  {name}: {url}" for name, url in (person.get("links") or {}).items()]
    label, enriched = value.get("classification") or {}, value.get("enrichment") or {}
    for function in label.get("functions") or ():
        what = "/".join(filter(None, (function["name"], ", ".join(function.get("specialties") or ()))))
        quotes = "; ".join(f"“{each['quote']}”" for each in function.get("evidence") or ())
        lines.append(f"  {function['level']} {what} ({function['confidence']:.2f}): {quotes}")
    lines += [f"  {enriched['summary']}"] if enriched.get("summary") else []
    for each in profile.get("experiences") or ():
        dates = f"{each.get('start') or '?'} to {each.get('end') or ('now' if each.get('current') else '?')}"
        lines.append(f"  - {each.get('title') or '?'} at {each.get('company') or '?'} ({dates})")
    lines += [f"  - {e.get('degree') or '?'}, {e.get('school') or '?'}" for e in profile.get("educations") or ()]
    for name, title in (("skills", "skills"), ("inferred_skills", "likely")):
        if enriched.get(name):
            lines.append(f"  {title}: {', '.join(skill['name'] for skill in enriched[name])}")
    for each in value.get("applications") or ():
        lines.append(f"  applied: {each.get('job_title') or '?'}, {each.get('stage') or 'no stage'}")
    lines += [
        f"  flag: {each['kind']} {each.get('candidate_id') or ''} {each['detail']}" for each in value.get("flags") or ()
    ]
    for each in value.get("sources") or ():
        lines.append(f"  source: {each['kind']} {each.get('import_id', '')} row {each.get('row', '-')} at {each['at']}")
    return "\n".join(lines)


def _counts(value: Value) -> str:
    skipped = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in value["skipped"].items() if number)
    passed_over = f"{sum(value['skipped'].values()):,} skipped{f' ({skipped})' if skipped else ''}"
    return (
        f"  {value['rows']:,} rows: {value['created']:,} created, {value['merged']:,} merged, "
        f"{value['unchanged']:,} unchanged, {passed_over}, "
        f"{value['rejected']:,} rejected; {value['flagged']:,} flagged"
    )


def _awaiting(value: Value) -> str:
    known = [
        f"{number:,} {'await ' if name not in ('ready', 'failed') else ''}{name}"
        for name, number in value.items()
        if number
    ]
    return ", ".join(known) or "none"


def _short(value: Any) -> str:
    text = str(value) if value not in (None, [], {}) else "nothing"
    return text if len(text) <= 100 else f"{text[:97]}..."
