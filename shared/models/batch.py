"""Things submitted together: an import, a bulk upload, a backfill."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.models.candidate import Lease
from shared.models.frozen import Frozen

State = Literal["PENDING", "RUNNING", "SUCCESS", "FAILED", "PARTIAL"]


class Skipped(Frozen):
    """Rows passed over, by reason."""

    disqualified: int = 0
    no_name: int = 0
    duplicate: int = 0
    erased: int = 0


class ImportCounts(Frozen):
    """Where every row went; all but `flagged` add up to `rows`."""

    rows: int = 0
    created: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: Skipped = Skipped()
    rejected: int = 0
    flagged: int = 0


class ImportOptions(Frozen):
    """How an import was asked to be done."""

    limit: int | None = None
    on_duplicate: Literal["merge", "skip"] = "merge"
    include_disqualified: bool = False
    mapping: dict[str, str] = Field(default_factory=dict)  # header -> field, by hand
    dates: Literal["mdy", "dmy"] | None = None  # order of all dates; none: the cells decide


class Upload(Frozen):
    """A file that was dropped: what became of it."""

    id: str  # keyed hash of bucket, name and generation: the same event twice is one upload
    name: str  # incoming/csv/POOL/FILE
    generation: str
    state: State
    import_id: str | None = None
    document_id: str | None = None
    error: str | None = None
    at: str


class Import(Frozen):
    """One import of an export file."""

    id: str
    pool: str
    filename: str
    file: str  # path in Files
    sha256: str
    state: State | Literal["UNDONE"]
    options: ImportOptions = ImportOptions()
    mapping: dict[str, str] = Field(default_factory=dict)  # header -> field
    header_fingerprint: str | None = None  # by it the next file of this header gets the mapping by hand
    dropped: dict[str, int] = Field(default_factory=dict)  # protected attribute -> cells dropped at the door
    parts: int = 1  # slices done side by side
    counts: ImportCounts = ImportCounts()
    owner: str | None = None  # the worker that runs it; none when tasks do it step by step
    awaiting: str | None = None  # `import_rows`, then `ready` or `failed`; none when a worker runs it
    lease: Lease | None = None  # who does a step now
    upload_id: str | None = None  # the dropped file it was made of
    rewritten: str | None = None  # path in Files of its rows as UTF-8 CSV, while it runs, if it came otherwise
    compared: str | None = None  # once its rows are done by steps: the last source whose people were compared
    resumed: bool = False  # stopped half-way and taken up again
    warnings: tuple[str, ...] = ()  # of the file: two columns of one name …
    rejects_file: str | None = None  # path in Files: CSV with row number and reason
    created_at: str
    completed_at: str | None = None
    undone_at: str | None = None
    expired_at: str | None = None  # when it was older than its pool's rules keep rows, and its file went
    error: str | None = None
