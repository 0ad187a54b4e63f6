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
    return [_unwrap(cell) for cell in cells]


def _unwrap(cell: str) -> str:
    if not cell.startswith("="):
        return cell
    match = _TEXT_FORMULA.fullmatch(cell)
    if match is None:
        match = _HYPERLINK.fullmatch(cell)
    return match[1] if match else cell


def repair_dates(columns: Columns, cells: Sequence[str]) -> Sequence[str]:
    """Return cells whose dates any reader reads right: `45581` and month-first `03/25/2026` become ISO."""
    repaired = list(cells)
    for index in columns.dates:
        month_first = index in columns.month_first
        repaired[index] = _iso_date(cells[index].strip(), month_first)
    return repaired


def _iso_date(cell: str, month_first: bool) -> str:
    if _SERIAL.fullmatch(cell):
        return (_SERIALS_FROM + timedelta(days=int(cell[:5]))).isoformat()
    if not month_first:
        return cell
    match = AMBIGUOUS.fullmatch(cell)
    if match is None:
        return cell
    month = int(match[1])
    day = int(match[3])
    if month > 12:
        return cell
    return f"{match[4]}-{month:02d}-{day:02d}{match[5]}"
