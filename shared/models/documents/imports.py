"""Imports as stored: how far each is, and the files they are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from shared.models.documents.records import LeaseData


class ImportOptionsData(TypedDict, total=False):
    """How an import was asked to be done."""

    limit: Annotated[int | None, "only the first so many rows", "100"]
    on_duplicate: Annotated[Literal["merge", "skip"], "what a known person's row does", "merge"]
    include_disqualified: Annotated[bool, "whether rows marked disqualified are taken", "false"]
    mapping: Annotated[dict[str, str], "header to field, mapped by hand", '{"Primary contact": "email"}']
    dates: Annotated[Literal["mdy", "dmy"] | None, "order of all dates; none: the cells decide", "mdy"]


class SkippedData(TypedDict, total=False):
    """Rows passed over, by reason."""

    disqualified: Annotated[int, "turned down, and `include_disqualified` was not asked", "43"]
    no_name: Annotated[int, "nobody named", "4"]
    duplicate: Annotated[int, "known people, with `on_duplicate` skip", "0"]
    erased: Annotated[int, "people who were erased and stay so", "0"]


class ImportCountsData(TypedDict, total=False):
    """Where every row went; all but `flagged` add up to `rows`."""

    rows: Annotated[int, "data records of the file; the others but `flagged` add up to it", "500"]
    created: Annotated[int, "new people", "398"]
    merged: Annotated[int, "rows that joined a known person", "55"]
    unchanged: Annotated[int, "rows that said nothing new", "0"]
    skipped: Annotated[SkippedData, "passed over, by reason"]
    rejected: Annotated[int, "could not be taken", "0"]
    flagged: Annotated[int, "people someone should look at", "7"]


class ImportDocument(TypedDict, total=False):
    """One import of an export file."""

    id: Annotated[str, "random", "99a6da1cfa447757"]
    pool: Annotated[str, "where its people go", "default"]
    filename: Annotated[str, "as given", "candidates.csv"]
    file: Annotated[str, "path of the kept bytes in Files", "imports/99a6da1cfa447757/candidates.csv"]
    sha256: Annotated[str, "hash of the bytes", "9b74c9897bac770ffc029102a200c5de…"]
    state: Annotated[
        Literal["PENDING", "RUNNING", "SUCCESS", "FAILED", "PARTIAL", "UNDONE"], "how far it is", "SUCCESS"
    ]
    options: Annotated[ImportOptionsData, "how it was asked to be done"]
    mapping: Annotated[dict[str, str], "header of the file to field", '{"Job title": "application.job_title"}']
    header_fingerprint: Annotated[
        str | None, "hash of its header: the next file of this header gets the mapping by hand", "9b74c9897bac770f"
    ]
    dropped: Annotated[
        dict[str, int], "protected attribute to how many cells were dropped at the door", '{"gender": 120}'
    ]
    parts: Annotated[int, "slices of its rows that are done side by side", "2"]
    counts: Annotated[ImportCountsData, "where every row went"]
    owner: Annotated[str | None, "the worker that runs it; none when tasks do it step by step", "host:4711"]
    awaiting: Annotated[
        str | None, "`import_rows`, then `ready` or `failed`; none when a worker runs it", "import_rows"
    ]
    lease: Annotated[LeaseData | None, "who does a step now"]
    upload_id: Annotated[str | None, "the dropped file it was made of", "b1946ac92492d2347c6235b4d2611184"]
    rewritten: Annotated[
        str | None,
        "path in Files of its rows as UTF-8 CSV, while it runs, if it came otherwise",
        "imports/99a6da1cfa447757/rewritten.csv",
    ]
    compared: Annotated[
        str | None,
        "once its rows are done by steps: the last source whose people were compared with all others; "
        "empty before the first",
        "c0ffee1234567890c0ffee1234567890",
    ]
    resumed: Annotated[bool, "whether it stopped half-way and was taken up again", "false"]
    warnings: Annotated[list[str], "what is odd about the file", '["two columns are called Email"]']
    rejects_file: Annotated[
        str | None, "path in Files of the CSV with row number and reason", "imports/99a6da1cfa447757/rejects.csv"
    ]
    created_at: Annotated[str, "when it began, UTC", "2026-11-21T09:00:00Z"]
    completed_at: Annotated[str | None, "when it ended, UTC", "2026-11-21T09:00:02Z"]
    undone_at: Annotated[str | None, "when it was undone, UTC", "2026-11-22T08:00:00Z"]
    expired_at: Annotated[
        str | None, "when it was older than its pool's rules keep rows, and its file went, UTC", "null"
    ]
    error: Annotated[str | None, "why it failed", "line 7: a quote is opened and never closed"]


class SliceDocument(TypedDict, total=False):
    """Every n-th chunk of an import's rows: who runs it writes here how far it is, and nobody else does."""

    import_id: Annotated[str, "of which import", "99a6da1cfa447757"]
    part: Annotated[int, "which slice, from 0 on", "0"]
    next_row: Annotated[int, "first row not yet done: where a restart goes on", "1001"]
    counts: Annotated[ImportCountsData, "where its rows went; an import's counts are the sum"]
    dropped: Annotated[dict[str, int], "cells dropped at the door by protected attribute", '{"gender": 40}']


class RejectDocument(TypedDict, total=False):
    """A row that could not be taken, and why."""

    import_id: Annotated[str, "of which import", "99a6da1cfa447757"]
    row: Annotated[int, "record in the file, 1 = first data record", "12"]
    line: Annotated[int | None, "line of the file, where known", "14"]
    reason: Annotated[str, "why, in words", "14 cells where the header has 12"]


class UploadDocument(TypedDict, total=False):
    """A file that was dropped: what became of it."""

    id: Annotated[
        str,
        "keyed hash of bucket, name and generation: the same event twice is the same upload",
        "b1946ac92492d2347c6235b4d2611184",
    ]
    name: Annotated[str, "where it was dropped", "incoming/csv/default/candidates.csv"]
    generation: Annotated[str, "which version of the file", "1763712000000000"]
    state: Annotated[Literal["PENDING", "RUNNING", "SUCCESS", "FAILED", "PARTIAL"], "how far it is", "SUCCESS"]
    import_id: Annotated[str | None, "the import made of it", "99a6da1cfa447757"]
    document_id: Annotated[str | None, "the CV file it is kept as", "b1946ac92492d2347c6235b4d2611184"]
    error: Annotated[str | None, "why it failed", "no header found"]
    at: Annotated[str, "when it was noticed, UTC", "2026-11-21T09:00:00Z"]


class PreviewDocument(TypedDict, total=False):
    """A previewed file, kept for a day so that the very same one is imported."""

    id: Annotated[str, "random", "5d1e07c2f3ab4419"]
    pool: Annotated[str, "the pool it would be imported into", "default"]
    filename: Annotated[str, "as it was sent", "people.csv"]
    file: Annotated[str, "path in Files", "previews/5d1e07c2f3ab4419/people.csv"]
    options: Annotated[ImportOptionsData, "how it would be done"]
    caller: Annotated[str, "uid of who sent it", "uid-7"]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00Z"]
