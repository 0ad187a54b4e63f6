"""What a reader says stands in the text, or it is dropped: the same rule for our rules and for any model."""

from __future__ import annotations

from shared.models.candidate import Education, Experience, Language, Person, Profile, Skill
from shared.models.grounding import grounded
from shared.models.source import Facts

TEXT = """Maja Holm
maja.holm@example.org | +46 70 123 45 67 | linkedin.com/in/maja-holm
Data Analyst, Lindqvist Foods AB
Mar 2022 – Present
• Halved the month-end run.
Skills: postgres, Power BI
Swedish (native)
"""


def position(**changes: object) -> Experience:
    said = {
        "title": "Data Analyst",
        "company": "Lindqvist Foods AB",
        "start": "2022-03",
        "current": True,
        "quote": "Data Analyst, Lindqvist Foods AB\nMar 2022 – Present",
    }
    return Experience.model_validate(said | changes)


def kept(*jobs: Experience) -> tuple[Experience, ...]:
    return grounded(Facts(profile=Profile(experiences=jobs)), TEXT).profile.experiences


def test_facts_that_stand_in_the_text_stay() -> None:
    assert kept(position()) == (position(),)


def test_a_position_whose_words_are_nowhere_is_dropped() -> None:
    assert kept(position(quote="Chief Technology Officer, Vantrel AG")) == ()
    assert kept(position(quote="")) == ()


def test_an_invented_employer_date_or_achievement_is_emptied() -> None:
    (job,) = kept(
        position(company="Vantrel AG", start="2017-01", achievements=("Halved the month-end run.", "Won a prize."))
    )
    assert job.company is None and job.start is None
    assert job.achievements == ("Halved the month-end run.",)


def test_a_quote_with_other_blanks_comes_back_as_the_text_has_it() -> None:
    (job,) = kept(position(quote="Data Analyst, Lindqvist Foods AB Mar 2022 – Present"))
    assert job.quote == "Data Analyst, Lindqvist Foods AB\nMar 2022 – Present" and job.quote in TEXT


def test_a_skill_keeps_its_known_spelling_and_loses_another_skills_name() -> None:
    said = (Skill(name="PostgreSQL", quote="postgres"), Skill(name="Kubernetes", quote="Power BI"))
    skills = grounded(Facts(profile=Profile(skills=said)), TEXT).profile.skills
    assert [skill.name for skill in skills] == ["PostgreSQL", "Power BI"]


def test_addresses_numbers_and_links_that_nobody_wrote_are_dropped() -> None:
    person = Person(
        name="John Doe",
        emails=("maja.holm@example.org", "john.doe@example.com"),
        phones=("+46 70 123 45 67", "+1 555 010 9999"),
        links={"linkedin": "https://www.linkedin.com/in/maja-holm", "github": "https://github.com/john"},
        location="Paris",
    )
    left = grounded(Facts(person=person), TEXT).person
    assert left == Person(
        emails=("maja.holm@example.org",),
        phones=("+46 70 123 45 67",),
        links={"linkedin": "https://www.linkedin.com/in/maja-holm"},
    )


def test_degrees_and_languages_are_held_to_the_same_rule() -> None:
    profile = Profile(
        educations=(Education(degree="MBA", school="Harrowgate College", quote="MBA, Harrowgate College"),),
        languages=(
            Language(name="Swedish", level="C2", quote="Swedish (native)"),
            Language(name="French", quote="French"),
        ),
        certifications=("CKA",),
    )
    left = grounded(Facts(profile=profile), TEXT).profile
    assert left.educations == () and left.certifications == ()
    assert left.languages == (Language(name="Swedish", quote="Swedish (native)"),)


def test_nothing_stands_in_an_empty_text() -> None:
    facts = Facts(person=Person(name="Maja Holm"), profile=Profile(headline="Analyst", experiences=(position(),)))
    assert grounded(facts, "") == Facts()
