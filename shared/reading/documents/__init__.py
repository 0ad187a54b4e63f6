"""Bytes of a CV file into its visible text, whatever the file is and whatever it tries."""

from __future__ import annotations

from pathlib import Path

from shared.models.document_text import ReadDocument
from shared.reading.documents.limits import Limits

__all__ = ["Limits", "ReadDocument", "read_document"]

DEFAULT_LIMITS = Limits()


def read_document(source: Path | bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> ReadDocument:
    """Read a CV file in a process of its own. Raises UnreadableFile with a sentence a recruiter understands."""
    raise NotImplementedError
