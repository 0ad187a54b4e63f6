"""Which column means what: headers of any vendor and language become our fields, protected ones are set apart."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from shared.errors import InvalidRequest
from shared.reading.exports.column_groups import ColumnGroup, education_group, numbered_groups
from shared.reading.exports.header_names import FIELD_NAMES, PROTECTED_NAMES, PROTECTED_WORDS
from shared.vocabulary.text import normalize

DATE_FIELDS: Final = ("created_at", "applied_at", "updated_at")
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
_KEPT_AS_WRITTEN: Final = ("note", "cover_letter", "candidate_ref", "years", "status")
_NUMBERED: Final = re.compile(r"(.*[a-z])\d{1,2}")
# Words before and behind the names of contacts: `Primary Email Address`, `Work Phone Number`.
_CONTACT_FIELDS: Final = frozenset(("email", "phone", "linkedin", "github", "website"))
_QUALIFIER: Final = re.compile(
    r"^(?:primary|main|personal|private|work|business|office|home|secondary|other|alternate|alternative|preferred|best)"
)
_CONTACT_SUFFIX: Final = re.compile(r"(?:numbers?|address|addresses|url|link|no|nr)$")
# Headers of the candidate's own position, where a column names a company.
_OWN_POSITION: Final = frozenset(("jobtitle", "position", "role", "poste", "puesto"))


class _Alone(NamedTuple):
    """A header that means something else where none of some other fields is there."""

    field: str
    keys: frozenset[str]  # spellings it applies to
    others: frozenset[str]
    alone: str


_ALONE: Final = (
    _Alone("current_title", frozenset({"title"}), frozenset({"current_company", "job_title"}), "headline"),
    _Alone("first_name", frozenset({"nome", "nombre"}), frozenset({"last_name"}), "name"),
    _Alone("last_name", frozenset({"nom"}), frozenset({"first_name"}), "name"),
)


def _compact(text: str) -> str:
    return _MARKS.sub("", normalize(text))


def _lookup(table: Mapping[str, str]) -> dict[str, str]:
    keys = {}
    for key, names in table.items():
        for name in names.split(","):
            keys[_compact(name)] = key
    return keys


_FIELDS: Final = _lookup(FIELD_NAMES)
_PROTECTED: Final = _lookup(PROTECTED_NAMES)


@dataclass(frozen=True)
class Columns:
    """How one export's columns are to be read."""

    header: tuple[str, ...]
    mapping: dict[str, str]  # header -> field, for display
    indexes: dict[str, tuple[int, ...]]  # field -> columns that carry it, in the order of the file
    protected: dict[str, tuple[int, ...]]  # protected attribute -> columns that are dropped
    unmapped: dict[int, str]  # column -> header of what nobody maps
    kept: dict[int, str]  # column -> header of what is kept as written: unmapped ones, notes, references
    warnings: tuple[str, ...] = ()
    safe: tuple[int, ...] = field(default=())  # every column that is not protected
    groups: tuple[ColumnGroup, ...] = ()  # positions and degrees in columns
    month_first: frozenset[int] = frozenset()  # columns of dates whose order is month, day, year

    @cached_property
    def single(self) -> tuple[tuple[str, int], ...]:
        """(field, column) of every field that one column carries."""
        return tuple((name, columns[0]) for name, columns in self.indexes.items() if len(columns) == 1)

    @cached_property
    def several(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """(field, columns) of every other field."""
        return tuple((name, columns) for name, columns in self.indexes.items() if len(columns) > 1)

    @cached_property
    def dates(self) -> tuple[int, ...]:
        """The columns that hold a date."""
        columns = [index for name in DATE_FIELDS for index in self.indexes.get(name, ())]
        for group in self.groups:
            columns += [index for part, index in group.columns.items() if part in ("start", "end")]
        return tuple(columns)

    def field(self, cells: Sequence[str], name: str) -> str:
        """Return the first non-empty cell of a field, or an empty string."""
        for index in self.indexes.get(name, ()):
            text = cells[index].strip()
            if text:
                return text
        return ""

    def dropped(self, cells: Sequence[str]) -> list[str]:
        """Name the protected attribute of every filled cell that is dropped, one entry a cell."""
        names = []
        for name, columns in self.protected.items():
            names += [name for index in columns if cells[index].strip()]
        return names


def map_headers(header: Sequence[str], by_hand: Mapping[str, str] | None = None) -> Columns:
    """Map an export's headers to fields; case, blanks, underscores, camelCase and accents do not matter.

    Of two columns with the same header the first counts. `Title` and `Job title` beside `Company` are the candidate's
    own unless the export also has a work history. `by_hand`: header -> field, where a person knows better; a protected
    column stays protected. Raises `InvalidRequest` for a header or field that does not exist.
    """
    names, warnings = _without_repeats(header)
    protected: dict[str, list[int]] = {}
    for index, name in names.items():
        attribute = protected_attribute(name)
        if attribute:
            protected.setdefault(attribute, []).append(index)
    hidden = {index for columns in protected.values() for index in columns}
    open_names = {index: name for index, name in names.items() if index not in hidden}
    by_hand_fields = _fields_by_hand(by_hand or {}, open_names)
    groups = numbered_groups({index: name for index, name in open_names.items() if index not in by_hand_fields})
    grouped = _mapping_of_groups(groups)
    fields, unmapped = _fields(open_names, grouped.keys())
    fields = _in_context(fields, header)
    if "stage" not in fields.values():
        fields = {index: "stage" if name == "status" else name for index, name in fields.items()}
    fields |= by_hand_fields
    unmapped = {index: name for index, name in unmapped.items() if index not in by_hand_fields}
    indexes = _by_field(fields)
    degree = education_group(indexes)
    if degree:
        groups.append(degree)
    mapping = {header[index].strip(): name for index, name in fields.items()}
    as_written = {index: header[index].strip() for index, name in fields.items() if name in _KEPT_AS_WRITTEN}
    return Columns(
        header=tuple(header),
        mapping=mapping | {header[index].strip(): name for index, name in grouped.items()},
        indexes=indexes,
        protected={name: tuple(columns) for name, columns in protected.items()},
        unmapped=unmapped,
        kept=unmapped | as_written,
        warnings=tuple(warnings),
        safe=tuple(open_names),
        groups=tuple(groups),
    )


def _fields_by_hand(by_hand: Mapping[str, str], names: Mapping[int, str]) -> dict[int, str]:
    """Return column -> field of what a person mapped."""
    columns = {_compact(name): index for index, name in names.items()}
    fields = {}
    for header, field_name in by_hand.items():
        if field_name not in FIELD_NAMES:
            raise InvalidRequest(f"{field_name!r} is no field; one of {', '.join(FIELD_NAMES)}")
        if _compact(header) not in columns:
            raise InvalidRequest(f"there is no column {header!r} that could be mapped")
        fields[columns[_compact(header)]] = field_name
    return fields


def _without_repeats(header: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    first_columns: dict[str, int] = {}
    names: dict[int, str] = {}
    warnings = []
    for index, name in enumerate(header):
        key = _compact(name)
        first = first_columns.setdefault(key, index)
        if key and first != index:
            warnings.append(f"column {index + 1} repeats “{name.strip()}” (column {first + 1}); the first one counts")
        else:
            names[index] = name
    return names, warnings


def _mapping_of_groups(groups: Sequence[ColumnGroup]) -> dict[int, str]:
    """Return column -> `experiences.2.company` of everything in a numbered group."""
    places = {}
    for group in groups:
        for part, index in group.columns.items():
            places[index] = f"{group.kind}.{group.number}.{part}"
    return places


def _fields(names: Mapping[int, str], grouped: Container[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Return column -> field, and column -> header of what no field is known for."""
    fields: dict[int, str] = {}
    unmapped: dict[int, str] = {}
    for index, name in names.items():
        if index in grouped:
            continue
        field_name = field_of(name)
        if field_name:
            fields[index] = field_name
        else:
            unmapped[index] = name.strip() or f"column {index + 1}"
    return _with_first_and_last(fields, unmapped)


def _with_first_and_last(fields: dict[int, str], unmapped: dict[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    """Read `First` beside `Last` as the parts of a name."""
    columns = {_compact(name): index for index, name in unmapped.items()}
    if "first" in columns and "last" in columns:
        names = {columns["first"]: "first_name", columns["last"]: "last_name"}
        fields = fields | names
        unmapped = {index: name for index, name in unmapped.items() if index not in names}
    return fields, unmapped


def _in_context(fields: dict[int, str], header: Sequence[str]) -> dict[int, str]:
    """Settle what one header alone does not say."""
    present = set(fields.values())
    own_position = "current_company" in present and not present & {"experiences", "job_location", "current_title"}
    settled = dict(fields)
    for index, name in fields.items():
        key = _compact(header[index])
        if name == "job_title" and key in _OWN_POSITION and own_position:
            settled[index] = "current_title"
        for rule in _ALONE:
            if name == rule.field and key in rule.keys and not present & rule.others:
                settled[index] = rule.alone
    return settled


def _by_field(fields: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    indexes: dict[str, tuple[int, ...]] = {}
    for index, name in fields.items():
        indexes[name] = (*indexes.get(name, ()), index)
    return indexes


@lru_cache(maxsize=4096)
def field_of(name: str) -> str | None:
    """Return the field a header stands for by itself, or None."""
    spellings = _spellings(name)
    for key in spellings:
        if key in _FIELDS:
            return _FIELDS[key]
    contacts = [_contact_field(key) for key in spellings]
    return next(filter(None, contacts), None)


def _contact_field(key: str) -> str | None:
    """Return the contact that a header names in a longer way: `Primary Email Address`."""
    bare = _QUALIFIER.sub("", key)
    for spelling in (bare, _CONTACT_SUFFIX.sub("", bare)):
        field_name = _FIELDS.get(spelling)
        if field_name in _CONTACT_FIELDS:
            return field_name
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
    spellings = [whole]
    for owner in _OWNERS:
        if whole.startswith(owner) and whole != owner:
            spellings.append(whole.removeprefix(owner))
    for key in tuple(spellings):
        match = _NUMBERED.fullmatch(key)
        if match:
            spellings.append(match[1])
    return [key for key in spellings if key]
