"""Which column means what: headers of any vendor and language become our fields, protected ones are set apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from shared.reading.exports.header_names import FIELD_NAMES, PROTECTED_NAMES, PROTECTED_WORDS
from shared.vocabulary.text import normalize

_CAMEL: Final = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKS: Final = re.compile(r"[\W_]+")
_FILLER: Final = re.compile(r"\((?:optional|required|mandatory|pflichtfeld)\)|\*", re.I)
_OWNERS: Final = (
    "candidate",
    "applicant",
    "person",
    "contact",
    "profile",
    "application",
    "bewerber",
    "kandidat",
    "kandidaten",
)
_KEPT_AS_WRITTEN: Final = ("note", "cover_letter", "candidate_ref")
_NUMBERED: Final = re.compile(r"(.*[a-z])\d{1,2}")


def _compact(text: str) -> str:
    return _MARKS.sub("", normalize(text))


def _lookup(table: Mapping[str, str]) -> dict[str, str]:
    return {_compact(name): key for key, names in table.items() for name in names.split(",")}


_FIELDS: Final = _lookup(FIELD_NAMES)
_PROTECTED: Final = _lookup(PROTECTED_NAMES)


@dataclass(frozen=True)
class Columns:
    """How one export's columns are to be read."""

    header: tuple[str, ...]
    mapping: dict[str, str]  # header -> field, for display
    indexes: dict[str, tuple[int, ...]]  # field -> columns that carry it, in the order of the file
    protected: dict[str, tuple[int, ...]]  # protected attribute -> columns dropped at the door
    unmapped: dict[int, str]  # column -> header of what nobody maps
    kept: dict[int, str]  # column -> header of what is kept as written: unmapped ones, notes, references
    warnings: tuple[str, ...] = ()
    safe: tuple[int, ...] = field(default=())  # every column that is not protected

    @cached_property
    def single(self) -> tuple[tuple[str, int], ...]:
        """(field, column) of every field that one column carries."""
        return tuple((name, found[0]) for name, found in self.indexes.items() if len(found) == 1)

    @cached_property
    def several(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """(field, columns) of every other field."""
        return tuple((name, found) for name, found in self.indexes.items() if len(found) > 1)

    def field(self, cells: Sequence[str], name: str) -> str:
        """Return the first non-empty cell of a field, or an empty string."""
        for index in self.indexes.get(name, ()):
            if text := cells[index].strip():
                return text
        return ""

    def dropped(self, cells: Sequence[str]) -> list[str]:
        """Name the protected attribute of every filled cell that is dropped at the door, one entry a cell."""
        return [name for name, found in self.protected.items() for index in found if cells[index].strip()]


def map_headers(header: Sequence[str]) -> Columns:
    """Map an export's headers to fields; case, blanks, underscores, camelCase and accents do not matter.

    Of two columns with the same header the first counts. `Title` and `Job title` beside `Company` are the candidate's
    own unless the export also has a work history.
    """
    firsts, warnings = _without_repeats(header)
    protected: dict[str, list[int]] = {}
    fields: dict[int, str] = {}
    unmapped: dict[int, str] = {}
    for index, name in firsts.items():
        if attribute := protected_attribute(name):
            protected.setdefault(attribute, []).append(index)
        elif known := field_of(name):
            fields[index] = known
        else:
            unmapped[index] = name.strip() or f"column {index + 1}"
    fields = _in_context(fields, header)
    hidden = {index for columns in protected.values() for index in columns}
    return Columns(
        header=tuple(header),
        mapping={header[index].strip(): known for index, known in fields.items()},
        indexes=_grouped(fields),
        protected={name: tuple(columns) for name, columns in protected.items()},
        unmapped=unmapped,
        kept=unmapped | {index: header[index].strip() for index, known in fields.items() if known in _KEPT_AS_WRITTEN},
        warnings=tuple(warnings),
        safe=tuple(index for index in firsts if index not in hidden),
    )


def _without_repeats(header: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    seen: dict[str, int] = {}
    firsts: dict[int, str] = {}
    warnings = []
    for index, name in enumerate(header):
        key = _compact(name)
        if key and key in seen:
            warnings.append(
                f"column {index + 1} repeats “{name.strip()}” (column {seen[key] + 1}); the first one counts"
            )
            continue
        seen[key] = index
        firsts[index] = name
    return firsts, warnings


def _in_context(fields: dict[int, str], header: Sequence[str]) -> dict[int, str]:
    """Settle what one header alone does not say."""
    present = set(fields.values())
    settled = dict(fields)
    for index, known in fields.items():
        name = _compact(header[index])
        beside_company = "current_company" in present and not present & {"experiences", "job_location", "current_title"}
        if known == "job_title" and name in ("jobtitle", "position", "role", "poste", "puesto") and beside_company:
            settled[index] = "current_title"
        if (
            known == "current_title"
            and name == "title"
            and "current_company" not in present
            and "job_title" not in present
        ):
            settled[index] = "headline"
        if known == "first_name" and name in ("nome", "nombre") and "last_name" not in present:
            settled[index] = "name"
        if known == "last_name" and name == "nom" and "first_name" not in present:
            settled[index] = "name"
    return settled


def _grouped(fields: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    grouped: dict[str, tuple[int, ...]] = {}
    for index, name in fields.items():
        grouped[name] = (*grouped.get(name, ()), index)
    return grouped


@lru_cache(maxsize=4096)
def field_of(name: str) -> str | None:
    """Return the field a header stands for by itself, or None."""
    for key in _spellings(name):
        if key in _FIELDS:
            return _FIELDS[key]
    return None


@lru_cache(maxsize=4096)
def protected_attribute(name: str) -> str | None:
    """Return the protected attribute a header asks for (`gender`, `birthday` …), or None."""
    for key in _spellings(name):
        if key in _PROTECTED:
            return _PROTECTED[key]
    for word in _MARKS.split(normalize(_CAMEL.sub(" ", name))):
        if word in PROTECTED_WORDS:
            return PROTECTED_WORDS[word]
    return None


def _spellings(name: str) -> list[str]:
    """The comparable forms of a header: as it is, without an owner in front, without a number behind."""
    whole = _compact(_FILLER.sub("", name))
    found = [whole]
    found += [whole.removeprefix(owner) for owner in _OWNERS if whole.startswith(owner) and whole != owner]
    found += [match[1] for key in tuple(found) if (match := _NUMBERED.fullmatch(key))]
    return [key for key in found if key]
