"""Bytes of a CV file into its visible text, whatever the file is and whatever it tries."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.errors import UnreadableFile
from shared.models.document_text import ReadDocument
from shared.reading.documents.limits import Limits

__all__ = ["Limits", "ReadDocument", "read_document"]

DEFAULT_LIMITS: Final = Limits()


def read_document(source: Path | bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> ReadDocument:
    """Read a CV file in a process of its own. Raises UnreadableFile with a sentence a recruiter understands.

    Any number of threads may call this; as many files are read at a time as there are processors.
    """
    from shared.reading.documents.workers import pool  # the workers import this package, and need no pool

    if isinstance(source, Path) and not source.is_file():
        raise UnreadableFile(f"{filename}: there is no such file")
    return pool().read(source, filename, limits)
