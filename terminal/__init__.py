"""What the terminal needs beside the core: progress, parsing of options, and text for people."""

from terminal.parsing import read_job, read_weights, read_where
from terminal.runs import Run, preview, read_mapping, run_import
from terminal.texts import (
    candidate_text,
    dedupe_text,
    failures_text,
    import_text,
    imports_text,
    mapping_text,
    plan_text,
    preview_text,
    run_text,
    search_text,
    stats_text,
    undo_text,
)

__all__ = [
    "Run", "candidate_text", "dedupe_text", "failures_text", "import_text", "imports_text", "mapping_text",
    "plan_text", "preview", "preview_text", "read_job", "read_mapping", "read_weights", "read_where", "run_import",
    "run_text", "search_text", "stats_text", "undo_text",
]  # fmt: skip
