"""What a file is, by its content: people rename files, and mail programs do, too."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from shared.errors import UnreadableFile
from shared.models.document_text import DocumentKind

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_REFUSED: Final = (
    (b"Rar!", "it is a RAR archive; send the CV itself"),
    (b"7z\xbc\xaf", "it is a 7z archive; send the CV itself"),
    (b"\x1f\x8b", "it is a gzip archive; send the CV itself"),
    (b"SQLite format 3", "it is a database, not a CV"),
    (b"%!PS", "it is PostScript; save it as PDF"),
    (b"\x7fELF", "it is a program, not a CV"),
    (b"MZ\x90", "it is a program, not a CV"),
)
_BRANDS: Final = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"heim": "HEIC", b"avif": "AVIF"}
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_WORD_XML: Final = "it is a Word 2003 XML file; save it as .docx"


def kind_of(content: bytes) -> DocumentKind:
    """Return what the bytes are. Raises UnreadableFile (without the file's name) for what no CV is."""
    start = content[:4096]
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"):
        raise UnreadableFile("the file is empty")
    if b"%PDF-" in start[:1100]:  # readers accept up to 1 KB of junk before the header
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if start.startswith(_OLE):
        return _ole(content)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(_PICTURES):
        return "image"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image"
    if start[4:8] == b"ftyp" and start[8:12] in _BRANDS:
        raise UnreadableFile(f"it is a {_BRANDS[start[8:12]]} picture; save it as JPG or PDF")
    for magic, reason in _REFUSED:
        if start.startswith(magic):
            raise UnreadableFile(reason)
    return _text(content)


def _zipped(content: bytes) -> DocumentKind:
    if b"word/document.xml" in content:  # the names stand unpacked in the archive's index
        return "docx"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise UnreadableFile("the file is damaged; ask for it again") from None
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"  # its main part has another name; the reader follows the relations
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise UnreadableFile("it is a spreadsheet or a presentation; save the CV as PDF or .docx")
    raise UnreadableFile("it is an archive without a document in it; send the CV itself")


def _ole(content: bytes) -> DocumentKind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile("it is protected by a password; ask for a copy without")
    if "WordDocument".encode("utf-16-le") in content:
        return "doc"
    if "__substg1.0_".encode("utf-16-le") in content:
        raise UnreadableFile("it is an Outlook message; save the attached CV and send that")
    raise UnreadableFile("it is an old Office file, but no Word document; save the CV as PDF or .docx")


def _text(content: bytes) -> DocumentKind:
    sample = content[:65536]
    if sample[:2] not in (b"\xff\xfe", b"\xfe\xff") and not _wide(sample):
        controls = len(sample) - len(
            sample.translate(None, bytes(c for c in range(32) if c not in (9, 10, 12, 13, 27)))
        )
        if controls > 8 + len(sample) // 30:
            raise UnreadableFile("it is neither a document, nor a picture, nor text")
    if b"schemas.microsoft.com/office/word/2003/wordml" in sample:
        raise UnreadableFile(_WORD_XML)
    if _HTML.search(sample[:4096]):
        return "html"
    return "txt"


def _wide(sample: bytes) -> bool:
    """Whether every other byte is mostly NUL: UTF-16 without its mark."""
    half = max(1, len(sample) // 2)
    if len(sample) < 8:
        return False
    return max(sample[::2].count(0), sample[1::2].count(0)) > 0.4 * half
