"""A search text or job offer is read by its title first; duties and niceties do not lead astray."""

from __future__ import annotations

import pytest

from shared.adapters.offline.model import OfflineModel
from shared.models.requirements import Requirements

GERMAN = """Senior Java-Entwickler (m/w/d) in München
Wir bieten Homeoffice und Kunden in Frankreich.
Anforderungen:
- mindestens 5 Jahre Erfahrung mit Java und Spring Boot
- abgeschlossenes Studium der Informatik (Bachelor oder Master)
Von Vorteil:
- Kubernetes, Kafka
"""


def _read(text: str) -> Requirements:
    value = OfflineModel().split_job(text).value
    assert value is not None
    return value


def test_a_short_query_gives_role_level_and_skills() -> None:
    wanted = _read("senior data analyst with Tableau or Looker")
    assert wanted.specialties == ("data/analytics",)
    assert wanted.levels == ("senior", "lead")
    assert [skill.name for skill in wanted.skills] == ["Tableau", "Looker"]
    assert wanted.min_years is None and wanted.degree is None and wanted.places == ()


def test_a_german_offer_gives_every_demand() -> None:
    wanted = _read(GERMAN)
    assert wanted.specialties == ("engineering/backend",)
    assert {skill.name: skill.must for skill in wanted.skills} == {
        "Java": True,
        "Spring Boot": True,
        "Kubernetes": False,
        "Kafka": False,
    }
    assert (wanted.min_years, wanted.degree, wanted.fields_of_study) == (5.0, "bachelor", ("computer science",))
    assert (wanted.places, wanted.remote) == (("Munich",), True)
    assert "Studium" in wanted.education_text


@pytest.mark.parametrize(
    ("text", "specialty"),
    [
        ("Frontend developer\nWork with our design team and sales.", "engineering/frontend"),
        ("Security engineer\nTest our products, coach developers, talk to legal counsel.", "engineering/security"),
        ("Accountant\nSupport the engineering managers with budgets.", "finance/accounting"),
    ],
)
def test_duties_do_not_change_the_trade(text: str, specialty: str) -> None:
    assert _read(text).specialties == (specialty,)


def test_a_people_manager_is_asked_from_manager_upward() -> None:
    wanted = _read("people manager for a support team\nLead eight agents.")
    assert wanted.manages_people is True
    assert wanted.levels == ("manager", "director", "vp", "c_level")
    assert wanted.functions == ("customer_success",)


def test_no_people_to_manage_is_said_and_heard() -> None:
    wanted = _read("Product manager\nYou do not manage people in this role.")
    assert wanted.manages_people is False
    assert wanted.levels == ()


def test_mentoring_is_not_managing() -> None:
    assert _read("Backend engineer\nYou mentor two juniors and lead projects.").manages_people is None


def test_a_head_or_vp_reaches_upward() -> None:
    assert _read("VP or head of marketing").levels == ("director", "vp", "c_level")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years with Python", 5.0),
        ("at least three years of experience", 3.0),
        ("au moins 4 ans d'expérience", 4.0),
        ("3-5 años de experiencia", 3.0),
        ("pelo menos 2 anos de experiência", 2.0),
        ("We are a 20 years old company", None),
        ("for 30 years we have built bridges", None),
    ],
)
def test_years_are_read_where_experience_is_meant(text: str, years: float | None) -> None:
    assert _read("Nurse\n" + text).min_years == years


def test_a_sentence_may_be_nice_to_have_beside_one_that_is_a_must() -> None:
    wanted = _read("Data engineer. Python and SQL are required. Nice to have: Snowflake.")
    assert {skill.name: skill.must for skill in wanted.skills} == {"Python": True, "SQL": True, "Snowflake": False}


def test_skills_decide_the_specialty_a_title_leaves_open() -> None:
    assert _read("software engineer React TypeScript").specialties == ("engineering/frontend",)
    assert _read("director of engineering\nOur products are built in React.").specialties == ()


def test_places_come_from_the_title_and_from_lines_that_say_where() -> None:
    wanted = _read("Recruiter in Lisbon\nOur customers are in France and Japan.\nLocation: Porto")
    assert wanted.places == ("Lisbon", "Porto")


def test_an_empty_text_asks_for_nothing() -> None:
    assert _read("") == Requirements(text="")


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("Buscamos un Contador con IFRS", "finance"),
        ("Nous recherchons une infirmière de nuit", "healthcare"),
        ("Procuramos um Desenvolvedor Back-end", "engineering"),
        ("We are looking for a friendly recruiter to join our sales-driven company", "hr"),
    ],
)
def test_what_is_sought_is_read_in_five_languages(text: str, function: str) -> None:
    assert _read(text).functions[0] == function


@pytest.mark.parametrize(
    "text",
    ["Sr. Backend Engineer", "We are looking for a Sr. Backend Engineer, Go.", "Hiring: Sr. Backend Engineer. Go."],
)
def test_the_dot_of_an_abbreviated_level_ends_no_title(text: str) -> None:
    wanted = _read(text)
    assert wanted.specialties == ("engineering/backend",) and wanted.levels[0] == "senior"
