"""Jobs out of files: CSV of any dialect, XLSX, JSON lines or one JSON list, each record as facts or with a reason."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

import orjson

from shared.errors import UnreadableFile
from shared.models.job import JobFacts
from shared.reading.exports.encoding import detect_encoding
from shared.reading.exports.headers import field_of
from shared.reading.exports.job_headers import job_field, job_status, known_headers
from shared.reading.exports.records import Reject, Row, read_records
from shared.reading.exports.sheets import is_sheet, sheet_rows
from shared.reading.text.markup import without_tags
from shared.vocabulary.text import clean

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 20  # rows in which the header must stand
_TAG_CUT: Final = re.compile(r"[\n;|,]")
_OF_PEOPLE: Final = frozenset(
    ("name", "first_name", "last_name", "email", "phone", "linkedin", "experiences", "educations")
)
_JOINED_BY: Final = {"description": "\n\n", "location": ", "}
Numbered = tuple[int, JobFacts]


def read_jobs(stream: BinaryIO, filename: str) -> Iterator[Numbered | Reject]:
    """Yield (record number from 1, facts), or a `Reject`, for every record. `stream` must be seekable.

    Raises `UnreadableFile` when it is no file of jobs.
    """
    if is_sheet(stream, filename):
        yield from _table_of_sheets(stream, filename)
        return
    encoding = detect_encoding(stream, filename)
    stream.seek(0)
    text = stream.read().decode(encoding.name, encoding.errors).replace("\x00", "").removeprefix("\ufeff")
    start = text.lstrip()[:1]
    if start == "[":
        yield from _listed(text, filename)
    elif start == "{":
        yield from _lines_of_json(text)
    else:
        yield from _table_of_text(text, filename)


def job_facts(said: Mapping[str, Any]) -> JobFacts:
    """Return the facts of one record by its headers or keys; several columns of one field are joined."""
    values: dict[str, list[str]] = {}
    tags: list[str] = []
    extra: dict[str, str] = {}
    for name, value in said.items():
        field, text = job_field(name), _text(value)
        if field == "tags":
            tags += _tags(value)
        elif text and field:
            values.setdefault(field, []).append(text)
        elif text and name.strip():
            extra[name.strip()] = text
    return _facts(values, tags, extra)


def _facts(values: Mapping[str, Sequence[str]], tags: Iterable[str], extra: dict[str, str]) -> JobFacts:
    fields: dict[str, Any] = {}
    for field, found in values.items():
        joint = _JOINED_BY.get(field)
        fields[field] = joint.join(dict.fromkeys(found)) if joint else found[0]
    if status := fields.pop("status", None):
        fields["status"] = job_status(status)
        if fields["status"] is None:
            extra = {**extra, "status": status}
    return JobFacts(**fields, tags=tuple(dict.fromkeys(tags)), extra=extra)


def _text(value: Any) -> str:
    """A value as text: markup and odd blanks gone; of an object its name, or its parts; of a list its items."""
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("title") or value.get("text")
        return _text(named) if named else ", ".join(filter(None, map(_text, value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return clean(without_tags(str(value).replace("\r\n", "\n").replace("\r", "\n")))


def _tags(value: Any) -> list[str]:
    items = value if isinstance(value, list) else _TAG_CUT.split(_text(value))
    return [tag for item in items if (tag := _text(item))]


def _lines_of_json(text: str) -> Iterator[Numbered | Reject]:
    number = 0
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip():
            number += 1
            try:
                record = orjson.loads(content)
            except orjson.JSONDecodeError:
                yield Reject(number, line, "not a line of JSON")
                continue
            yield _record(number, line, record)


def _listed(text: str, filename: str) -> Iterator[Numbered | Reject]:
    try:
        records = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"{filename}: not JSON from line {error.lineno} on") from error
    for number, record in enumerate(records, 1):
        yield _record(number, number, record)


def _record(number: int, line: int, record: Any) -> Numbered | Reject:
    if not isinstance(record, dict):
        return Reject(number, line, "not a JSON object")
    return number, job_facts(record)


def _table_of_text(text: str, filename: str) -> Iterator[Numbered | Reject]:
    found = [(each, _header(_rows(text, each))) for each in _DELIMITERS]
    delimiter, head = max(found, key=lambda one: known_headers(one[1][1]))
    skip, header = _checked(head, filename)
    lines = io.StringIO(text, newline="")
    parsed = csv.reader(lines, delimiter=delimiter)
    for _ in islice(parsed, skip):
        pass
    for each in read_records(lines, delimiter, len(header), parsed.line_num + 1):
        if isinstance(each, Reject):
            yield each
        elif any(cell.strip() for cell in each.cells):
            yield _row(each, header)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _HEADER_WITHIN)
    except csv.Error:  # a cell over the limit: what came before it is all there is to look at
        return


def _table_of_sheets(stream: BinaryIO, filename: str) -> Iterator[Numbered | Reject]:
    heads = [
        (number, _header(islice(rows, _HEADER_WITHIN))) for number, rows in enumerate(sheet_rows(stream, filename))
    ]
    sheet, head = max(heads, key=lambda one: known_headers(one[1][1]))
    skip, header = _checked(head, filename)
    rows = islice(sheet_rows(stream, filename)[sheet], skip, None)
    for number, cells in enumerate((cells for cells in rows if any(cells)), 1):
        yield _row(Row(number, cells), header)


def _header(rows: Iterable[list[str]]) -> tuple[int, list[str]]:
    """Return (rows down to and with the header, its cells): the row that names most fields."""
    best: tuple[int, list[str]] = (0, [])
    for number, cells in enumerate(rows, 1):
        if known_headers(cells) > known_headers(best[1]):
            best = (number, cells)
    return best


def _checked(head: tuple[int, list[str]], filename: str) -> tuple[int, list[str]]:
    named = {job_field(cell) for cell in head[1]}
    if len(_OF_PEOPLE & {field_of(cell) for cell in head[1] if cell.strip()}) > 1:
        raise UnreadableFile(f"{filename}: this is a file of people, not of jobs (`shortlist import` takes it)")
    if not named & {"title", "description"}:
        raise UnreadableFile(f"{filename}: a file of jobs has a column Position or Description; none was found")
    return head


def _row(row: Row, header: Sequence[str]) -> Numbered:
    """Of two columns of one name the first counts."""
    said: dict[str, str] = {}
    for name, cell in zip(header, row.cells, strict=False):
        said.setdefault(name, cell)
    return row.number, job_facts(said)
