"""What spreadsheets do to cells: formulas around text, dates as serial numbers, dates in the other order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from shared.reading.exports.headers import Columns

_TEXT_FORMULA: Final = re.compile(r'=\s*"([^"]*)"\s*')
_HYPERLINK: Final = re.compile(r'=\s*HYPERLINK\(\s*"(?:mailto:|tel:)?([^"]*)"[^)]*\)\s*', re.I)
_SERIAL: Final = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_SERIALS_FROM: Final = date(1899, 12, 30)
AMBIGUOUS: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)\b(.*)", re.S)


def unwrap_formulas(cells: Sequence[str]) -> list[str]:
    """Return cells with `="+44 …"` as its text and `=HYPERLINK("mailto:…","…")` as its address."""
    return [_unwrap(cell) if cell.startswith("=") else cell for cell in cells]


def _unwrap(cell: str) -> str:
    match = _TEXT_FORMULA.fullmatch(cell) or _HYPERLINK.fullmatch(cell)
    return match[1] if match else cell


def repair_dates(columns: Columns, cells: Sequence[str]) -> Sequence[str]:
    """Return cells whose dates any reader reads right: `45581` and month-first `03/25/2026` become ISO."""
    repaired = list(cells)
    for index in columns.dates:
        cell = cells[index].strip()
        if cell and cell[:1].isdigit():
            repaired[index] = _iso_date(cell, index in columns.month_first)
    return repaired


def _iso_date(cell: str, month_first: bool) -> str:
    if _SERIAL.fullmatch(cell):
        return (_SERIALS_FROM + timedelta(days=int(cell[:5]))).isoformat()
    match = AMBIGUOUS.fullmatch(cell) if month_first else None
    if match and int(match[1]) <= 12:
        return f"{match[4]}-{int(match[1]):02d}-{int(match[3]):02d}{match[5]}"
    return cell
