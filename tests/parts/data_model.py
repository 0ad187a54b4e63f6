"""Write `docs/data-model.md` anew from the types of documents: words and examples stand beside the fields.

PYTHONPATH=tests .venv/bin/python -m parts.data_model
"""

from __future__ import annotations

import inspect
import textwrap
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, NotRequired, Required, Union, get_args, get_origin

from parts.document_check import document_types
from shared.models.caller import Caller
from shared.models.candidate import SCHEMA
from shared.models.collections import COLLECTIONS, DIMENSIONS
from shared.models.document_text import ReadDocument
from shared.models.documents import (
    access,
    cv_files,
    findings,
    imports,
    jobs,
    people,
    privacy,
    profiles,
    records,
    searches,
    vectors,
)
from shared.models.job import JobFacts
from shared.models.task import Task

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "data-model.md"


class Vector:
    """Stands for a vector where types are worded."""


class JsonValue:
    """Stands for any JSON value where types are worded."""


_VALUES: Final = {"Vector": Vector, "JsonValue": JsonValue}
_WORDS: Final = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    Vector: "vector",
    JsonValue: "any",
    Any: "any",
}


class Section(NamedTuple):
    """A heading, what stands below it, and the types it describes."""

    heading: str
    types: tuple[type[Any], ...]
    text: str = ""


SECTIONS: Final = (
    Section(
        "Candidates",
        (
            people.CandidateDocument,
            people.SourceRefData,
            profiles.PersonData,
            profiles.ApplicationData,
            profiles.ProfileData,
            profiles.ExperienceData,
            profiles.EducationData,
            profiles.SkillData,
            profiles.LanguageData,
            findings.ClassificationData,
            profiles.LabelledData,
            findings.FunctionLabelData,
            records.EvidenceData,
            findings.EnrichmentData,
            findings.TrajectoryData,
            findings.FoundSkillData,
            findings.StrengthData,
            records.StageStateData,
            records.StageErrorData,
            records.TokensData,
            records.LeaseData,
            profiles.DocumentRefData,
            profiles.FlagData,
        ),
        "A document holds `embedding`, the vector of the whole profile, or `embedding_2`, or both while a new model is "
        "being filled in: `spaces/candidates` says which one is live (see Space).",
    ),
    Section(
        "Sources",
        (people.SourceDocument, people.FactsData, people.IdentityKeyData),
        "A candidate's person, applications and profile are worked out of these alone.",
    ),
    Section(
        "Proposals",
        (people.ProposalDocument,),
        "Open ones are worked out anew whenever a source arrives; a decision stays with the sources.",
    ),
    Section(
        "Imports",
        (
            imports.ImportDocument,
            imports.ImportOptionsData,
            imports.ImportCountsData,
            imports.SkippedData,
            imports.SliceDocument,
            imports.RejectDocument,
            imports.UploadDocument,
            imports.PreviewDocument,
        ),
    ),
    Section(
        "CV files",
        (cv_files.CvFileDocument, cv_files.TextDocument, cv_files.BatchDocument, cv_files.ItemDocument),
    ),
    Section(
        "Jobs",
        (jobs.JobDocument, jobs.RequirementsData, jobs.RequiredSkillData, jobs.MatchDocument),
    ),
    Section(
        "Who may see what",
        (
            access.MemberDocument,
            access.ApiKeyDocument,
            access.RevocationDocument,
            access.UsageDocument,
            access.AnswerDocument,
            people.NoteDocument,
            access.AuditDocument,
        ),
    ),
    Section("Search runs", (searches.SearchRunDocument, searches.SearchAskedData, searches.RunHitData)),
    Section("Said of oneself", (privacy.SelfDescribedDocument,)),
    Section("Erased", (privacy.SuppressedDocument, privacy.ErasureDocument)),
    Section(
        "Beside",
        (
            vectors.SpaceDocument,
            people.KeyDocument,
            vectors.VectorsDocument,
            vectors.JobVectorsDocument,
            people.RedirectDocument,
            people.PoolDocument,
        ),
    ),
    Section("Not stored", (Task, ReadDocument, Caller, JobFacts)),
)
# Types of what several kinds of document have in common: each of those is described by itself.
SHARED: Final = (records.RecordDocument, records.LeasedDocument)
HEAD: Final = f"""\
# Data model

The contract for whoever reads the documents: a frontend on Firestore sees exactly these. Field names are the same in
SQLite and in Firestore. This is schema version {SCHEMA}. The page is made from the types in `shared/models/documents/`,
where the words stand beside the fields.

- A field without a value may be absent; read an absent list as empty.
- Times are UTC ISO seconds; ids are opaque strings.
- A vector is {DIMENSIONS} numbers (float32) of unit length. Vectors are left out of every read that does not
  name them, and of exports.
- CV text and raw rows are in Files and `sources`, never on the candidate.
- Readers write nothing here: corrections go in as sources, so that folding again keeps them.

## Collections

A query may name only the paths listed; both stores index these and nothing else.
"""


def contents() -> str:
    """Return what the file has to hold."""
    lines = [HEAD, *_collections()]
    for section in SECTIONS:
        lines += ["", f"## {section.heading}"]
        if section.text:
            lines += ["", textwrap.fill(section.text, 120, break_on_hyphens=False)]
        for described in section.types:
            lines += ["", f"### {title(described)}", "", _text(described), "", *_fields(described)]
    return "\n".join(lines) + "\n"


def title(described: type[Any]) -> str:
    """Return the heading of a type: its name without `Document` or `Data`."""
    name = described.__name__
    return name if described is ReadDocument else name.removesuffix("Document").removesuffix("Data")


def fields_of(described: type[Any]) -> dict[str, tuple[str, str, str]]:
    """Return field -> type, meaning and example in words. Raises `ValueError` for a field that says none."""
    hints = typing.get_type_hints(described, localns=_VALUES, include_extras=True)
    names = [name for name in hints if name not in ("model_config",) and not name.startswith("_")]
    return {name: _described(described, name, hints[name]) for name in names}


def _described(described: type[Any], name: str, hint: Any) -> tuple[str, str, str]:
    if get_origin(hint) in (Required, NotRequired):
        (hint,) = get_args(hint)
    if get_origin(hint) is not Annotated:
        raise ValueError(f"{described.__name__}.{name} has no words beside it")
    annotation, meaning, *example = get_args(hint)
    worded = _worded(annotation)
    if example:
        return worded, meaning, f"`{example[0]}`"
    if "vector" in worded:
        return worded, meaning, f"{DIMENSIONS} numbers"
    (part,) = _parts(annotation) or ("",)
    if not part:
        raise ValueError(f"{described.__name__}.{name} has no example")
    return worded, meaning, f"see {part}"


def _parts(annotation: Any) -> list[str]:
    """Return the titles of the types a field is made of."""
    if get_args(annotation):
        return [part for argument in get_args(annotation) for part in _parts(argument)]
    plain = annotation in _WORDS or annotation is type(None) or not isinstance(annotation, type)
    return [] if plain else [title(annotation)]


def _worded(annotation: Any) -> str:
    """Return a type as the document words it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        parts = [_worded(part) for part in arguments if part is not type(None)]
        return " or ".join([*parts, "null"] if type(None) in arguments else parts)
    if origin in (tuple, list):
        return f"list of {_worded(arguments[0])}"
    if origin is dict:
        return f"map of {_worded(arguments[1])}"
    return _WORDS.get(annotation) or title(annotation)


def _text(described: type[Any]) -> str:
    words = " ".join((inspect.getdoc(described) or "").split())
    return textwrap.fill(words, 120, break_on_hyphens=False)


def _fields(described: type[Any]) -> Iterator[str]:
    yield "| field | type | meaning | example |"
    yield "| --- | --- | --- | --- |"
    for name, (worded, meaning, example) in fields_of(described).items():
        yield f"| `{name}` | {worded} | {meaning} | {example} |"


def _collections() -> Iterator[str]:
    yield "| collection | holds | may be queried by | vectors |"
    yield "| --- | --- | --- | --- |"
    for name, collection in COLLECTIONS.items():
        queried = ", ".join(f"`{path}`" for path in collection.queried) or "nothing"
        held = ", ".join(f"`{field}`" for field in collection.vectors) or "none"
        yield f"| `{name}` | {collection.holds}, see {title(document_types()[name])} | {queried} | {held} |"


if __name__ == "__main__":
    FILE.write_text(contents(), encoding="utf-8")
