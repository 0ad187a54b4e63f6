"""What a CV file says: its visible text, then facts with the words they came from."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from shared.errors import ShortlistError
from shared.models.candidate import Flag, Tokens
from shared.models.collections import TEXTS
from shared.models.document_text import ReadDocument
from shared.models.source import Facts
from shared.ports import Create, Ports, Reply, Stored
from shared.reading.text.coverage import coverage_of
from shared.reading.text.instructions import instruction_in, without_instructions
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument
    from shared.models.documents.people import FactsData

PORTION: Final = 20  # records between two looks at the clock: one may take as long as its limits let it
_AT_ONCE: Final = 4  # files fetched and handed to readers at a time; the readers are as many as processors
_READING: Final = "read-3"  # the version of shared/reading/documents and of what is kept from the model
_MOST_TEXT: Final = 150_000  # characters kept and parsed; a document of Firestore holds 1 MiB
_CLIP: Final = 200  # characters of a flag's detail
_PICTURES: Final = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"", "image/tiff"))


def inputs(data: CvFileDocument) -> Any:
    """Return what the file is: its content's hash."""
    return {"sha256": data["sha256"]}


def recipe(ports: Ports) -> str:
    """Return the versions of reading and of the model."""
    return f"{ports.model.recipe('parse')} {_READING}"


def run(records: Sequence[Stored[CvFileDocument]], ports: Ports) -> list[Outcome[CvFileDocument]]:
    """Read every file in a process of its own, then ask the model about all texts at once."""
    with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(records)))) as threads:
        read = list(threads.map(lambda record: _read(record.data, ports), records))
    texts = [without_instructions(each.text) for each in read if isinstance(each, _Read)]
    replies = iter(ports.model.parse(texts) if texts else ())
    return [
        _outcome(record, each, next(replies)) if isinstance(each, _Read) else each
        for record, each in zip(records, read, strict=True)
    ]


class _Read:
    """A file that was read."""

    def __init__(self, document: ReadDocument, text: str, by: Literal["text", "scan"], tokens: Tokens) -> None:
        self.document, self.text, self.by, self.tokens = document, text[:_MOST_TEXT], by, tokens


def _read(data: CvFileDocument, ports: Ports) -> _Read | Outcome[CvFileDocument]:
    from shared.reading.documents import read_document

    with ports.files.open(data["file"]) as stream:
        content = stream.read()
    try:
        document = read_document(content, data["filename"])
    except ShortlistError as error:
        if error.retryable:
            raise
        return Outcome("failed", reason=str(error))
    if not document.needs_ocr:
        return _Read(document, document.text, "text", Tokens())
    reply = ports.model.read_scan(content, _mime(document, content))
    if reply.value is None:
        reason = f"{data['filename']}: {reply.error or 'no text was found in it'}"
        return Outcome("retryable" if reply.retryable else "failed", reason=reason, tokens=reply.tokens)
    return _Read(document, reply.value, "scan", reply.tokens)


def _mime(document: ReadDocument, content: bytes) -> str:
    if document.kind == "pdf":
        return "application/pdf"
    return next(mime for start, mime in _PICTURES if content.startswith(start))


def _outcome(record: Stored[CvFileDocument], read: _Read, reply: Reply[Facts]) -> Outcome[CvFileDocument]:
    tokens = Tokens(input=read.tokens.input + reply.tokens.input, output=read.tokens.output + reply.tokens.output)
    if reply.value is None:
        reason = reply.error or f"{record.data['filename']}: nothing about a person was found in it"
        return Outcome("retryable" if reply.retryable else "failed", reason=reason, tokens=tokens)
    facts = reply.value.model_copy(update={"flags": _flags(reply.value, read)})
    coverage = coverage_of(read.text, facts)
    fields: CvFileDocument = {
        "kind": read.document.kind,
        "pages": read.document.pages,
        "read_by": read.by,
        "warnings": [*read.document.warnings, *_partly_read(facts)],
        "lines": coverage.lines,
        "lines_used": coverage.used,
        "facts": cast("FactsData", facts.model_dump(mode="json", exclude_defaults=True)),
    }
    text = Create(TEXTS, record.id, {"id": record.id, "pool": record.data["pool"], "text": read.text})
    return Outcome("done", fields, (text,), tokens=tokens)


def _partly_read(facts: Facts) -> list[str]:
    return [flag.detail for flag in facts.flags if flag.kind == "partly_read"]


def _flags(facts: Facts, read: _Read) -> tuple[Flag, ...]:
    """What people should look at; of a scan the words are known only now."""
    orders = instruction_in(read.text) if read.by == "scan" else ""
    of_scan = (Flag(kind="instruction_text", detail=orders[:_CLIP]),) if orders else ()
    return tuple(dict.fromkeys((*read.document.flags, *of_scan, *facts.flags)))
