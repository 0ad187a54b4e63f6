"""An address in a document is the person's only where it stands as theirs."""

from __future__ import annotations

import pytest

from shared.reading.cv.parsing import parse_cv

TODAY = "2026-12"
CV = """Runa Halvorsen
runa.halvorsen@example.org
+47 400 00 142

Experience
Ferry Mate, Fjordlinjen AS
April 2017 – Present
Stood watches on two routes.

Skills
Navigation, First aid
"""


def reached(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    person = parse_cv(text, TODAY).person
    return person.name, person.emails, person.phones


OWN = ("Runa Halvorsen", ("runa.halvorsen@example.org",), ("+47 400 00 142",))


@pytest.mark.parametrize("heading", ["References", "REFEREES", "Referenzen", "Références", "Referencias", "推荐人"])
def test_what_stands_below_references_is_the_referees(heading: str) -> None:
    text = f"{CV}\n{heading}\nCaptain Olav Brekke, Fjordlinjen AS\nolav.brekke@example.com\n+47 400 00 777\n"
    assert reached(text) == OWN


def test_a_referee_between_two_sections_owns_what_stands_there() -> None:
    text = CV.replace("\nSkills", "\nReferences\nOlav Brekke\nolav.brekke@example.com\n\nSkills")
    assert reached(text) == OWN


LETTERS = {
    "en": ("Ms Ines Falk", "Dear Ms Falk,", "Yours sincerely,"),
    "de": ("Frau Ines Falk", "Sehr geehrte Frau Falk,", "Mit freundlichen Grüßen"),
    "fr": ("Madame Inès Falk", "Madame,", "Cordialement,"),
    "es": ("Sra. Inés Falk", "Estimada Sra. Falk:", "Atentamente,"),
    "nl": ("Mevrouw Ines Falk", "Geachte mevrouw Falk,", "Met vriendelijke groet,"),
}


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("gap", ["\n", ""])
def test_the_addressee_of_a_letter_owns_nothing_of_the_sender(language: str, gap: str) -> None:
    addressee, salutation, closing = LETTERS[language]
    head = f"Runa Halvorsen\nruna.halvorsen@example.org\n+47 400 00 142\n{gap}"
    letter = f"{addressee}\nNordlys Shipping plc\njobs@nordlys.example\n\n{salutation}\n\nI apply for the post.\n\n"
    assert reached(f"{head}{letter}{closing}\nRuna Halvorsen\n") == OWN


def test_a_letter_before_a_cv_gives_neither_name_nor_headline() -> None:
    letter = (
        "Runa Halvorsen\nruna.halvorsen@example.org\n\nMr Ivar Lund\nHead of Crewing\nNordlys Shipping plc\n"
        "ivar.lund@nordlys.example\n\nDear Mr Lund,\n\nI apply for the post.\n\nYours sincerely,\nRuna Halvorsen\n\n"
    )
    facts = parse_cv(letter + CV, TODAY)
    assert (facts.person.name, facts.person.emails) == OWN[:2]
    assert facts.profile.headline is None
    assert [job.company for job in facts.profile.experiences] == ["Fjordlinjen AS"]


def test_an_addressee_above_the_senders_own_block_owns_nothing() -> None:
    text = (
        "To: Nordlys Shipping plc\ncrewing@nordlys.example\n\nRuna Halvorsen\nruna.halvorsen@example.org\n\n"
        "Dear Sir or Madam,\nI apply.\nKind regards,\nRuna Halvorsen\n"
    )
    assert reached(text)[:2] == OWN[:2]


def test_the_footer_of_an_agency_is_nobodys_and_no_skill() -> None:
    body = CV.replace("runa.halvorsen@example.org\n+47 400 00 142\n", "Candidate 4711\n")
    text = f"{body}Polar Recruitment Ltd | cvs@polar-recruitment.example | +44 20 7946 0777\n"
    facts = parse_cv(text, TODAY)
    assert (facts.person.emails, facts.person.phones) == ((), ())
    assert [skill.name for skill in facts.profile.skills] == ["Navigation", "CPR"]


def test_a_letterhead_above_the_name_is_nobodys() -> None:
    head = "Polar Recruitment Ltd\ncvs@polar-recruitment.example\n+44 20 7946 0777\n\n"
    assert reached(head + CV) == OWN


def test_an_address_at_the_end_is_the_persons_where_it_says_their_name() -> None:
    body = CV.replace("runa.halvorsen@example.org\n+47 400 00 142\n", "Oslo\n")
    assert reached(f"{body}\nhalvorsen.runa@example.com\n")[1] == ("halvorsen.runa@example.com",)


def test_the_address_of_a_superior_within_a_position_is_not_the_persons() -> None:
    text = CV.replace("Stood watches", "Superior: Olav Brekke, olav.brekke@example.com\nStood watches")
    assert reached(text) == OWN


def test_a_national_number_alone_in_a_side_bar_is_the_persons() -> None:
    body = CV.replace("+47 400 00 142\n", "")
    assert reached(f"{body}\n(312) 555-0177\n")[2] == ("(312) 555-0177",)


@pytest.mark.parametrize("name", ["Anna Koch", "Lea Richter", "Will Cook", "Petra Müller", "Adam Baker", "Jo Ward"])
def test_a_name_that_is_a_trade_is_a_name_and_no_headline(name: str) -> None:
    text = f"{name}\nab77@example.com | +49 30 901820 | Berlin\n\nExperience\nNurse | Klinik Süd | 01/2021 - today\n"
    facts = parse_cv(text, TODAY)
    assert (facts.person.name, facts.profile.headline) == (name, None)


def test_a_title_above_the_name_is_no_name() -> None:
    text = "Senior Accountant\nMaja Holm\nm77@example.com\n\nExperience\nAccountant, Holt Ltd\n01/2020 - 05/2023\n"
    assert parse_cv(text, TODAY).person.name == "Maja Holm"
