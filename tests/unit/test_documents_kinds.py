"""What is written outside the running text, set oddly or packed into something is read as a person sees it."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from shared.errors import UnreadableFile
from shared.reading.documents import Limits
from shared.reading.documents.cleaning import cleaned
from shared.reading.documents.extract import extract

LIMITS = Limits()


def text_of(content: bytes, name: str = "cv.pdf") -> str:
    return extract(content, name, LIMITS).text


def pdf(draw: Any, pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for number in range(pages):
        draw(sheet, number)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


@pytest.mark.parametrize("gap", [1.2, 1.8, 3.0])
@pytest.mark.parametrize("spread", [0.0, 0.8])
def test_blanks_come_from_the_gaps_between_letters_where_the_file_has_none(gap: float, spread: float) -> None:
    lines = ["Harbour Pilot, Fjordlinjen Ferries", "Guided ships through the western narrows", "Languages and radio"]

    def draw(sheet: Any, number: int) -> None:
        sheet.setFont("Courier", 10)
        for row, line in enumerate(lines):
            left = 50.0
            for char in line:
                if char != " ":
                    sheet.drawString(left, 780 - 18 * row, char)
                left += gap + spread if char == " " else 6.0 + spread

    assert text_of(pdf(draw)).split("\n") == lines


def test_letters_set_apart_are_words() -> None:
    def draw(sheet: Any, number: int) -> None:
        sheet.setFont("Helvetica", 12)
        sheet.drawString(50, 780, "S K I L L S")
        sheet.drawString(50, 750, "W O R K    H I S T O R Y")
        sheet.drawString(50, 720, "Vitamin C and plan B are words of one letter")

    assert text_of(pdf(draw)).split() == [
        "SKILLS", "WORK", "HISTORY", *"Vitamin C and plan B are words of one letter".split()
    ]  # fmt: skip


def test_dates_beside_the_middle_of_a_block_go_to_its_first_line() -> None:
    first = ("03.2018 - heute", ["Einkäuferin", "Torfmoor KG", "Verhandlungen"])
    blocks = [first, ("09.2012 - 02.2018", ["Köchin", "Heide AG", "Küche"])]

    def draw(sheet: Any, number: int) -> None:
        sheet.setFont("Helvetica", 10)
        y = 760.0
        for dates, lines in blocks:
            sheet.drawString(50, y - 16, dates)
            for line in lines:
                sheet.drawString(180, y, line)
                y -= 11
            y -= 6

    assert text_of(pdf(draw)).replace("\n\n", "\n").split("\n") == [
        "03.2018 - heute\tEinkäuferin", "Torfmoor KG", "Verhandlungen",
        "09.2012 - 02.2018\tKöchin", "Heide AG", "Küche",
    ]  # fmt: skip


def test_what_was_filled_into_a_form_stands_beside_its_label() -> None:
    def draw(sheet: Any, number: int) -> None:
        for row, (label, value) in enumerate([("Full name:", "Runa Halvorsen"), ("E-mail:", "runa@example.org")]):
            sheet.drawString(50, 780 - 40 * row, label)
            sheet.acroForm.textfield(name=label, value=value, x=200, y=772 - 40 * row, width=250, height=24)

    text = text_of(pdf(draw))
    assert "Full name:\tRuna Halvorsen" in text and "E-mail:\truna@example.org" in text


def test_links_carry_the_contact_that_the_text_does_not_show() -> None:
    def draw(sheet: Any, number: int) -> None:
        sheet.drawString(50, 780, "Runa Halvorsen")
        sheet.drawString(50, 760, "E-mail - Phone - LinkedIn")
        targets = ["mailto:runa@example.org?subject=Hi", "tel:+4740000142", "https://www.linkedin.com/in/runa-h-7"]
        for row, target in enumerate(targets):
            sheet.linkURL(target, (50 + 60 * row, 755, 100 + 60 * row, 770))

    lines = text_of(pdf(draw)).split("\n")
    assert lines[-3:] == ["runa@example.org", "+4740000142", "https://www.linkedin.com/in/runa-h-7"]


def test_a_link_adds_nothing_that_the_text_says() -> None:
    def draw(sheet: Any, number: int) -> None:
        sheet.drawString(50, 780, "Runa Halvorsen, runa@example.org, +47 400 00 142")
        sheet.linkURL("mailto:other@example.com", (50, 770, 300, 790))

    assert "other@example.com" not in text_of(pdf(draw))


def test_what_every_page_repeats_is_no_content() -> None:
    def draw(sheet: Any, number: int) -> None:
        sheet.drawString(50, 800, "Runa Halvorsen")
        for row in range(5):
            sheet.drawString(50, 700 - 20 * row, f"Line {row} of part {number}, unlike others {'x' * number}")
        sheet.drawString(50, 30, f"Polar Recruitment Ltd | cvs@polar.example | {number + 1}")

    text = text_of(pdf(draw, 3))
    assert text.count("Runa Halvorsen") == 1
    assert text.count("cvs@polar.example") == 1
    assert text.strip().split("\n")[-1].startswith("Polar Recruitment Ltd")


def test_the_same_bullet_at_the_end_of_two_pages_stays() -> None:
    def draw(sheet: Any, number: int) -> None:
        sheet.drawString(50, 700, f"Job {'abc'[number]}")
        sheet.drawString(50, 680, "- Ran the night shift")

    assert text_of(pdf(draw, 2)).count("Ran the night shift") == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2019\u00ad2021", "2019-2021"),
        ("Mar 2019 \u00ad present", "Mar 2019 - present"),
        ("co\u00adoperation", "cooperation"),
        ("2019 \u2012 2021", "2019 – 2021"),
        ("\uf095 +47 400 00 142 \uf0e0 runa@example.org", "+47 400 00 142 | runa@example.org"),
        ("\ue801 Experience", "Experience"),
    ],
)
def test_marks_of_programs_are_what_a_person_sees(written: str, shown: str) -> None:
    assert cleaned(written) == shown


def test_a_placeholder_of_a_template_is_no_content() -> None:
    document = docx.Document()
    document.add_paragraph("Runa Halvorsen, Harbour Pilot")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = "<w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent>"
    empty = f"<w:sdt {space}><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{run.format('[Enter employer]')}</w:sdt>"
    filled = f"<w:sdt {space}><w:sdtPr/>{run.format('Fjordlinjen AS')}</w:sdt>"
    for field in (empty, filled):
        document.element.body.insert(0, parse_xml(field))
    buffer = io.BytesIO()
    document.save(buffer)
    text = text_of(buffer.getvalue(), "cv.docx")
    assert "Fjordlinjen AS" in text and "Enter employer" not in text


def test_markdown_is_read_without_its_marks() -> None:
    source = (
        "# Runa Halvorsen\n\n**runa@example.org** | [site](https://runa.example)\n\n## Work\n\n### Pilot, Fjordlinjen\n"
    )
    assert text_of(source.encode(), "cv.md").split("\n") == [
        "Runa Halvorsen", "", "runa@example.org | site", "", "Work", "", "Pilot, Fjordlinjen"
    ]  # fmt: skip


def mail(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Runa <runa@example.org>", "jobs@ourfirm.example"
    message["Subject"], message["Message-ID"] = "Application", "<1@example.org>"
    message.set_content("Dear team,\nplease find my CV attached.\n")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


CV = b"{\\rtf1 Runa Halvorsen\\par Harbour Pilot, Fjordlinjen AS}"


def test_the_attachment_of_a_mail_is_the_cv_and_its_headers_are_nobodys() -> None:
    text = text_of(mail(("cv.rtf", CV)), "mail.eml")
    assert text == "Runa Halvorsen\nHarbour Pilot, Fjordlinjen AS"


def test_a_mail_without_attachments_is_its_message() -> None:
    assert text_of(mail(), "mail.eml") == "Dear team,\nplease find my CV attached."


def test_an_attachment_that_cannot_be_read_is_said() -> None:
    with pytest.raises(UnreadableFile, match="an attachment was not read: the file is damaged"):
        text_of(mail(("cv.docx", b"PK\x03\x04 broken")), "mail.eml")
    read = extract(mail(("cv.rtf", CV), ("x.docx", b"PK\x03\x04 broken")), "mail.eml", LIMITS)
    assert read.warnings and "Runa" in read.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "it is a HEIC picture; save it as JPG or PDF"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "it is a AVIF picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "it is an Outlook message"),
    ],
)
def test_the_reason_names_the_format(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        extract(content, "photo", LIMITS)
