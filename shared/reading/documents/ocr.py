"""Scans and pictures into text with tesseract, where it is installed."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.errors import UnreadableFile
from shared.models.document_text import ReadDocument
from shared.reading.documents.cleaning import cleaned
from shared.reading.documents.limits import Limits
from shared.reading.documents.pictures import DPI
from shared.reading.documents.workers import pool

MISSING: Final = "it is a scan, and tesseract, which reads scans, is not installed"
_NOTHING: Final = "it is a scan, and no text could be recognised in it"
_PAGES: Final = 20  # a scan of more is no CV
_SECONDS: Final = 120  # for one page on a busy machine
_LEAST_TEXT: Final = 15  # letters; less is dirt
_GAPS: Final = re.compile(r"(?<![\w.+-])[\w.+-]+(?<=[._-]) [\w.+-]+@|@[\w-]+(?: \.|\. )(?=[a-z])[\w.-]+")
_SCRIPTS: Final = {  # what --psm 0 calls a script, and the languages that are written in it
    "Cyrillic": ("rus", "ukr", "bul", "srp", "bel"),
    "Greek": ("ell",),
    "Arabic": ("ara", "fas", "urd"),
    "Hebrew": ("heb",),
    "Han": ("chi_sim", "chi_tra", "jpn"),
    "HanS": ("chi_sim",),
    "HanT": ("chi_tra",),
    "Japanese": ("jpn",),
    "Hangul": ("kor",),
    "Korean": ("kor",),
    "Devanagari": ("hin", "mar", "nep"),
    "Thai": ("tha",),
}
_LATIN: Final = ("deu", "fra", "spa", "por", "ita", "pol", "tur", "nld", "vie", "swe", "ces", "ron")


def read_scan(source: Path | bytes, document: ReadDocument, filename: str = "the file") -> str:
    """Return the text of a scan or picture. Raises UnreadableFile when tesseract is missing or finds nothing."""
    program = shutil.which("tesseract")
    if program is None:
        raise UnreadableFile(f"{filename}: {MISSING}")
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        pictures = _pictures(source, document, Path(folder), filename)
        text = mended(cleaned("\n\n".join(_read(program, picture) for picture in pictures)))
    if sum(map(str.isalpha, text)) < _LEAST_TEXT:
        raise UnreadableFile(f"{filename}: {_NOTHING}")
    return text


def mended(text: str) -> str:
    """Close the gaps tesseract sees after a dot in an address: `emily. whitlock@example.net`."""
    return _GAPS.sub(lambda match: match[0].replace(" ", ""), text)


def _pictures(source: Path | bytes, document: ReadDocument, folder: Path, filename: str) -> Iterator[Path]:
    """Yield a file for each page to be recognised. Pages are drawn where a hostile PDF can do no harm."""
    for number in range(min(document.pages, _PAGES)):
        picture = folder / f"{number}.picture"
        if document.kind == "image":
            picture.write_bytes(source.read_bytes() if isinstance(source, Path) else source)
        else:
            picture.write_bytes(pool().picture(source, filename, number, Limits()))
        yield picture


def _read(program: str, picture: Path) -> str:
    """Recognise one page: its script first, then its words. --psm 1 finds out which way is up, and columns."""
    languages = _languages(program, _script(program, picture))
    done = _run(program, str(picture), "-", "-l", "+".join(languages), "--psm", "1", "--dpi", str(DPI))
    return done or ""


def _script(program: str, picture: Path) -> str:
    seen = _run(program, str(picture), "-", "--psm", "0", "--dpi", str(DPI)) or ""
    return next((line.partition(":")[2].strip() for line in seen.splitlines() if line.startswith("Script:")), "Latin")


def _languages(program: str, script: str) -> list[str]:
    """Return the installed languages to try, the likeliest first; English everywhere, for addresses and job titles."""
    installed = _installed(program)
    wanted = _SCRIPTS.get(script, _LATIN)
    found = [language for language in wanted if language in installed]
    english = ["eng"] if "eng" in installed else []
    both = [*found, *english] if script in _SCRIPTS else [*english, *found[:3]]
    return both or sorted(installed - {"osd"})[:1] or ["eng"]


@functools.cache
def _installed(program: str) -> frozenset[str]:
    return frozenset((_run(program, "--list-langs") or "").split("\n")[1:])


def _run(program: str, *arguments: str) -> str | None:
    """Run tesseract with one thread; None when it fails, which for one page of many is no reason to give up."""
    command = ["env", "OMP_THREAD_LIMIT=1", "nice", program, *arguments]
    try:
        with pool().turn:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace")
    return None
