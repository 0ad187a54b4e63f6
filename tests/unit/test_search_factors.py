import pytest
from search_records import asking, person, search_ports

from shared.models.caller import Caller
from shared.models.requirements import RequiredSkill
from shared.ports import Store
from shared.search import search
from shared.search.request.criteria import read_asked
from shared.search.result import Factor
from shared.search.score.dates import months, span_of, years
from shared.search.score.location import SAME_COUNTRY, place_fit
from shared.search.score.roles import level_fit, role_fit
from shared.vocabulary import LEVELS, SPECIALTIES


def groups(text: str, *names: str) -> list[tuple[str, ...]]:
    return [group.names for group in read_asked(asking(text, names)).skills]


def education(store: Store, held: str | None, **asked: object) -> Factor:
    person(store, "a", "Engineer", degree=held)
    ports = search_ports(store, asking("x", **asked))
    return search(ports, "x", caller=Caller()).results[0].factors["education"]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("backend with Go or Java", ("Go", "Java"), [("Go", "Java")]),
        ("Python, Java or Scala", ("Python", "Java", "Scala"), [("Python", "Java", "Scala")]),
        ("Python, Java", ("Python", "Java"), [("Python",), ("Java",)]),
        ("Python and Java", ("Python", "Java"), [("Python",), ("Java",)]),
        ("Swift/Kotlin apps", ("Swift", "Kotlin"), [("Swift", "Kotlin")]),
        ("Java oder Kotlin, Docker", ("Java", "Kotlin", "Docker"), [("Java", "Kotlin"), ("Docker",)]),
        ("Bash scripts and Python or Ruby", ("Bash", "Python", "Ruby"), [("Bash",), ("Python", "Ruby")]),
    ],
)  # fmt: skip
def test_alternatives_are_read_from_how_the_text_joins_them(text, names, expected):
    assert groups(text, *names) == expected


def test_a_skill_the_text_does_not_spell_out_is_still_asked():
    wanted = asking("somebody for our cluster").model_copy(update={"skills": (RequiredSkill(name="Kubernetes"),)})
    assert [group.names for group in read_asked(wanted).skills] == [("Kubernetes",)]


def test_a_text_of_skills_alone_asks_for_no_role(store: Store):
    person(store, "has", "Senior Backend Engineer", label=("engineering", "backend", "senior"), tags=["R"])
    person(store, "typical", "Data Scientist", label=("data", "data_science", "mid"), tags=["Python"])
    wanted = asking("R", ["R"], functions=("data",), specialties=("data/data_science",))
    result = search(search_ports(store, wanted), "R", caller=Caller())
    assert [(hit.candidate_id, hit.score) for hit in result.results] == [("has", 1.0), ("typical", 0.0)]


def test_a_lead_fits_where_a_lead_of_people_is_asked():
    asked = read_asked(asking("lead our team", levels=("lead",), manages_people=True))
    assert level_fit(asked, "lead", manages=False) == 1
    assert level_fit(asked, "senior", manages=False) == 0


def test_every_specialty_fits_itself_best():
    for function, specialties in SPECIALTIES.items():
        for specialty in specialties:
            asked = read_asked(asking("x", specialties=(f"{function}/{specialty}",)))
            assert role_fit(asked, function, (specialty,)) == 1
            others = [(f, s) for f, names in SPECIALTIES.items() for s in names if (f, s) != (function, specialty)]
            assert all(role_fit(asked, f, (s,)) < 1 for f, s in others)


def test_every_level_fits_itself_best():
    for level in LEVELS:
        asked = read_asked(asking("x", levels=(level,)))
        assert level_fit(asked, level, False) == 1
        assert all(level_fit(asked, other, False) < 1 for other in LEVELS if other != level)


def test_a_neighbouring_trade_gets_part_and_a_foreign_one_nothing():
    asked = read_asked(asking("x", specialties=("engineering/backend",)))
    fits = [role_fit(asked, *held) for held in [
        ("engineering", ("fullstack",)), ("engineering", ()), ("engineering", ("qa",)), ("sales", ("sdr",)),
    ]]  # fmt: skip
    assert fits[0] > fits[1] > fits[2] > fits[3] == 0


def test_where_people_are_to_be_led_a_head_of_a_neighbouring_trade_is_nearer_than_who_leads_nobody(
    store: Store,
):
    person(store, "junior", "Junior HR Generalist", label=("hr", "hr_generalist", "junior"))
    person(store, "head", "Head of Recruiting", label=("hr", "recruiting", "director"))
    wanted = asking("lead our HR generalists", specialties=("hr/hr_generalist",), manages_people=True)
    result = search(search_ports(store, wanted), wanted.text, caller=Caller())
    assert [hit.candidate_id for hit in result.results] == ["head", "junior"]


def test_overlapping_positions_count_once_and_gaps_do_not_count():
    assert years([(0, 24), (12, 36), (48, 60)]) == 4.0


def test_only_a_current_or_newest_position_with_an_open_end_lasts_until_today():
    now = months("2026-06")
    assert now is not None
    assert span_of({"start": "2024-06"}, now, newest=True) == (now - 24, now)
    assert span_of({"start": "2024-06", "current": True}, now, newest=False) == (now - 24, now)
    assert span_of({"start": "2024-06"}, now, newest=False) is None
    assert span_of({"start": "2024-06", "current": False}, now, newest=True) is None
    assert span_of({"end": "2024-06"}, now, newest=True) is None
    assert span_of({"start": "someday"}, now, newest=True) is None


@pytest.mark.parametrize(
    ("wanted", "held", "fit"),
    [
        ("Berlin", "Berlin, Germany", 1.0),
        ("Germany", "Munich", 1.0),
        ("Munich", "München", 1.0),
        ("Berlin, Germany", "Munich, Germany", SAME_COUNTRY),
        ("Berlin", "Germany", SAME_COUNTRY),
        ("Berlin", "Lima, Peru", 0.0),
        ("Berlin", "somewhere quiet", None),
    ],
)
def test_a_place_fits_when_it_is_the_asked_one_or_inside_it(wanted: str, held: str, fit: float | None):
    assert place_fit(wanted, held) == fit


def test_a_higher_degree_meets_a_lower_one_and_no_degree_is_unknown(store: Store):
    assert education(store, "MSc Physics", degree="bachelor").score == 1
    lower = education(store, "BSc Physics", degree="master")
    assert lower.score == 0.5 and lower.notes.missing
    assert education(store, "BSc Physics", degree="phd").score == 0
    nothing = education(store, None, degree="bachelor")
    assert nothing.score is None and nothing.notes.unknown


def test_a_field_of_study_is_met_by_the_degree_that_names_it(store: Store):
    assert education(store, "BSc Computer Science", fields_of_study=("computer science",)).score == 1
    assert education(store, "BA History", fields_of_study=("computer science",)).score == 0
    assert education(store, None, fields_of_study=("computer science",)).score is None
