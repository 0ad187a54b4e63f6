"""Scans into text with tesseract, where it is installed."""

from __future__ import annotations

from pathlib import Path

from shared.models.document_text import ReadDocument


def read_scan(source: Path | bytes, document: ReadDocument, filename: str = "the file") -> str:
    """Return the text of a scan or picture. Raises UnreadableFile when tesseract is missing or finds nothing."""
    raise NotImplementedError
