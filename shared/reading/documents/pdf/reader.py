"""PDF files by pdfium: letters with their places, put in the order a person reads them."""

from __future__ import annotations

from typing import Any, Final

from shared.errors import UnreadableFile
from shared.reading.documents.archive import DAMAGED
from shared.reading.documents.limits import Limits
from shared.reading.documents.pdf.furniture import without_furniture
from shared.reading.documents.pdf.layout import lines_of
from shared.reading.documents.pdf.page_words import Page, read_page
from shared.reading.documents.raw_text import RawText

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_FEW: Final = 25  # letters a page; a scan with a typed page number has fewer
_HEADER: Final = 1024


def read_pdf(content: bytes, limits: Limits) -> RawText:
    """Return the visible text of a PDF, page after page, column after column. Pages over the limit are left out."""
    import pypdfium2 as pdfium  # 40 ms

    start = max(0, content.find(b"%PDF-", 0, _HEADER + 8))
    try:
        document = pdfium.PdfDocument(content[start:] if start else content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise UnreadableFile("it is protected by a password; ask for a copy without") from None
        raise UnreadableFile(DAMAGED) from None
    try:
        return _read(document, limits)
    finally:
        document.close()


def _read(document: Any, limits: Limits) -> RawText:
    total = len(document)
    pages: list[Page] = []
    failed = 0
    for number in range(min(total, limits.pages)):
        page = read_page(document, number)
        if page is None:
            failed += 1
            if failed > 3 and not pages:  # a damaged page tree: not worth trying each of its thousands of pages
                break
        else:
            pages.append(page)
    if not pages:
        raise UnreadableFile(DAMAGED)
    return _found(pages, total, failed, limits)


def _found(pages: list[Page], total: int, failed: int, limits: Limits) -> RawText:
    shown = without_furniture([lines_of(page.words, page.width) for page in pages])
    text = "\n\n".join("\n".join(lines) for lines in shown)
    letters = sum(1 for c in text if not c.isspace())
    pictures = sum(page.pictured for page in pages)
    warnings = []
    if total > limits.pages:
        warnings.append(f"pages after {limits.pages} were not read")
    if failed:
        warnings.append(f"{failed} of {total} pages are damaged and were not read")
    scanned = letters < _FEW * len(pages) and pictures > 0
    return RawText(
        "pdf",
        text,
        pages=total,
        needs_ocr=scanned or letters == 0,
        hidden=tuple(words for page in pages for words in page.hidden),
        links=tuple(dict.fromkeys(link for page in pages for link in page.links)),
        warnings=tuple(warnings),
    )
