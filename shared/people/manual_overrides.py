"""What a recruiter set by hand stands over everything that rows, files and the model say, now and later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.ports import Data
from shared.stages.classify import labelled as with_labels
from shared.vocabulary.text import plain


def correct(person: Data, profile: Data, corrections: Sequence[Mapping[str, Any]]) -> Data:
    """Set on `person` and `profile` what corrections (newest first) say; return the fields that tell of it.

    A field that a correction names has exactly its value: lists are replaced, an empty value takes the field away.
    """
    parts = {"person": person, "profile": profile}
    before = {part: dict(fields) for part, fields in parts.items()}
    labels: Data = {}
    corrected: set[str] = set()
    for facts in (correction["facts"] for correction in reversed(corrections)):
        for path in facts.get("withdrawn") or ():
            part, _, name = path.partition(".")
            labels.pop(name, None) if part == "classification" else _set(parts[part], {name: before[part].get(name)})
            corrected.discard(path)
        for part, fields in parts.items():
            _set(fields, facts.get(part) or {})
            corrected |= {f"{part}.{name}" for name in facts.get(part) or ()}
        labels |= facts.get("labelled") or {}
        _tag(profile, facts)
    labels = {name: value for name, value in labels.items() if value is not None}
    corrected |= {f"classification.{name}" for name in labels}
    told: Data = {"corrected": sorted(corrected)} if corrected else {}
    return {**told, "labelled": labels} if labels else told


def relabelled(before: Mapping[str, Any], fields: Mapping[str, Any]) -> Data:
    """Return a known candidate's fields with the labels of `fields` over its classification, at once."""
    cleared = {name: None for name in ("labelled", "corrected") if name not in fields and before.get(name)}
    if fields.get("labelled"):
        return {"classification": with_labels(before.get("classification"), fields["labelled"])}
    return cleared


def _set(fields: Data, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        if value in (None, "", [], {}):
            fields.pop(name, None)
        else:
            fields[name] = value


def _tag(profile: Data, facts: Mapping[str, Any]) -> None:
    put, dropped = facts.get("tags_put") or (), {plain(tag) for tag in facts.get("tags_dropped") or ()}
    if not put and not dropped:
        return
    known = {plain(tag): tag for tag in (*(profile.get("tags") or ()), *put)}
    _set(profile, {"tags": [tag for key, tag in known.items() if key not in dropped]})
