"""What our own reader is certain of stands, whatever a model says of the same CV."""

from __future__ import annotations

from shared.models.candidate import Experience, Person, Profile
from shared.models.source import Facts
from shared.reading.cv.parsing import parse_cv
from shared.reading.text.coverage import coverage_of
from shared.reading.text.own_reading import with_own_reading

TODAY = "2026-12"
CV = """Runa Halvorsen
runa.halvorsen@example.org

Experience
Ferry Mate, Fjordlinjen AS
April 2017 – Present

References
Olav Brekke, olav.brekke@example.com
"""


def of_model(*emails: str, name: str = "Runa Halvorsen") -> Facts:
    return Facts(person=Person(name=name, emails=emails))


def test_a_referees_address_is_nobodys_though_a_model_says_so() -> None:
    said = of_model("runa.halvorsen@example.org", "olav.brekke@example.com")
    assert with_own_reading(said, parse_cv(CV, TODAY)).person.emails == ("runa.halvorsen@example.org",)


def test_where_the_text_gives_no_address_only_one_that_says_the_name_is_believed() -> None:
    text = CV.replace("runa.halvorsen@example.org\n", "")
    said = of_model("olav.brekke@example.com", "halvorsen@example.net")
    assert with_own_reading(said, parse_cv(text, TODAY)).person.emails == ("halvorsen@example.net",)


def test_what_is_certainly_no_cv_is_flagged_and_what_was_only_not_recognised_is_not() -> None:
    invoice = "INVOICE\nKontor Nord Ltd\nInvoice number 4711\nBill to: Larch Homes\nQty Unit price\nTotal 900.00\n"
    flags = with_own_reading(of_model(), parse_cv(invoice, TODAY)).flags
    assert [(flag.kind, flag.detail) for flag in flags] == [("not_a_cv", "invoice")]
    assert with_own_reading(of_model(), parse_cv("Growing tomatoes is easy.\n", TODAY)).flags == ()


def test_lines_are_used_where_some_fact_has_their_words() -> None:
    job = Experience(
        title="Ferry Mate", company="Fjordlinjen AS", quote="Ferry Mate, Fjordlinjen AS\nApril 2017 – Present"
    )
    facts = Facts(person=Person(name="Runa Halvorsen"), profile=Profile(experiences=(job,)))
    assert coverage_of(CV, facts) == (7, 5)  # neither the address nor the referee
