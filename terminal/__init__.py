"""What the terminal needs beside the core: parsing of options, text for people, and in `runs` long work with progress.

`runs` is imported by the verbs that use it: it brings the whole import along, which a search need not wait for.
"""

from terminal.parsing import read_job, read_weights, read_where
from terminal.render.search import search_text, why_text
from terminal.render.texts import (
    candidate_text,
    cvs_text,
    dedupe_text,
    failures_text,
    import_text,
    imports_text,
    mapping_text,
    plan_text,
    preview_text,
    run_text,
    stats_text,
    undo_text,
    uploads_text,
)

__all__ = [
    "candidate_text", "cvs_text", "dedupe_text", "failures_text", "import_text", "imports_text", "mapping_text",
    "plan_text", "preview_text", "read_job", "read_weights", "read_where", "run_text", "search_text", "stats_text",
    "undo_text", "uploads_text", "why_text",
]  # fmt: skip
