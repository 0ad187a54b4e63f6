"""What cells say of their columns: the order of dates, and what a column holds that no header explains."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from shared.reading.exports.damage import AMBIGUOUS
from shared.reading.exports.dialects import DateOrder
from shared.reading.exports.headers import Columns
from shared.reading.text.cells import is_shortened_number
from shared.vocabulary.text import normalize

SAMPLE: Final = 200  # records that say what a column holds
_SCANNED: Final = 50_000  # records in which the order of a column of dates is looked for
_MOST: Final = 0.6  # share of the filled cells
_LONG: Final = 300  # characters a cell on average
_KINDS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    ("e-mail addresses", "email", re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")),
    ("LinkedIn profiles", "linkedin", re.compile(r"(?:https?://)?(?:\w+\.)?linkedin\.com/in/", re.I)),
    ("dates", "FIELD", re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d\b")),
)
_UNITED_STATES: Final = frozenset(("us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"))
_STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA "
    "RI SC SD TN TX UT VA VT WA WI WV WY DC".split()
)
_ZIP: Final = re.compile(r"\d{5}(?:-\d{4})?")


@dataclass
class _Evidence:
    """What was seen of the order of dates."""

    orders: dict[int, DateOrder] = field(default_factory=dict)  # column -> order that one of its cells proves
    open_columns: set[int] = field(default_factory=set)  # columns in which every date can be read both ways
    american_rows: int = 0
    placed_rows: int = 0

    def note(self, columns: Columns, cells: Sequence[str]) -> None:
        """Take in a record."""
        for index in columns.dates:
            match = AMBIGUOUS.match(cells[index].strip())
            if match and match[2] != "." and index not in self.orders:
                self._note_date(index, int(match[1]), int(match[3]))
        places = [cells[index].strip() for index in columns.indexes.get("location", ())]
        if any(places):
            self.placed_rows += 1
            self.american_rows += _is_american(places)

    def order_elsewhere(self) -> DateOrder | None:
        """Return the order that other columns or the places of people speak for."""
        proven = set(self.orders.values())
        if len(proven) == 1:
            return proven.pop()
        if self.placed_rows and 2 * self.american_rows > self.placed_rows:
            return "mdy"
        return None

    def _note_date(self, index: int, first: int, second: int) -> None:
        if first > 12 or second > 12:
            self.orders[index] = "dmy" if first > 12 else "mdy"
            self.open_columns.discard(index)
        else:
            self.open_columns.add(index)


def decide_date_orders(
    columns: Columns,
    records: Iterable[Sequence[str]],
    by_hand: DateOrder | None = None,
    dialect: DateOrder | None = None,
) -> tuple[frozenset[int], list[str]]:
    """Return the columns whose dates are month first, and warnings where nothing in the file proves an order.

    A column's own dates decide (one `25` proves it), then the other columns', then the country of places, then what the
    vendor of this `dialect` writes; else the day is first. `by_hand` decides for every column.
    """
    if by_hand:
        return frozenset(columns.dates if by_hand == "mdy" else ()), []
    evidence = _read_evidence(columns, records)
    month_first = {index for index, order in evidence.orders.items() if order == "mdy"}
    order = evidence.order_elsewhere() or dialect
    if order == "mdy":
        month_first |= evidence.open_columns
    if order:
        return frozenset(month_first), []
    return frozenset(month_first), [_order_warning(columns, index) for index in sorted(evidence.open_columns)]


def _order_warning(columns: Columns, index: int) -> str:
    name = columns.header[index].strip()
    return f"“{name}”: nothing proves the order of its dates; they are read day first (--dates mdy: month first)"


def _read_evidence(columns: Columns, records: Iterable[Sequence[str]]) -> _Evidence:
    evidence = _Evidence()
    for number, cells in enumerate(records, 1):
        evidence.note(columns, cells)
        if number == _SCANNED or (number >= SAMPLE and not evidence.open_columns):
            break
    return evidence


def _is_american(places: Sequence[str]) -> bool:
    countries = {normalize(place) for place in places}
    if countries & _UNITED_STATES:
        return True
    states = {place.upper() for place in places} & _STATES
    codes = [place for place in places if _ZIP.fullmatch(place)]
    return bool(states and codes)


def content_warnings(columns: Columns, sample: Sequence[Sequence[str]]) -> list[str]:
    """Name the columns that hold something and are not understood, and phone numbers that a spreadsheet shortened."""
    warnings = []
    for index, name in columns.unmapped.items():
        cells = _filled(sample, index)
        warnings += _warnings_of_column(name, cells)
    for index in columns.indexes.get("phone", ()):
        if any(is_shortened_number(cell) for cell in _filled(sample, index)):
            name = columns.header[index].strip()
            warnings.append(f"“{name}”: a spreadsheet shortened numbers (4.4E+11), which are lost; export it as text")
    return warnings


def _warnings_of_column(name: str, cells: Sequence[str]) -> list[str]:
    if not cells:
        return []
    for kind, field_name, pattern in _KINDS:
        count = sum(pattern.match(cell) is not None for cell in cells)
        if count >= _MOST * len(cells):
            return [f"“{name}” looks like {kind} and is not understood ({_hint(name, field_name)})"]
    if sum(map(len, cells)) >= _LONG * len(cells):
        return [f"“{name}” holds long text and is not understood ({_hint(name, 'summary')})"]
    return []


def _hint(name: str, field_name: str) -> str:
    return f'--map "{name}={field_name}" reads it'


def _filled(sample: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = [cells[index].strip() for cells in sample]
    return [cell for cell in cells if cell]


def header_fingerprint(header: Sequence[str]) -> str:
    """Return a hash by which a header is recognised, whatever its case and order."""
    names = sorted({normalize(name) for name in header})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
