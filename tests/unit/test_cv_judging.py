"""A document becomes a person only where it is one person's CV; what else it looks like is said."""

from __future__ import annotations

import pytest

from shared.models.source import Facts
from shared.reading.cv.parsing import parse_cv

TODAY = "2026-12"


def flag_of(facts: Facts) -> tuple[str, str] | None:
    kinds = ("not_a_cv", "several_people", "partly_read")
    return next(((flag.kind, flag.detail) for flag in facts.flags if flag.kind in kinds), None)


NO_CVS = {
    "invoice": """RECHNUNG
Kontor Nord GmbH
buchhaltung@kontor-nord.example

Rechnungsnummer 4711
Rechnungsdatum 2. März 2026
Menge Einzelpreis
Beratung Januar 2026 12 90,00
MwSt 19 %
Gesamtbetrag 1.285,20
""",
    "contract": """Contrat de travail

Entre la société Aval SARL, l'employeur,
et Monsieur Luc Perrin, le salarié
Article 1. Fonction : comptable.
Article 2. Période d'essai : trois mois.
""",
    "certificate": """CERTIFICATE OF COMPLETION

This is to certify that
Nadia Brandt
has successfully completed the course
Rope Access Level 1
14 March 2025
""",
    "reference letter": """To whom it may concern

Mr Tom Ebden was employed by Larch Homes Ltd as Site Manager.
I have known him for six years and I highly recommend him. We wish him well.

Susan Larch
Director
susan@larch.example
""",
    "job advertisement": """Site Manager (m/f/d)

About us
Larch Homes builds homes.

Your responsibilities
Run the site.
Requirements
Five years of experience.
What we offer
A van.
Benefits
Pension.

Send your CV to jobs@larch.example
""",
    "minutes": """Minutes of the Meeting
14 March 2025
Attendees: T. Ebden, S. Larch
Apologies: N. Brandt
1. Matters arising
None.
2. Any other business
Next meeting 4 April.
""",
    "recipe": """Onkel Franz Apfelkuchen

Zutaten
500 g Mehl
3 Äpfel

Zubereitung
Mehl verrühren. Im Backofen 40 Minuten backen.
""",
    "form": """APPLICATION FORM - Larch Homes Ltd
Please complete in BLOCK CAPITALS
Full name:
E-mail:
Telephone:
Signature of applicant:
""",
}


@pytest.mark.parametrize("kind", NO_CVS)
def test_what_is_no_cv_is_named(kind: str) -> None:
    assert flag_of(parse_cv(NO_CVS[kind], TODAY)) == ("not_a_cv", kind)


@pytest.mark.parametrize(
    "text",
    [
        "Growing tomatoes is easy.\nWater them in the morning.\n",
        "Harbour News\n\nThe pier reopens in May.\nTickets cost 4.\n",
    ],
)
def test_what_has_no_shape_of_a_cv_is_something_else(text: str) -> None:
    assert flag_of(parse_cv(text, TODAY)) == ("not_a_cv", "something else")


HEAD = "Nadia Brandt\nnadia.brandt@example.org\n+49 170 5550142\n\n"
WORK = "Experience\nAccountant, Holt & Sons Ltd\n01/2019 - 05/2023\nInvoices, VAT, total of 40 clients.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD,  # contact alone, right below the name
        HEAD + WORK,
        WORK.replace("Experience\n", "Nadia Brandt\n\nExperience\n"),  # no contact
        HEAD + "Education\nBA History, Marsh College, 2011 – 2014\n",
        HEAD + WORK + "Certificates\nCertificate of completion, Excel, 2020\n",
    ],
)
def test_a_cv_is_a_cv_however_short(text: str) -> None:
    assert flag_of(parse_cv(text, TODAY)) is None


def test_an_accountants_words_make_no_invoice_of_a_cv() -> None:
    text = HEAD + WORK + "Skills\nInvoice, VAT, IBAN, purchase order, amount due, subtotal, unit price\n"
    assert flag_of(parse_cv(text, TODAY)) is None


def another(name: str, email: str) -> str:
    return f"{name}\n{email}\n\n{WORK}Education\nBA History, Marsh College, 2011 – 2014\n\n"


def test_two_heads_with_a_cv_behind_each_are_two_people() -> None:
    text = another("Nadia Brandt", "nadia.brandt@example.org") + another("Tom Ebden", "tom.ebden@example.org")
    assert flag_of(parse_cv(text, TODAY)) == ("several_people", "2")


def test_a_list_of_candidates_is_several_people() -> None:
    rows = [("Nadia Brandt", "nadia.brandt"), ("Tom Ebden", "t.ebden"), ("Ines Falk", "falk"), ("Olav Brekke", "olav")]
    text = "Shortlist for Site Manager\n" + "".join(f"{name}\t{local}@example.org\n" for name, local in rows)
    flag = flag_of(parse_cv(text, TODAY))
    assert flag == ("several_people", "4")


def test_the_same_name_on_every_page_is_one_person() -> None:
    page = "Nadia Brandt\nnadia.brandt@example.org\n"
    study, work = "Education\nBA History, Marsh College, 2011 – 2014\n", "Experience\nIntern, Marsh Ltd\n2011 - 2012\n"
    text = f"{page}\n{WORK}\n{page}\n{study}\n{page}\n{work}"
    assert flag_of(parse_cv(text, TODAY)) is None


def test_a_long_cv_without_a_position_says_so() -> None:
    lines = "\n".join(f"Did thing number {number} for the good of all" for number in range(30))
    facts = parse_cv(f"{HEAD}Deeds\n{lines}\n\nSkills\nSwimming, Diving\n", TODAY)
    assert flag_of(facts) == ("partly_read", "no position was read from 35 lines")
