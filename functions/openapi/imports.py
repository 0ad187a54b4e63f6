"""The endpoints of imports: looked at first, taken, read again, taken back."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from functions.openapi.answers import Answer
from functions.openapi.operation import FILE, POOL, Operation, choice, limit, text, yes_or_no
from shared.models.batch import Import, Skipped, Upload


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
    dropped: dict[str, int] = Field(default_factory=dict, description="Protected attributes dropped at the door.")
    warnings: list[str] = Field([])
    rejects_file: str | None = None


class Imports(Answer):
    """Imports, newest first."""

    imports: list[Import]


class Uploads(Answer):
    """Files that were dropped, newest first."""

    uploads: list[Upload]


class Counted(BaseModel):
    """Where the rows of a file would go."""

    rows: int
    created: int
    merged: int
    unchanged: int
    rejected: int
    flagged: int
    skipped: dict[str, int]


class Change(Answer):
    """What an import would do to one record."""

    candidate_id: str
    change: Literal["new", "changed", "joins another"]
    fields: dict[str, list[Any]] = Field(description="Field to its value before and after.")


class Unreadable(Answer):
    """A row that could not be taken."""

    row: int
    line: int | None
    reason: str


class Previewed(Answer):
    """What an import would do. `id` commits it."""

    id: str
    pool: str
    mapping: dict[str, str]
    unmapped: list[str]
    protected: list[str]
    counts: Counted
    dropped: dict[str, int]
    changes: list[Change]
    rejects: list[Unreadable]
    warnings: list[str]


class Background(Answer):
    """It is done in the background: `job` says where to look how far it is."""

    import_id: str
    job: str


class UndonePerson(Answer):
    """What undo does to one person: `removed`, `changed` or `kept_by_hand`, and what keeps them."""

    candidate_id: str
    change: str
    reasons: list[str]


class KeepingImport(Answer):
    """Another import by which rows of these people stay."""

    import_id: str
    rows: int


class Undone(Answer):
    """What was taken back, or with `dry_run` what would be: then the first 1,000 people are listed."""

    import_id: str
    removed: int
    changed: int
    kept_by_hand: int
    kept_by_other_imports: int
    dry_run: bool | None = None
    people: list[UndonePerson] | None = None
    kept_by_imports: list[KeepingImport] | None = None


_BACKGROUND: Final = yes_or_no("background", "Answer at once; tasks do the work.")
_HOW: Final = (
    POOL,
    choice("on_duplicate", "merge", "skip", says="What a row of somebody known does."),
    yes_or_no("include_disqualified"),
    text("filename", "When the file is the body itself."),
)
_UNDO: Final = (
    yes_or_no("dry_run", "Only say what goes, changes and stays."),
    yes_or_no("also_kept", "Remove people too whom notes, tags, corrections or shares by hand would keep."),
)
_TAKE: Final = Operation({201: ImportDone, 202: Background}, query=(*_HOW, _BACKGROUND), body=FILE)
IMPORTS: Final[dict[str, Operation]] = {
    "imports.create_import": _TAKE,
    "imports.create_import_before": _TAKE,
    "imports.preview_import": Operation({201: Previewed}, query=_HOW, body=FILE),
    "imports.commit_preview": Operation({201: ImportDone, 202: Background}, query=(_BACKGROUND,)),
    "imports.get_imports": Operation({200: Imports}),
    "imports.get_imports_before": Operation({200: Imports}),
    "imports.get_import": Operation({200: Import}),
    "imports.get_rejects": Operation({200: "text/csv"}),
    "imports.undo": Operation({200: Undone}, query=_UNDO, refuses=(400,)),
    "imports.get_uploads": Operation({200: Uploads}, query=(limit(100, 1000),)),
}
