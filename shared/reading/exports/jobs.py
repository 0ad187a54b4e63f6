"""Jobs out of files: CSV of any dialect, XLSX, JSON lines or one JSON list, each record as facts or with a reason."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

import orjson

from shared.errors import UnreadableFile
from shared.models.job import JobFacts
from shared.reading.exports.encoding import detect_encoding
from shared.reading.exports.headers import field_of
from shared.reading.exports.job_headers import count_known_headers, job_field, job_status
from shared.reading.exports.records import Reject, Row, read_records
from shared.reading.exports.sheets import is_sheet, sheet_rows
from shared.reading.text.markup import without_tags
from shared.vocabulary.bounds import bounded
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


def job_facts(record: Mapping[str, Any]) -> JobFacts:
    """Return the facts of one record by its headers or keys; several columns of one field are joined."""
    values: dict[str, list[str]] = {}
    tags: list[str] = []
    extra: dict[str, str] = {}
    for name, value in record.items():
        field = job_field(name)
        text = _text(value)
        if field == "tags":
            tags += _tags(value)
        elif text and field:
            values.setdefault(field, []).append(text)
        elif text and name.strip():
            extra[name.strip()] = text
    return _facts(values, tags, extra)


def _facts(values: Mapping[str, Sequence[str]], tags: Iterable[str], extra: dict[str, str]) -> JobFacts:
    fields: dict[str, Any] = {}
    for field, texts in values.items():
        joint = _JOINED_BY.get(field)
        fields[field] = joint.join(dict.fromkeys(texts)) if joint else texts[0]
    status = fields.pop("status", None)
    if status:
        fields["status"] = job_status(status)
        if fields["status"] is None:
            extra = {**extra, "status": status}
    return JobFacts(**fields, tags=tuple(dict.fromkeys(tags)), extra=extra)


def _text(value: Any) -> str:
    """A value as text: markup and odd blanks gone; of an object its name, or its parts; of a list its items."""
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("title") or value.get("text")
        return _text(name) if name else _text(list(value.values()))
    if isinstance(value, list):
        texts = [_text(item) for item in value]
        return ", ".join(text for text in texts if text)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = bounded(str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return clean(without_tags(text))


def _tags(value: Any) -> list[str]:
    items = value if isinstance(value, list) else _TAG_CUT.split(_text(value))
    tags = [_text(item) for item in items]
    return [tag for tag in tags if tag]


def _lines_of_json(text: str) -> Iterator[Numbered | Reject]:
    number = 0
    for line, content in enumerate(text.splitlines(), 1):
        if not content.strip():
            continue
        number += 1
        try:
            record = orjson.loads(content)
        except orjson.JSONDecodeError:
            yield Reject(number, line, "not a line of JSON")
        else:
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
    heads = {delimiter: _header(_rows(text, delimiter)) for delimiter in _DELIMITERS}
    delimiter = max(heads, key=lambda delimiter: count_known_headers(heads[delimiter].cells))
    skip, header = _checked(heads[delimiter], filename)
    lines = io.StringIO(text, newline="")
    parsed = csv.reader(lines, delimiter=delimiter)
    for _ in islice(parsed, skip):
        pass
    for record in read_records(lines, delimiter, len(header), parsed.line_num + 1):
        if isinstance(record, Reject):
            yield record
        elif any(cell.strip() for cell in record.cells):
            yield _row(record, header)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _HEADER_WITHIN)
    except csv.Error:  # a cell over the limit: what came before it is all there is to look at
        return


def _table_of_sheets(stream: BinaryIO, filename: str) -> Iterator[Numbered | Reject]:
    heads = [_header(islice(rows, _HEADER_WITHIN)) for rows in sheet_rows(stream, filename)]
    sheet = max(range(len(heads)), key=lambda number: count_known_headers(heads[number].cells))
    skip, header = _checked(heads[sheet], filename)
    number = 0
    for cells in islice(sheet_rows(stream, filename)[sheet], skip, None):
        if any(cells):
            number += 1
            yield _row(Row(number, cells), header)


class _Head(NamedTuple):
    """Where the header is: rows down to and with it, and its cells."""

    skip: int
    cells: list[str]


def _header(rows: Iterable[list[str]]) -> _Head:
    """Return the row that names most fields."""
    best = _Head(0, [])
    for number, cells in enumerate(rows, 1):
        if count_known_headers(cells) > count_known_headers(best.cells):
            best = _Head(number, cells)
    return best


def _checked(head: _Head, filename: str) -> _Head:
    job_fields = {job_field(cell) for cell in head.cells}
    person_fields = {field_of(cell) for cell in head.cells if cell.strip()}
    if len(_OF_PEOPLE & person_fields) > 1:
        raise UnreadableFile(f"{filename}: this is a file of people, not of jobs (`shortlist import` takes it)")
    if not job_fields & {"title", "description"}:
        raise UnreadableFile(f"{filename}: a file of jobs has a column Position or Description; none was found")
    return head


def _row(row: Row, header: Sequence[str]) -> Numbered:
    """Of two columns of one name the first counts."""
    record: dict[str, str] = {}
    for name, cell in zip(header, row.cells, strict=False):
        record.setdefault(name, cell)
    return row.number, job_facts(record)
