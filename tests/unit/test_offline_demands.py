"""Years and degrees are read where an offer asks the applicant for them, in figures or in words, in five languages."""

from __future__ import annotations

import pytest

from shared.adapters.offline.model import OfflineModel
from shared.adapters.offline.years_asked import NUMBERS
from shared.models.requirements import Requirements


def _read(text: str) -> Requirements:
    value = OfflineModel().split_job(text).value
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Five years of building back-end systems; Kafka is a plus.", 5),
        ("Registered nurse, current BLS, two years at the bedside.", 2),
        ("- twelve years in B2B sales\n- English", 12),
        ("You bring four years as a team lead.", 4),
        ("Requires 3 years with Kubernetes in production.", 3),
        ("A 5-year track record in audit.", 5),
        ("10 (ten) years of professional experience", 10),
        ("at least one year's experience", 1),
        ("Mindestens zwölf Jahre Berufserfahrung", 12),
        ("Fünf Jahre in der Pflege, gerne mehr.", 5),
        ("Du hast drei Jahre als Teamleiter gearbeitet.", 3),
        ("Six ans dans la vente aux entreprises.", 6),
        ("au moins quinze ans d’expérience", 15),
        ("Tres años en ventas y dos idiomas.", 3),
        ("Mínimo de dieciséis años de experiencia", 16),
        ("Três anos em vendas B2B.", 3),
        ("Experiência: dez anos", 10),
        ("Experience:\n7 years", 7),
        ("Three to five years of leading designers.", 3),
    ],
)
def test_years_are_asked_in_figures_and_in_words(text: str, years: int) -> None:
    wanted = _read("The role\n" + text)
    assert wanted.min_years == years
    assert [each.quote in text for each in wanted.quotes if each.where == "min_years"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "We have five years of runway.",
        "Five years of growth are behind us.",
        "For ten years our team has built bridges.",
        "Our team has 40 years of combined experience.",
        "We have 10 years of experience in payments.",
        "A contract for two years with an option to extend.",
        "The contract is for 2 years. Experience with Java.",
        "Twenty years in the market and still curious.",
        "After three years in the company you may become a partner.",
        "Befristet auf zwei Jahre mit Option auf Verlängerung.",
        "Seit zehn Jahren im Markt.",
        "Un contrat de deux ans.",
        "Contrato por dos años con prórroga.",
        "Há quinze anos no mercado.",
        "Our customers are eight years old on average.",
    ],
)
def test_years_of_the_house_or_of_a_contract_are_not_asked_for(text: str) -> None:
    assert _read("The role\n" + text).min_years is None


def test_every_number_from_one_to_twenty_has_a_word_in_five_languages() -> None:
    assert set(NUMBERS.values()) == set(range(1, 21))
    for value in range(1, 21):
        assert sum(1 for each in NUMBERS.values() if each == value) >= 3, value  # some are spelt alike


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("Bachelor's degree in computer science or equivalent experience.", "bachelor"),
        ("University degree required.", "any"),
        ("You hold a master's degree or a PhD in statistics.", "master"),
        ("We are looking for someone with a degree in law.", "any"),
        ("No PhD needed; a bachelor's degree is enough.", "bachelor"),
        ("Not only a degree but curiosity.", "any"),
        ("Abgeschlossenes Studium oder abgeschlossene Promotion.", "phd"),
        ("Wir erwarten ein abgeschlossenes Studium.", "any"),
        ("Licence en informatique.", "bachelor"),
        ("Título universitario imprescindible.", "any"),
        ("No mínimo graduação em administração.", "any"),
    ],
)
def test_a_degree_is_read_where_it_is_asked_for(text: str, degree: str) -> None:
    assert _read("The role\n" + text).degree == degree


@pytest.mark.parametrize(
    "text",
    [
        "A portfolio tells us more than a degree.",
        "No degree required.",
        "You do not need a degree.",
        "A degree is not required, curiosity is.",
        "We hire regardless of degree.",
        "Our founders hold PhDs and an MBA.",
        "We pay for your master's degree.",
        "A clean driving licence.",
        "Manage the licence of our software.",
        "Good chances of promotion; plan the promotion of new products.",
        "A high degree of autonomy and 360 degree feedback.",
        "Ein Studium ist nicht erforderlich.",
        "Ohne Studium? Gerne!",
        "Aucun diplôme exigé.",
        "No se requiere título universitario.",
        "Graduação não é obrigatória.",
    ],
)
def test_a_degree_that_is_not_asked_for_is_no_demand(text: str) -> None:
    wanted = _read("The role\n" + text)
    assert (wanted.degree, wanted.fields_of_study, wanted.education_text) == (None, (), "")
