"""Pages of a PDF as pictures, for who reads scans."""

from __future__ import annotations

from typing import Final

from shared.errors import UnreadableFile
from shared.reading.documents.archive import DAMAGED

DPI: Final = 250
_PIXELS: Final = 4000  # of the longer side; more only costs time


def rendered(content: bytes, page: int) -> bytes:
    """Return a page, counted from 0, as a grey PGM picture of 250 dots an inch, at most 4,000 dots long."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content[max(0, content.find(b"%PDF-", 0, 1100)) :])
        sheet = document[page]
    except (pdfium.PdfiumError, IndexError):
        raise UnreadableFile(DAMAGED) from None
    bitmap = sheet.render(scale=min(DPI / 72, _PIXELS / max(1.0, *sheet.get_size())), grayscale=True)
    pixels, width, stride = memoryview(bytes(bitmap.buffer)), bitmap.width, bitmap.stride
    rows = [pixels[row * stride : row * stride + width] for row in range(bitmap.height)]
    document.close()
    return b"P5 %d %d 255\n" % (width, bitmap.height) + b"".join(rows)
