"""CV files against the usual libraries, in one process: PDF pages against pypdf, Word files against python-docx.

The child process that read_document starts is left out: it is warm, and costs a file less than a millisecond.
"""

from __future__ import annotations

import io
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, run_alone
from shared.reading.documents.limits import Limits
from shared.reading.documents.pdf.reader import read_pdf
from shared.reading.documents.word.docx import read_docx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fixtures" / "gen"))
from hard_pdfs import hard_pdf

LIMITS: Final = Limits()
SECONDS: Final = 2.0  # of CPU for each reader
PAGES: Final = 2  # of each PDF


def figures(count: int = 40) -> list[Figure]:
    """Measure `count` PDFs and as many Word files."""
    made = [hard_pdf(seed, PAGES) for seed in range(count)]
    return [*pdf_figures(made), *docx_figures(count)]


def pdf_figures(made: Sequence[tuple[bytes, list[list[str]]]]) -> list[Figure]:
    """Speed, word recall and reading order on two-column pages."""
    ours = per_second([content for content, _ in made], lambda content: read_pdf(content, LIMITS).text)
    theirs = per_second([content for content, _ in made], by_pypdf)
    recall, order = quality(made, lambda content: read_pdf(content, LIMITS).text)
    their_recall, their_order = quality(made, by_pypdf)
    note = f"pypdf: recall {their_recall:.3f}, order {their_order:.3f}"
    return [
        Figure("two-column PDF, pages a second of CPU", ours * PAGES, "/s", theirs * PAGES, 3.0),
        Figure("two-column PDF, words found", recall, target=0.99, note=note),
        Figure("two-column PDF, next word is the next", order, target=0.95),
    ]


def docx_figures(count: int) -> list[Figure]:
    """Speed and word recall on Word files whose history is a table."""
    made = [table_docx(seed) for seed in range(count)]
    files = [content for content, _ in made]
    ours = per_second(files, lambda content: read_docx(content, LIMITS).text)
    theirs = per_second(files, by_python_docx)
    recall, _ = quality(made, lambda content: read_docx(content, LIMITS).text)
    return [
        Figure("Word file with a table, a second of CPU", ours, "/s", theirs, 15.0),
        Figure("Word file with a table, words found", recall, target=0.99),
    ]


def per_second(files: Sequence[bytes], read: Callable[[bytes], str]) -> float:
    """Files read a second of CPU: the best of some rounds, because a busy machine only ever slows down."""
    read(files[0])
    best, spent = float("inf"), 0.0
    while spent < SECONDS:
        start = time.process_time()
        for content in files:
            read(content)
        took = time.process_time() - start
        best, spent = min(best, took), spent + took
    return len(files) / best


def quality(made: Sequence[tuple[bytes, list[list[str]]]], read: Callable[[bytes], str]) -> tuple[float, float]:
    """Return the share of words found, and the share of neighbours that are still neighbours."""
    words = found = pairs = kept = 0
    for content, pages in made:
        truth = [word for page in pages for line in page for word in line.split()]
        seen = read(content).split()
        words += len(truth)
        found += (Counter(truth) & Counter(seen)).total()
        pairs += len(truth) - 1
        kept += (Counter(pairwise(truth)) & Counter(pairwise(seen))).total()
    return found / words, kept / pairs


def by_pypdf(content: bytes) -> str:
    """What a programme with pypdf does."""
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def by_python_docx(content: bytes) -> str:
    """What a careful programme with python-docx does: paragraphs and tables in order, headers."""
    import docx
    from docx.table import Table

    document = docx.Document(io.BytesIO(content))
    found = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            found.append(block.text)
    return "\n".join(found)


def table_docx(seed: int) -> tuple[bytes, list[list[str]]]:
    """Return a Word file with a table of positions, and its lines."""
    import random

    import docx
    from hard_pdfs import WORDS

    rng = random.Random(seed)
    document = docx.Document()
    lines = []
    for heading in ("Profile", "Experience", "Education"):
        document.add_heading(heading, 1)
        table = document.add_table(0, 2)
        lines.append(heading)
        for _ in range(4):
            cells = table.add_row().cells
            cells[0].text = f"{rng.randint(1990, 2010)} - {rng.randint(2011, 2026)}"
            cells[1].text = " ".join(rng.choices(WORDS, k=12))
            lines += [cells[0].text, cells[1].text]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), [lines]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--files", 40))
