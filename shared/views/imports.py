"""Imports as they are answered: looked at first, taken, read again, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from shared.models.batch import Import, Skipped, Upload
from shared.ports import Data
from shared.privacy.blind import HIDDEN, Sight
from shared.views.answer import ABSENT, CLOSED, Answer, Fields


@dataclass(frozen=True, kw_only=True)
class ImportDone(Answer):
    """Where every row of an import went; all but `flagged` add up to `rows`."""

    import_id: str
    rows: int
    created: int
    merged: int
    unchanged: int
    skipped: Skipped
    rejected: int
    flagged: int
    dropped: Annotated[dict[str, int], Field(description="Protected attributes dropped at the door.")] = ABSENT
    warnings: list[str] = ABSENT
    rejects_file: str | None = ABSENT


@dataclass(frozen=True, kw_only=True)
class Imports(Answer):
    """Imports, newest first."""

    imports: list[Import]


@dataclass(frozen=True, kw_only=True)
class Uploads(Answer):
    """Files that were dropped, newest first."""

    uploads: list[Upload]


class PreviewCounts(TypedDict):
    """Where the rows of a file would go."""

    rows: int
    created: int
    merged: int
    unchanged: int
    rejected: int
    flagged: int
    skipped: dict[str, int]


class PreviewChange(TypedDict):
    """What an import would do to one record."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    candidate_id: str
    change: Literal["new", "changed", "joins another"]
    fields: Annotated[dict[str, list[Any]], Field(description="Field to its value before and after.")]


class RejectedRow(TypedDict):
    """A row that could not be taken."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    row: int
    line: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ImportPreview(Answer):
    """What an import would do. `id` commits it."""

    id: str
    pool: str
    mapping: dict[str, str]
    unmapped: list[str]
    protected: list[str]
    counts: PreviewCounts
    dropped: dict[str, int]
    changes: list[PreviewChange]
    rejects: list[RejectedRow]
    warnings: list[str]


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Answer):
    """It is done in the background: `job` says where to look how far it is."""

    import_id: str
    job: str


class UndonePerson(TypedDict):
    """What undo does to one person: `removed`, `changed` or `kept_by_hand`, and what keeps them."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    candidate_id: str
    change: str
    reasons: list[str]


class KeepingImport(TypedDict):
    """Another import by which rows of these people stay."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    import_id: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Answer):
    """What was taken back, or with `dry_run` what would be: then the first 1,000 people are listed."""

    import_id: str
    removed: int
    changed: int
    kept_by_hand: int
    kept_by_other_imports: int
    kept_reasons: dict[str, int] | None = ABSENT
    dry_run: bool | None = ABSENT
    people: list[UndonePerson] | None = ABSENT
    kept_by_imports: list[KeepingImport] | None = ABSENT


def import_record(record: Fields, sight: Sight) -> Any:
    """Return one import; names of files are hidden where the pool is seen blind."""
    shown = dict(record)
    if sight.blind(record["pool"]):
        shown["filename"] = shown["file"] = ""
    return shown


def import_list(records: Sequence[Fields], sight: Sight) -> Imports:
    """Return imports, in this order."""
    shown = [import_record(record, sight) for record in records]
    return Imports(imports=shown)


def upload_list(uploads: Sequence[Fields], sight: Sight) -> Uploads:
    """Return dropped files, in this order; their paths hold names of files."""
    blind_reader = sight.blind("")
    shown: list[Any] = []
    for upload in uploads:
        name = "" if blind_reader else upload["name"]
        shown.append({**upload, "name": name})
    return Uploads(uploads=shown)


def import_preview(preview: Fields, sight: Sight) -> ImportPreview:
    """Return a preview; a blind reader sees which fields would change, and no value."""
    fields = dict(preview)
    if sight.blind(preview["pool"]):
        fields["changes"] = [_without_values(change) for change in preview["changes"]]
    return ImportPreview(**fields)


def _without_values(change: Fields) -> Data:
    hidden = [HIDDEN, HIDDEN]
    fields = dict.fromkeys(change["fields"], hidden)
    return {**change, "fields": fields}
