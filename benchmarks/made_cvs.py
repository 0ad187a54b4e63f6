"""Many different CVs of invented people, in the mix of formats an upload has: for benches that need hundreds."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fixtures" / "gen"))
from synthpeople import person

LOCALES: Final = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "pt_BR")  # what a PDF's own fonts can write
SCANS: Final = 0.01  # share of pictures, where they are wanted
DONE: Final = (
    "Cut the time from request to release by a third by removing two hand-offs.",
    "Mentored three colleagues and ran the weekly review.",
    "Moved a 12-year-old process to a maintained one without an outage.",
    "Wrote the guide that new starters still use.",
)


def made_cvs(count: int, seed: str = "bulk", scans: bool = True) -> Iterator[tuple[str, bytes]]:
    """Yield file name and content of `count` CVs of as many people: PDF, Word, text, and some pictures of pages."""
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        lines = cv_lines(person(seed, number, rng.choice(LOCALES)), rng)
        if scans and number % round(1 / SCANS) == 7:
            yield f"cv-{number}.png", as_picture(as_pdf(lines))
        elif (kind := rng.random()) < 0.6:
            yield f"cv-{number}.pdf", as_pdf(lines)
        elif kind < 0.9:
            yield f"cv-{number}.docx", as_docx(lines)
        else:
            yield f"cv-{number}.txt", "\n".join(text for _, text in lines).encode()


def cv_lines(who: dict[str, Any], rng: random.Random) -> list[tuple[str, str]]:
    """Return a CV's lines: (`name` | `heading` | `text`, words)."""
    contact = (
        f"{who['email']} | {who['phone']} | {who['city']}, {who['country']} | linkedin.com/in/{who['linkedin_slug']}"
    )
    lines = [("name", who["name"]), ("text", contact), ("heading", "Experience")]
    for job in who["experiences"]:
        lines += [
            ("text", f"{job['title']}, {job['company']}"),
            ("text", f"{job['start']} – {job['end'] or 'Present'}"),
        ]
        lines += [("text", f"• {done}") for done in rng.sample(DONE, 3)]
    lines.append(("heading", "Education"))
    for study in who["educations"]:
        lines += [
            ("text", f"{study['degree']}, {study['school']}"),
            ("text", f"{study['start'][3:]} – {study['end'][3:]}"),
        ]
    return [*lines, ("heading", "Skills"), ("text", ", ".join(who["skills"]))]


def as_pdf(lines: list[tuple[str, str]]) -> bytes:
    """Return the lines as a PDF of one column."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    y = A4[1] - 60
    for kind, text in lines:
        if y < 50:
            sheet.showPage()
            y = A4[1] - 60
        size = {"name": 18, "heading": 12}.get(kind, 9)
        sheet.setFont("Helvetica" if kind == "text" else "Helvetica-Bold", size)
        left, _, right = text.partition("\t")
        sheet.drawString(50, y, left)
        sheet.drawRightString(A4[0] - 50, y, right)
        y -= size + 4
    sheet.save()
    return buffer.getvalue()


def as_docx(lines: list[tuple[str, str]]) -> bytes:
    """Return the lines as a Word file."""
    import docx

    document = docx.Document()
    for kind, text in lines:
        if kind == "heading":
            document.add_heading(text, 1)
        else:
            document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_picture(pdf: bytes) -> bytes:
    """Return a PDF's first page as a scanner sees it: a grey picture of 200 dots an inch."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0]
    buffer = io.BytesIO()
    page.render(scale=200 / 72, grayscale=True).to_pil().save(buffer, "PNG")
    return buffer.getvalue()
