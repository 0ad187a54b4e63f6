"""A candidate is the fold of their sources: newer wins field by field, a correction wins over all, lists are united."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar, cast

from shared.models.candidate import FAILED, READY, SCHEMA
from shared.models.values import pick
from shared.people.manual_overrides import correct, relabelled
from shared.reading.text.identity import employer_key, name_key
from shared.stages.table import first_stage
from shared.vocabulary.career import total_years
from shared.vocabulary.terms import search_terms
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, FactsData, SourceDocument, SourceRefData
    from shared.models.documents.profiles import (
        ApplicationData,
        EducationData,
        ExperienceData,
        FlagData,
        LanguageData,
        PersonData,
        ProfileData,
        SkillData,
    )

Entry = TypeVar("Entry")
ROLE_MAILBOX: Final[FlagData] = {
    "kind": "shared_mailbox",
    "detail": "an address of a role: nobody is recognised by it",
}
_WORKED_OUT: Final = ("shared_contact", "shared_mailbox", "unsure_match")
Weight = tuple[bool, str, str, int, str]
_PERSON: Final = ("name", "location", "emails", "phones", "links")


def newest_first(sources: Iterable[SourceDocument]) -> list[SourceDocument]:
    """Order sources by weight: corrections, then the later received, the later said, the later row."""
    return sorted(sources, key=_weight, reverse=True)


def fold(sources: Sequence[SourceDocument]) -> CandidateDocument:
    """Return the fields of a candidate that its sources decide: a pure function of them.

    `sources` are documents of the `sources` collection. Facts a source does not give are left to the older ones.
    """
    order = newest_first(sources) if len(sources) > 1 else sources
    said = [source for source in order if source["kind"] != "correction"] if len(order) > 1 else order
    person, applications, profile = _copied(said[0]) if len(said) == 1 else _folded(said)
    by_hand: CandidateDocument = {}
    if len(said) < len(order):
        by_hand = correct(person, profile, order[: len(order) - len(said)])
    fields: CandidateDocument = {
        **by_hand,
        "schema_version": SCHEMA,
        "sources": [_reference(source) for source in order],
        "person": person,
        "applications": applications,
        "profile": profile,
        "name_key": name_key(person.get("name") or ""),
        "employer_key": _employer(profile),
    }
    documents = [document for source in order if (document := source.get("document"))]
    if documents:
        fields["documents"] = documents
    return fields


def _copied(source: SourceDocument) -> tuple[PersonData, list[ApplicationData], ProfileData]:
    """Person, applications and profile of one source alone: most people have one, and folding it is half a copy."""
    facts = source["facts"]
    person = pick(facts.get("person") or {}, _PERSON)
    if len(emails := person.get("emails") or ()) > 1:
        person["emails"] = _united((emails,))
    if len(phones := person.get("phones") or ()) > 1:
        person["phones"] = _united((phones,))
    profile: ProfileData = {**(facts.get("profile") or {})}
    application = facts.get("application")
    if not application:
        return person, [], profile
    application = {**application, "import_id": source.get("import_id")}
    if tags := application.get("tags"):
        application["tags"] = profile["tags"] = _united((tags,))
    return person, [application], profile


def _folded(order: Sequence[SourceDocument]) -> tuple[PersonData, list[ApplicationData], ProfileData]:
    facts = [source["facts"] for source in order]
    profiles = [one.get("profile") or {} for one in facts]
    profile = _profile(profiles)
    if any(one.get("total_years") for one in profiles):
        _set_years(profile, max(source["at"] for source in order))
    applications = _applications(order)
    if tags := _united([application.get("tags") or () for application in applications]):
        profile["tags"] = tags
    return _person(facts), applications, profile


def new_candidate(candidate_id: str, pool: str, now: str, sources: Sequence[SourceDocument]) -> CandidateDocument:
    """Return the document of a candidate nobody knew before."""
    fields: CandidateDocument = {
        "id": candidate_id,
        "pool": pool,
        "created_at": now,
        "updated_at": now,
        **fold(sources),
    }
    fields["flags"] = source_flags(sources)
    fields["awaiting"] = first_stage("candidates")
    fields["search_terms"] = search_terms(fields)
    return fields


def refold(before: CandidateDocument, sources: Sequence[SourceDocument], now: str) -> CandidateDocument:
    """Return the fields to set on a known candidate whose sources changed; what stages found stays.

    The record awaits its first stage again only when what the stages read has changed.
    """
    fields = fold(sources)
    kept = [flag for flag in before.get("flags") or () if flag.get("candidate_id") or is_worked_out(flag)]
    fields["flags"] = kept + source_flags(sources)
    fields["updated_at"] = now
    fields = {**fields, **relabelled(before, fields)}
    if before.get("documents"):
        fields.setdefault("documents", [])
    reads_something_else = fields.get("profile") != before.get("profile") or fields.get("labelled") != before.get(
        "labelled"
    )
    if reads_something_else or not before.get("awaiting"):
        fields["awaiting"] = first_stage("candidates")
    elif before["awaiting"] in (READY, FAILED) and _place(fields) != _place(before):
        fields["awaiting"] = "match"  # the only stage that reads where somebody is
    fields["search_terms"] = search_terms({**before, **fields})
    return fields


def is_worked_out(flag: FlagData) -> bool:
    """Whether a flag rests on what keys connect, and not on the words of one source or on a person's decision."""
    return flag["kind"] in _WORKED_OUT and flag.get("detail") != ROLE_MAILBOX["detail"]


def _place(candidate: CandidateDocument) -> str | None:
    return (candidate.get("person") or {}).get("location")


def source_flags(sources: Sequence[SourceDocument]) -> list[FlagData]:
    """Return what reading flagged, each once."""
    flags = [flag for source in sources if (found := source["facts"].get("flags")) for flag in found]
    return flags if len(flags) < 2 else [flag for index, flag in enumerate(flags) if flag not in flags[:index]]


def _weight(source: SourceDocument) -> Weight:
    said_at = source["facts"].get("said_at") or ""
    return (source["kind"] == "correction", source["at"], said_at, source.get("row") or 0, source["id"])


def _employer(profile: ProfileData) -> str | None:
    """The latest employer and the start there, comparable: what two records of one person have in common."""
    positions = profile.get("experiences")
    if not positions:
        return None
    latest = positions[0]
    key = employer_key(latest.get("company") or "")
    return f"{key}@{latest.get('start') or ''}" if key else None


def _reference(source: SourceDocument) -> SourceRefData:
    reference: SourceRefData = {"source_id": source["id"], "kind": source["kind"], "at": source["at"]}
    if (import_id := source.get("import_id")) is not None:
        reference["import_id"] = import_id
    if (row := source.get("row")) is not None:
        reference["row"] = row
    if (document_id := source.get("document_id")) is not None:
        reference["document_id"] = document_id
    return reference


def _person(facts: Sequence[FactsData]) -> PersonData:
    people = [one.get("person") or {} for one in facts]
    person: PersonData = {}
    if name := _first(one.get("name") for one in people):
        person["name"] = name
    if location := _first(one.get("location") for one in people):
        person["location"] = location
    if emails := _united([one.get("emails") or () for one in people]):
        person["emails"] = emails
    if phones := _united([one.get("phones") or () for one in people]):
        person["phones"] = phones
    links: dict[str, str] = {}
    for one in reversed(people):
        links |= one.get("links") or {}
    if links:
        person["links"] = links
    return person


def _applications(order: Sequence[SourceDocument]) -> list[ApplicationData]:
    """One per job and place, newest first; the newest says the stage, tags are united."""
    found: dict[tuple[str, str], ApplicationData] = {}
    for source in order:
        older = source["facts"].get("application")
        if not older:
            continue
        key = (normalize(older.get("job_title") or ""), normalize(older.get("job_location") or ""))
        newer: ApplicationData = found.get(key) or {"import_id": source.get("import_id")}
        application: ApplicationData = {**older, **newer}
        if tags := _united((newer.get("tags") or (), older.get("tags") or ())):
            application["tags"] = tags
        found[key] = application
    return list(found.values())


def _profile(profiles: Sequence[ProfileData]) -> ProfileData:
    profile: ProfileData = {}
    if headline := _first(one.get("headline") for one in profiles):
        profile["headline"] = headline
    if summary := _first(one.get("summary") for one in profiles):
        profile["summary"] = summary
    if experiences := _experiences([one.get("experiences") or () for one in profiles]):
        profile["experiences"] = experiences
    if educations := _educations([one.get("educations") or () for one in profiles]):
        profile["educations"] = educations
    if skills := _named([one.get("skills") or () for one in profiles]):
        profile["skills"] = skills
    if languages := _named([one.get("languages") or () for one in profiles]):
        profile["languages"] = languages
    if certifications := _united([one.get("certifications") or () for one in profiles]):
        profile["certifications"] = certifications
    return profile


def _set_years(profile: ProfileData, as_of: str) -> None:
    """Set the years of the united history, as of the newest source: positions of one may overlap another's."""
    positions = profile.get("experiences") or ()
    years = total_years(((job.get("start"), job.get("end"), job.get("current")) for job in positions), as_of)
    if years is not None:
        profile["total_years"] = years


def _experiences(lists: Sequence[Sequence[ExperienceData]]) -> list[ExperienceData]:
    """The newest source's history, then what only older ones know, by start where every entry has one.

    A position is the same when company and start agree (a newer title or end wins), or title and company do and one
    of the two gives no start.
    """
    entries: list[ExperienceData] = []
    at: dict[str, list[ExperienceData]] = {}  # by company
    for positions in lists:
        for position in positions:
            there = at.setdefault(normalize(position.get("company") or ""), [])
            if not any(_same_position(position, known) for known in there):
                entries.append(position)
                there.append(position)
    if sum(bool(positions) for positions in lists) > 1 and all(position.get("start") for position in entries):
        entries.sort(key=lambda position: (bool(position.get("current")), position["start"] or ""), reverse=True)
    return entries


def _same_position(one: ExperienceData, other: ExperienceData) -> bool:
    """Whether two entries of one company are the same position."""
    if one.get("start") and other.get("start"):
        return one["start"] == other["start"]
    return normalize(one.get("title") or "") == normalize(other.get("title") or "")


def _educations(lists: Sequence[Sequence[EducationData]]) -> list[EducationData]:
    """Every degree and school once: the newest source's words stay."""
    found: dict[tuple[str, str], EducationData] = {}
    for educations in lists:
        for education in educations:
            key = (normalize(education.get("degree") or ""), normalize(education.get("school") or ""))
            found.setdefault(key, education)
    return list(found.values())


def _named(lists: Sequence[Sequence[Entry]]) -> list[Entry]:
    """Every name once: the newest source's words stay. For skills and languages."""
    found: dict[str, Entry] = {}
    for entries in lists:
        for entry in entries:
            named = cast("SkillData | LanguageData", entry)
            found.setdefault(normalize(named["name"]), entry)
    return list(found.values())


def _first(values: Iterable[str | None]) -> str | None:
    for value in values:
        if value:
            return value
    return None


def _united(lists: Sequence[Sequence[str]]) -> list[str]:
    """Every value once, however it is written; the first spelling stays."""
    filled = [values for values in lists if values]
    if len(filled) == 1 and len(filled[0]) == 1:
        return list(filled[0])  # compared with nothing: what is one person's own need not fill a cache
    if not filled or (len(filled) == 1 and len(set(map(normalize, filled[0]))) == len(filled[0])):
        return list(*filled)  # as good as always: most people have one source
    found: dict[str, str] = {}
    for values in filled:
        for value in values:
            found.setdefault(normalize(value), value)
    return list(found.values())
