"""Scans are read with tesseract where it is installed, and say so in one sentence where it is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shared.errors import UnreadableFile
from shared.reading.documents import Limits
from shared.reading.documents.extract import extract
from shared.reading.documents.ocr import mended, read_scan

CVS = Path(__file__).parents[1] / "fixtures" / "cvs"
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def test_without_tesseract_a_scan_says_so_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (CVS / "photo_en.jpg").read_bytes()
    read = extract(content, "cv.jpg", Limits())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFile) as refused:
        read_scan(content, read, "cv.jpg")
    assert str(refused.value) == "cv.jpg: it is a scan, and tesseract, which reads scans, is not installed"


@needs_tesseract
@pytest.mark.parametrize("name", ["scan_rotated90.pdf", "pdf_no_unicode_map.pdf", "photo_en.jpg"])
def test_a_scan_gives_the_mail_address(name: str) -> None:
    truth = json.loads((CVS / "truth" / f"{name}.json").read_text(encoding="utf-8"))["truth"]
    text = read_scan(CVS / name, extract((CVS / name).read_bytes(), name, Limits()), name)
    assert truth["email"] in text
    assert truth["name"] in text


def test_gaps_in_an_address_are_closed_and_others_stay() -> None:
    assert mended("emily. whitlock.1@example.net") == "emily.whitlock.1@example.net"
    assert mended("anna@example. org") == "anna@example.org"
    assert mended("Seattle. Ask jo@example.org") == "Seattle. Ask jo@example.org"
