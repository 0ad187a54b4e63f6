"""A mail as a file: its attachments are what was sent; the message itself is read only where nothing is attached."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Final

from shared.errors import UnreadableFile
from shared.reading.documents.limits import Limits
from shared.reading.documents.raw_text import RawText

_HEADER: Final = re.compile(rb"^([A-Za-z][A-Za-z-]{1,40}):[ \t]?", re.M)
_OF_MAILS: Final = {b"from", b"to", b"subject", b"date", b"mime-version", b"message-id", b"received", b"content-type"}
_SURE: Final = {b"mime-version", b"message-id", b"received"}
_START: Final = 4096  # bytes in which the headers of a mail begin
_MOST_ATTACHED: Final = 20
_DOCUMENTS: Final = ("application/", "text/rtf", "text/html", "image/", "message/")


def is_mail(content: bytes) -> bool:
    """Whether a text begins with the headers of a mail."""
    start = content[:_START].lstrip()
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if not _HEADER.match(headers):
        return False
    names = {name.lower() for name in _HEADER.findall(headers)}
    if len(names & _OF_MAILS) <= 2:
        return False
    return bool(names & _SURE)


def read_mail(content: bytes, limits: Limits, read: Callable[[bytes, Limits], RawText]) -> RawText:
    """Return the text of a mail's attached documents, one after the other, or of the message where there is none.

    What its headers say is nobody's. `read` reads one attachment. Raises UnreadableFile when none can be read.
    """
    message = email.message_from_bytes(content, policy=default)
    texts: list[RawText] = []
    problems: list[str] = []
    for attachment in _attached(message):
        try:
            texts.append(_read(attachment, limits, read))
        except UnreadableFile as error:
            problems.append(f"an attachment was not read: {error}")
    if texts:
        return _joined(texts, problems)
    if problems:
        raise UnreadableFile(problems[0])
    return RawText("txt", _body(message))


def _attached(message: EmailMessage) -> list[bytes]:
    attached: list[bytes] = []
    for part in message.iter_attachments():
        kind = part.get_content_type()
        if not kind.startswith(_DOCUMENTS):
            continue
        if part.get_content_disposition() == "inline":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            attached.append(content)
    return attached[:_MOST_ATTACHED]


def _read(attachment: bytes, limits: Limits, read: Callable[[bytes, Limits], RawText]) -> RawText:
    if is_mail(attachment):
        raise UnreadableFile("it is a mail in a mail; send it by itself")
    text = read(attachment, limits)
    if text.needs_ocr:
        raise UnreadableFile("it is a scan or a picture; send it by itself")
    return text


def _joined(texts: list[RawText], problems: list[str]) -> RawText:
    hidden: list[str] = []
    links: list[str] = []
    warnings = list(problems)
    for text in texts:
        hidden += text.hidden
        links += text.links
        warnings += text.warnings
    return RawText(
        texts[0].kind,
        "\n\n".join(text.text for text in texts),
        pages=sum(text.pages for text in texts),
        hidden=tuple(hidden),
        links=tuple(links),
        warnings=tuple(warnings),
    )


def _body(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        raise UnreadableFile("the mail has neither text nor a document attached")
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError, KeyError):
        raise UnreadableFile("the mail's text cannot be decoded; send the CV itself") from None
