"""How months, open ends and spans of time are called in the languages CVs are written in."""

from __future__ import annotations

from typing import Final

from shared.vocabulary.tables import read_names
from shared.vocabulary.text import normalize

_MONTH: Final = "month_"
_NAMES: Final = dict(read_names("calendar"))


def _normalized(key: str) -> frozenset[str]:
    return frozenset(normalize(name) for name in _NAMES[key])


def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for key, names in _NAMES.items():
        if not key.startswith(_MONTH):
            continue
        number = int(key.removeprefix(_MONTH))
        for name in names:
            months.setdefault(normalize(name), number)
    return months


MONTHS: Final = _months()  # a full stop behind a short form is no part of it
OPEN_ENDS: Final = _normalized("open_end")
SINCE: Final = _normalized("since")
UNITS: Final = _normalized("unit")
TO: Final = _normalized("to")
SEASONS: Final = _normalized("season")
ABOUT: Final = _normalized("about")
FROM: Final = _normalized("from")
BETWEEN: Final = _normalized("between")
AND: Final = _normalized("and")
