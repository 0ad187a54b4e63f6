"""A candidate is the fold of their sources: newer wins field by field, a correction wins over all, lists are united."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.models.candidate import FAILED, READY, SCHEMA
from shared.people.manual_overrides import correct, relabelled
from shared.ports import Data
from shared.reading.text.identity import employer_key, name_key
from shared.stages.table import first_stage
from shared.vocabulary.career import total_years
from shared.vocabulary.terms import search_terms
from shared.vocabulary.text import plain

_PROFILE_FIELDS = ("headline", "summary")
_PERSON_FIELDS = ("name", "location")
_PERSON_ALL = ("name", "location", "emails", "phones", "links")
_REFERENCE_FIELDS = ("kind", "import_id", "row", "document_id", "at")
# list of the profile -> what makes two entries the same one
_PROFILE_LISTS: dict[str, tuple[str, ...]] = {
    "educations": ("degree", "school"),
    "skills": ("name",),
    "languages": ("name",),
}


def newest_first(sources: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Order sources by weight: corrections, then the later received, the later said, the later row."""
    return sorted(sources, key=_weight, reverse=True)


def fold(sources: Sequence[Mapping[str, Any]]) -> Data:
    """Return the fields of a candidate that its sources decide: a pure function of them.

    `sources` are documents of the `sources` collection. Facts a source does not give are left to the older ones.
    """
    order = newest_first(sources) if len(sources) > 1 else sources
    said = [source for source in order if source["kind"] != "correction"] if len(order) > 1 else order
    person, applications, profile = _copied(said[0]) if len(said) == 1 else _folded(said)
    by_hand = correct(person, profile, order[: len(order) - len(said)]) if len(said) < len(order) else {}
    fields: Data = {
        **by_hand,
        "schema_version": SCHEMA,
        "sources": [_reference(source) for source in order],
        "person": person,
        "applications": applications,
        "profile": profile,
        "name_key": name_key(person.get("name") or ""),
        "employer_key": _employer(profile),
    }
    if documents := [source["document"] for source in order if source.get("document")]:
        fields["documents"] = documents
    return fields


def _copied(source: Mapping[str, Any]) -> tuple[Data, list[Data], Data]:
    """Person, applications and profile of one source alone: most people have one, and folding it is half a copy."""
    facts = source["facts"]
    said, application = facts.get("person") or {}, facts.get("application")
    person: Data = {name: value for name in _PERSON_ALL if (value := said.get(name))}
    for name in ("emails", "phones"):
        if (values := person.get(name)) and len(values) > 1:
            person[name] = _united((values,))
    profile = dict(facts.get("profile") or {})
    if not application:
        return person, [], profile
    application = {**application, "import_id": source.get("import_id")}
    if tags := application.get("tags"):
        application["tags"] = profile["tags"] = _united((tags,))
    return person, [application], profile


def _folded(order: Sequence[Mapping[str, Any]]) -> tuple[Data, list[Data], Data]:
    facts = [source["facts"] for source in order]
    profile = _profile([each.get("profile") or {} for each in facts])
    if any((each.get("profile") or {}).get("total_years") for each in facts):
        profile |= _years(profile, max(source["at"] for source in order))
    applications = _applications(order)
    if tags := _united([application.get("tags") or () for application in applications]):
        profile["tags"] = tags
    return _person([each.get("person") or {} for each in facts]), applications, profile


def new_candidate(candidate_id: str, pool: str, now: str, sources: Sequence[Mapping[str, Any]]) -> Data:
    """Return the document of a candidate nobody knew before."""
    fields = {"id": candidate_id, "pool": pool, "created_at": now, "updated_at": now, **fold(sources)}
    fields["flags"] = source_flags(sources)
    fields["awaiting"] = first_stage("candidates")
    fields["search_terms"] = search_terms(fields)
    return fields


def refold(before: Mapping[str, Any], sources: Sequence[Mapping[str, Any]], now: str) -> Data:
    """Return the fields to set on a known candidate whose sources changed; what stages found stays.

    The record awaits its first stage again only when what the stages read has changed.
    """
    fields = fold(sources)
    kept = [flag for flag in before.get("flags") or () if flag.get("candidate_id")]
    fields["flags"] = kept + source_flags(sources)
    fields["updated_at"] = now
    fields |= relabelled(before, fields)
    if before.get("documents"):
        fields.setdefault("documents", [])
    said_anew = any(fields.get(name) != before.get(name) for name in ("profile", "labelled"))
    if said_anew or not before.get("awaiting"):
        fields["awaiting"] = first_stage("candidates")
    elif before["awaiting"] in (READY, FAILED) and _place(fields) != _place(before):
        fields["awaiting"] = "match"  # the only stage that reads where somebody is
    fields["search_terms"] = search_terms({**before, **fields})
    return fields


def _place(data: Mapping[str, Any]) -> str | None:
    return (data.get("person") or {}).get("location")


def source_flags(sources: Sequence[Mapping[str, Any]]) -> list[Data]:
    """Return what reading flagged, each once."""
    flags = [flag for source in sources if (found := source["facts"].get("flags")) for flag in found]
    return flags if len(flags) < 2 else [flag for index, flag in enumerate(flags) if flag not in flags[:index]]


def _weight(source: Mapping[str, Any]) -> tuple[Any, ...]:
    said = source["facts"].get("said_at") or ""
    return (source["kind"] == "correction", source["at"], said, source.get("row") or 0, source["id"])


def _employer(profile: Data) -> str | None:
    """The latest employer and the start there, comparable: what two records of one person have in common."""
    jobs = profile.get("experiences")
    latest = jobs[0] if jobs else {}
    key = employer_key(latest.get("company") or "")
    return f"{key}@{latest.get('start') or ''}" if key else None


def _reference(source: Mapping[str, Any]) -> Data:
    reference: Data = {"source_id": source["id"]}
    for name in _REFERENCE_FIELDS:
        if (value := source.get(name)) is not None:
            reference[name] = value
    return reference


def _person(people: Sequence[Mapping[str, Any]]) -> Data:
    person: Data = {name: value for name in _PERSON_FIELDS if (value := _first(people, name))}
    for name in ("emails", "phones"):
        if values := _united([each.get(name) or () for each in people]):
            person[name] = values
    links: dict[str, str] = {}
    for each in reversed(people):
        links |= each.get("links") or {}
    if links:
        person["links"] = links
    return person


def _applications(order: Sequence[Mapping[str, Any]]) -> list[Data]:
    """One per job and place, newest first; the newest says the stage, tags are united."""
    found: dict[tuple[str, str], Data] = {}
    for source in order:
        said = source["facts"].get("application")
        if said:
            key = (plain(said.get("job_title") or ""), plain(said.get("job_location") or ""))
            known = found.get(key) or {"import_id": source.get("import_id")}
            tags = _united((known.get("tags") or (), said.get("tags") or ()))
            found[key] = {**said, **known, **({"tags": tags} if tags else {})}
    return list(found.values())


def _profile(profiles: Sequence[Mapping[str, Any]]) -> Data:
    profile: Data = {name: value for name in _PROFILE_FIELDS if (value := _first(profiles, name))}
    if experiences := _experiences([each.get("experiences") or () for each in profiles]):
        profile["experiences"] = experiences
    for name, same in _PROFILE_LISTS.items():
        if entries := _entries([each.get(name) or () for each in profiles], same):
            profile[name] = entries
    if certifications := _united([each.get("certifications") or () for each in profiles]):
        profile["certifications"] = certifications
    return profile


def _years(profile: Mapping[str, Any], as_of: str) -> Data:
    """The years of the united history, as of the newest source: the positions of one may overlap another's."""
    jobs = profile.get("experiences") or ()
    years = total_years(((job.get("start"), job.get("end"), job.get("current")) for job in jobs), as_of)
    return {} if years is None else {"total_years": years}


def _experiences(lists: Sequence[Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """The newest source's history, then what only older ones know, by start where every entry has one.

    A position is the same when company and start agree (a newer title or end wins), or title and company do and one
    of the two gives no start.
    """
    entries: list[Mapping[str, Any]] = []
    at: dict[str, list[Mapping[str, Any]]] = {}  # by company
    for entry in (entry for each in lists for entry in each):
        there = at.setdefault(plain(entry.get("company") or ""), [])
        if not any(_same_position(entry, known) for known in there):
            entries.append(entry)
            there.append(entry)
    if sum(bool(each) for each in lists) > 1 and all(entry.get("start") for entry in entries):
        entries.sort(key=lambda entry: (bool(entry.get("current")), entry["start"]), reverse=True)
    return entries


def _same_position(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two entries of one company are the same position."""
    if one.get("start") and other.get("start"):
        return bool(one["start"] == other["start"])
    return plain(one.get("title") or "") == plain(other.get("title") or "")


def _entries(lists: Sequence[Sequence[Mapping[str, Any]]], same: tuple[str, ...]) -> list[Mapping[str, Any]]:
    found: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for entry in (entry for each in lists for entry in each):
        found.setdefault(tuple(plain(entry.get(name) or "") for name in same), entry)
    return list(found.values())


def _first(facts: Sequence[Mapping[str, Any]], name: str) -> Any:
    for each in facts:  # a plain loop: most people have one source, and a generator would cost more than the look
        if value := each.get(name):
            return value
    return None


def _united(lists: Sequence[Sequence[str]]) -> list[str]:
    """Every value once, however it is written; the first spelling stays."""
    filled = [values for values in lists if values]
    if len(filled) == 1 and len(filled[0]) == 1:
        return list(filled[0])  # compared with nothing: what is one person's own need not fill a cache
    if not filled or (len(filled) == 1 and len(set(map(plain, filled[0]))) == len(filled[0])):
        return list(*filled)  # as good as always: most people have one source
    found: dict[str, str] = {}
    for values in filled:
        for value in values:
            found.setdefault(plain(value), value)
    return list(found.values())
