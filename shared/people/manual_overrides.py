"""What a recruiter set by hand stands over everything that rows, files and the model say, now and later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from shared.models.values import JsonValue
from shared.stages.classify import labelled as with_labels
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, FactsData, SourceDocument
    from shared.models.documents.profiles import LabelledData, PersonData, ProfileData

Fields = dict[str, JsonValue]  # of a person, a profile or labels, by a name that a correction says


def correct(person: PersonData, profile: ProfileData, corrections: Sequence[SourceDocument]) -> CandidateDocument:
    """Set on `person` and `profile` what corrections (newest first) say; return the fields that tell of it.

    A field that a correction names has exactly its value: lists are replaced, an empty value takes the field away.
    """
    parts: dict[str, Fields] = {"person": cast(Fields, person), "profile": cast(Fields, profile)}
    before = {part: dict(fields) for part, fields in parts.items()}
    labels: Fields = {}
    corrected: set[str] = set()
    for correction in reversed(corrections):
        facts = correction["facts"]
        for path in facts.get("withdrawn") or ():
            part, _, name = path.partition(".")
            if part == "classification":
                labels.pop(name, None)
            else:
                _set(parts[part], {name: before[part].get(name)})
            corrected.discard(path)
        for part, fields in parts.items():
            said = cast("dict[str, Fields]", facts).get(part) or {}
            _set(fields, said)
            corrected |= {f"{part}.{name}" for name in said}
        labels |= cast(Fields, facts.get("labelled") or {})
        _tag(profile, facts)
    labels = {name: value for name, value in labels.items() if value is not None}
    corrected |= {f"classification.{name}" for name in labels}
    told: CandidateDocument = {}
    if corrected:
        told["corrected"] = sorted(corrected)
    if labels:
        told["labelled"] = cast("LabelledData", labels)
    return told


def relabelled(before: CandidateDocument, fields: CandidateDocument) -> CandidateDocument:
    """Return a known candidate's fields with the labels of `fields` over its classification, at once."""
    labels = fields.get("labelled")
    if labels:
        return {"classification": with_labels(before.get("classification"), labels)}
    cleared = [name for name in ("labelled", "corrected") if before.get(name) and name not in fields]
    return cast("CandidateDocument", dict.fromkeys(cleared))


def _set(fields: Fields, said: Mapping[str, JsonValue]) -> None:
    for name, value in said.items():
        if value in (None, "", [], {}):
            fields.pop(name, None)
        else:
            fields[name] = value


def _tag(profile: ProfileData, facts: FactsData) -> None:
    put = facts.get("tags_put") or []
    dropped = {normalize(tag) for tag in facts.get("tags_dropped") or ()}
    if not put and not dropped:
        return
    known = {normalize(tag): tag for tag in (*(profile.get("tags") or ()), *put)}
    tags = [tag for key, tag in known.items() if key not in dropped]
    if tags:
        profile["tags"] = tags
    else:
        profile.pop("tags", None)
