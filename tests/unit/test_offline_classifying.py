"""The offline model says what a person is from their own words, and says when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

from shared.adapters.offline.model import OfflineModel
from shared.models.candidate import Classification, Education, Experience, Profile, Skill
from shared.vocabulary.titles import UNKNOWN_LEVEL

TRUTH = Path(__file__).parents[1] / "fixtures" / "ats" / "ats_export.csv.truth.jsonl"
MODEL = OfflineModel(today=lambda: "2026-11")


def _label(*titles: str, tags: tuple[str, ...] = (), headline: str | None = None) -> Classification:
    jobs = tuple(Experience(title=title) for title in titles)
    reply = MODEL.classify([Profile(experiences=jobs, tags=tags, headline=headline)])[0]
    assert reply.value is not None
    return reply.value


def _macro_f1(pairs: list[tuple[str, str]]) -> float:
    scores = []
    for name in {truth for truth, _ in pairs}:
        both = sum(truth == said == name for truth, said in pairs)
        wrong = sum((truth == name) != (said == name) for truth, said in pairs)
        scores.append(2 * both / (2 * both + wrong))
    return sum(scores) / len(scores)


def test_function_and_level_agree_with_the_export_truth() -> None:
    rows = [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get("experiences")]
    profiles = [Profile(experiences=tuple(Experience(title=e["title"]) for e in row["experiences"])) for row in rows]
    labels = [reply.value for reply in MODEL.classify(profiles)]
    functions = [(row["function"], label.function if label else "") for row, label in zip(rows, labels, strict=True)]
    levels = [(row["level"], label.level if label else "") for row, label in zip(rows, labels, strict=True)]
    for pairs in (functions, levels):
        assert sum(truth == said for truth, said in pairs) / len(pairs) >= 0.98
        assert _macro_f1(pairs) >= 0.98


def test_a_directors_specialty_comes_from_the_positions_before() -> None:
    label = _label("Director of Engineering", "Staff QA Engineer", "Android Developer")
    assert (label.function, label.level, label.functions[0].specialties) == ("engineering", "director", ("qa",))
    assert label.functions[0].evidence[-1].where == "experience 2 title"


def test_tags_decide_what_a_plain_title_leaves_open() -> None:
    label = _label("Software Engineer", tags=("React", "TypeScript", "silver medalist"))
    assert label.functions[0].specialties == ("frontend",)
    assert {evidence.quote for evidence in label.functions[0].evidence} == {"Software Engineer", "React", "TypeScript"}


def test_history_decides_before_tags() -> None:
    label = _label("Software Engineer", "Backend Developer", tags=("React", "TypeScript"))
    assert label.functions[0].specialties == ("backend",)


def test_a_generic_title_takes_its_trade_from_history_with_less_confidence() -> None:
    label = _label("Freelance Consultant", "Senior SEO Specialist")
    assert (label.function, label.level) == ("marketing", "senior")
    assert label.functions[0].confidence < 0.7


def test_a_person_holds_several_functions_the_present_one_first() -> None:
    label = _label("Technical Recruiter", "Registered Nurse")
    assert [function.name for function in label.functions] == ["hr", "healthcare"]
    assert label.functions[0].confidence > label.functions[1].confidence


def test_nothing_to_read_gives_no_label_and_no_default() -> None:
    profile = Profile(educations=(Education(degree="MBA"),), tags=("follow-up",))
    reply = MODEL.classify([profile])[0]
    assert reply.value is None
    assert (reply.value, reply.error) == (None, None)


def test_skills_alone_say_a_trade_but_never_a_level() -> None:
    reply = MODEL.classify([Profile(skills=(Skill(name="Kubernetes"), Skill(name="Terraform")))])[0]
    assert reply.value is not None
    assert (reply.value.function, reply.value.level) == ("engineering", UNKNOWN_LEVEL)
    assert reply.value.functions[0].confidence <= 0.4


def test_an_unknown_title_is_general_and_unsure() -> None:
    label = _label("Zorbing Wrangler")
    assert label.function == "general"
    assert label.functions[0].confidence <= 0.2


def test_the_headline_speaks_when_there_is_no_history() -> None:
    label = _label(headline="Senior Account Executive | SaaS")
    assert (label.function, label.level) == ("sales", "senior")
    assert label.functions[0].evidence[0].where == "headline"


def test_one_reply_a_profile_in_order() -> None:
    profiles = [Profile(), Profile(headline="Nurse"), Profile()]
    assert [reply.value is None for reply in MODEL.classify(profiles)] == [True, False, True]


def test_every_recipe_says_offline() -> None:
    assert all("offline" in MODEL.recipe(task) for task in ("classify", "enrich", "embed", "split_job"))
