"""Any file into a `ReadDocument`, in this process: read_document does the same in one that may die."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.errors import UnreadableFile
from shared.models.candidate import Flag
from shared.models.document_text import DocumentKind, ReadDocument
from shared.reading.documents.cleaning import cleaned, is_noise, smuggled
from shared.reading.documents.contact_links import with_contact_links
from shared.reading.documents.kinds import kind_of
from shared.reading.documents.limits import Limits
from shared.reading.documents.mail import is_mail, read_mail
from shared.reading.documents.raw_text import RawText
from shared.reading.text.instructions import instruction_in

_CLIP: Final = 200  # characters of a flag's detail
_MEGABYTE: Final = 1 << 20
Reader = Callable[[bytes, Limits], RawText]


def extract(content: bytes, filename: str, limits: Limits) -> ReadDocument:
    """Read a file here and now. Raises UnreadableFile; what a reader stumbles over comes as it is."""
    try:
        if len(content) > limits.unpacked_mb * _MEGABYTE:
            raise UnreadableFile(f"it is larger than {limits.unpacked_mb} MB")
        if is_mail(content):
            return finished(read_mail(content, limits, _read_any))
        return finished(_read_any(content, limits))
    except UnreadableFile as error:
        raise UnreadableFile(f"{filename}: {error}") from None


def _read_any(content: bytes, limits: Limits) -> RawText:
    return READERS[kind_of(content)](content, limits)


def finished(found: RawText) -> ReadDocument:
    """Clean what a reader found and flag what a person should look at. Raises UnreadableFile when there is nothing."""
    text = cleaned(found.text)
    needs_ocr = found.needs_ocr or is_noise(found.text)
    hidden = cleaned(" ".join([*found.hidden, smuggled(found.text)]).replace("\n", " ").replace("\t", " "))
    if needs_ocr:
        text = ""
    elif not any(map(str.isalpha, text)):
        raise UnreadableFile("there is no text in it")
    metadata = dict(found.metadata)
    if found.links:
        text = with_contact_links(text, found.links)
        metadata["links"] = "\n".join(dict.fromkeys(cleaned(link) for link in found.links))
    return ReadDocument(
        kind=found.kind,
        text=text,
        pages=found.pages,
        needs_ocr=needs_ocr,
        flags=tuple(_flags(text, hidden)),
        metadata=metadata,
        warnings=found.warnings,
    )


def _flags(text: str, hidden: str) -> list[Flag]:
    flags = [Flag(kind="hidden_text", detail=hidden[:_CLIP])] if hidden.strip() else []
    if words := instruction_in(text):
        flags.append(Flag(kind="instruction_text", detail=words[:_CLIP]))
    return flags


def _pdf(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.pdf.reader import read_pdf

    return read_pdf(content, limits)


def _docx(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.word.docx import read_docx

    return read_docx(content, limits)


def _doc(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.word.word97 import read_doc

    return read_doc(content)


def _rtf(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.rtf import read_rtf

    return read_rtf(content)


def _odt(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.odt import read_odt

    return read_odt(content, limits)


def _html(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.html_text import read_html

    return read_html(content)


def _plain(content: bytes, limits: Limits) -> RawText:
    from shared.reading.documents.plain import read_plain

    return read_plain(content)


def _image(content: bytes, limits: Limits) -> RawText:
    return RawText("image", "", needs_ocr=True)


READERS: Final[dict[DocumentKind, Reader]] = {
    "pdf": _pdf,
    "docx": _docx,
    "doc": _doc,
    "rtf": _rtf,
    "odt": _odt,
    "html": _html,
    "txt": _plain,
    "image": _image,
}
