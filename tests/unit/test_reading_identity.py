"""Comparable forms: two spellings of one person meet, two people do not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.reading.exports.open import Row, open_export
from shared.reading.exports.rows import is_disqualified, name_of, read_row
from shared.reading.text.addresses import email_key, linkedin_key
from shared.reading.text.identity import employer_key, name_key

ATS = Path(__file__).parents[1] / "fixtures" / "ats"


@pytest.mark.parametrize("expected", sorted(ATS.rglob("*.expected.json")), ids=lambda path: path.name)
def test_the_keys_of_every_sound_file_are_as_many_as_expected(expected: Path) -> None:
    counts = json.loads(expected.read_text())
    with expected.with_name(expected.name.removesuffix(".expected.json")).open("rb") as stream:
        export = open_export(stream, expected.name)
        rows = [row.cells for row in export.records() if isinstance(row, Row)]
    columns = export.columns
    live = [cells for cells in rows if not is_disqualified(columns, cells) and name_of(columns, cells)]
    people = [read_row(columns, cells)["person"] for cells in live]
    emails = [key for person in people for email in person.get("emails", ()) if (key := email_key(email))]
    names = [key for person in people if (key := linkedin_key(person.get("links", {}).get("linkedin", "")))]
    assert len(live) == counts["live_records"]
    assert sum(is_disqualified(columns, cells) for cells in rows) == counts["disqualified_records"]
    assert (len(emails), len(names)) == (
        counts["live_records_with_email_key"], counts["live_records_with_linkedin_key"]
    )  # fmt: skip
    assert len(set(emails)) == counts["distinct_email_keys_live"]
    assert len(set(names)) == counts["distinct_linkedin_keys_live"]


def test_a_mail_address_is_one_key_however_it_is_written() -> None:
    for text in (
        "Ann@Example.COM",
        " ann@example.com ",
        "ann@example.com\u00a0",
        "\u200bann@example.com",
        "<ann@example.com>",
    ):
        assert email_key(text) == "ann@example.com"
    assert email_key("ann+jobs@example.com") == "ann+jobs@example.com"


@pytest.mark.parametrize("text", ["", "-", "none", "N/A", "n/a", "not given", "@", "ann@"])
def test_placeholders_are_no_mail_key(text: str) -> None:
    assert email_key(text) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/Zo%C3%AB-gro%C3%9F",
        "linkedin.com/in/zoë-groß/",
        "HTTP://BR.LinkedIn.com/in/ZOË-groß?trk=x",
        "https://de.linkedin.com//in/zoë-groß/en#experience",
        "https://www.linkedin.com/mwlite/in/zoe\u0308-groß",
        "Linkedin: m.linkedin.com/in/zoë-groß | Github: x",
    ],
)
def test_a_profile_is_one_key_however_its_address_is_written(url: str) -> None:
    assert linkedin_key(url) == "zoë-groß"


@pytest.mark.parametrize(
    "url",
    ["https://www.linkedin.com/company/acme", "https://www.linkedin.com/in/", "https://lnkd.in/abc", "", "in/ann",
     "https://notlinkedin.com/in/ann", "https://www.linkedin.com/pub/ann/1/2/3"],
)  # fmt: skip
def test_what_names_no_profile_is_no_key(url: str) -> None:
    assert linkedin_key(url) is None


def test_a_name_is_one_key_in_any_order_with_titles_and_accents() -> None:
    for name in ("Íñigo Rey", "Rey, Iñigo", "Dr. INIGO  REY, PhD", "Iñigo Rey (he/him)", "Inigo Rey <b>"):
        assert name_key(name) == "inigo rey"
    assert name_key("") is name_key("🚀") is None


def test_an_employer_is_one_key_whatever_its_legal_form() -> None:
    for company in (
        "Vantrel",
        "VANTREL AG",
        "Vantrel Sp. z o.o.",
        "Vantrel S.A.",
        "Vantrel GmbH & Co. KG",
        "The Vantrel Ltd.",
    ):
        assert employer_key(company) == "vantrel"
    assert employer_key("Sable & Finch Bank") != employer_key("Sable & Finch")


@given(st.text(max_size=60))
def test_no_text_breaks_the_keys(text: str) -> None:
    email_key(text), linkedin_key(f"linkedin.com/in/{text}"), employer_key(text)
    assert (name_key(text) is None) == (name_key(text + " ") is None)
