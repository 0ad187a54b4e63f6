"""A quote counts only as the very words that were sent."""

from __future__ import annotations

import pytest

from shared.adapters.gemini.parsing import facts
from shared.adapters.gemini.quotes import exact, sent
from shared.adapters.gemini.schemas import ParseSaid
from shared.models.candidate import Experience, Profile

TODAY = "2026-10"
CV = """JANE DOE
jane.doe@example.com | +44 20 7946 0958 | linkedin.com/in/jane-doe
Senior  Engineer, Acme Ltd   Mar 2019 – present
Kafka and C++"""


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Senior Engineer", "Senior  Engineer"),
        ("0958 | linkedin.com/in/jane-doe Senior", "0958 | linkedin.com/in/jane-doe\nSenior"),
        ("Engine", None),
        ("C++", "C++"),
        ("C", None),
        ("kafka", None),
        ("", None),
        (None, None),
        ("Doe Jane", None),
    ],
)
def test_a_quote_is_found_word_for_word_blanks_aside(quote: str | None, found: str | None) -> None:
    assert exact(quote, CV) == found


def test_a_quote_in_a_script_without_blanks_is_found_inside_of_a_line() -> None:
    assert exact("エンジニア", "上級エンジニアとして") == "エンジニア"


def test_a_quote_may_not_reach_from_one_field_into_the_next() -> None:
    profile = Profile(experiences=(Experience(title="Engineer", company="Acme"),))
    assert sent(profile).find("Engineer Acme") is None


def experience(**changed: object) -> dict[str, object]:
    line = "Senior Engineer, Acme Ltd Mar 2019 – present"
    job = {"quote": line, "title": "Senior Engineer", "company": "Acme Ltd", "start": "2019-03", "end": None}
    return {**job, "current": True, "description": "", "achievements": [], **changed}


def said(**changed: object) -> ParseSaid:
    person = {
        "name": "Jane Doe",
        "emails": ["jane.doe@example.com", "john.doe@example.com"],
        "phones": ["+44 20 7946 0958", "+1 555 0100 000"],
        "links": ["linkedin.com/in/jane-doe", "github.com/nobody"],
        "location": "London",
    }
    cv = {
        "person": person,
        "headline": None,
        "summary": "An invented summary.",
        "experiences": [experience()],
        "educations": [{"quote": "PhD, Oxford", "degree": "PhD", "school": "Oxford", "start": None, "end": "2010"}],
        "skills": [{"quote": "Kafka", "name": "Apache Kafka"}, {"quote": "Rust", "name": "Rust"}],
        "certifications": ["Certified by nobody"],
        "languages": [{"quote": "French", "name": "French", "level": None}],
    }
    return ParseSaid.model_validate({**cv, **changed})


def test_what_a_cv_does_not_say_is_left_out() -> None:
    found = facts(said(), CV, TODAY)
    assert found.person.name == "Jane Doe" and found.person.location is None
    assert found.person.emails == ("jane.doe@example.com",)
    assert found.person.phones == ("+44 20 7946 0958",)
    assert found.person.links == {"linkedin": "https://www.linkedin.com/in/jane-doe"}
    assert found.profile.summary is None and found.profile.educations == ()
    assert [skill.name for skill in found.profile.skills] == ["Kafka"]
    assert found.profile.certifications == () and found.profile.languages == ()


def test_a_position_keeps_the_words_of_the_cv() -> None:
    profile = facts(said(), CV, TODAY).profile
    (job,) = profile.experiences
    assert (job.title, job.company, job.start, job.current) == ("Senior Engineer", "Acme Ltd", "2019-03", True)
    assert job.quote == "Senior  Engineer, Acme Ltd   Mar 2019 – present"
    assert profile.total_years == 7.7


@pytest.mark.parametrize(
    "wrong", [{"quote": "Chief Officer, Acme Ltd"}, {"title": "Chief Officer", "company": "Globex"}]
)
def test_a_position_nobody_wrote_is_dropped(wrong: dict[str, object]) -> None:
    assert facts(said(experiences=[experience(**wrong)]), CV, TODAY).profile.experiences == ()


@pytest.mark.parametrize("start", ["2007-01", "2019-13", "March 2019"])
def test_a_date_the_cv_does_not_name_is_not_kept(start: str) -> None:
    (job,) = facts(said(experiences=[experience(start=start)]), CV, TODAY).profile.experiences
    assert job.start is None
