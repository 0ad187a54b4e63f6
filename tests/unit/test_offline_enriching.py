"""Enrichment states what the dates and words say, each fact with its words, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.offline.model import OfflineModel
from shared.models.candidate import Education, Enrichment, Evidence, Experience, Profile, Skill

MODEL = OfflineModel(today=lambda: "2026-01")
CAREER = Profile(
    headline="Backend lead, Go and Kafka",
    summary="Moved the platform to Kubernetes.",
    experiences=(
        Experience(title="Lead Backend Engineer", company="Hexworth", start="2022-01", current=True),
        Experience(title="Senior Backend Engineer", company="Hexworth", start="2018-01", end="2021-12"),
        Experience(
            title="Backend Engineer",
            company="Vantrel",
            start="2015-01",
            end="2017-12",
            description="Wrote Java services.",
        ),
    ),
    educations=(Education(degree="MSc Computer Science", school="Delta"),),
    skills=(Skill(name="PostgreSQL", quote="postgres"), Skill(name="Fjordic Weaving")),
    tags=("k8s", "relocation ok"),
)


def _enriched(profile: Profile) -> Enrichment:
    reply = MODEL.enrich([profile], [MODEL.classify([profile])[0].value])[0]
    assert reply.value is not None
    return reply.value


def _texts(profile: Profile) -> str:
    return profile.model_dump_json()


def _evidence(enriched: Enrichment) -> Iterator[Evidence]:
    for part in (*enriched.skills, *enriched.inferred_skills, *enriched.strengths):
        assert part.evidence
        yield from part.evidence


def test_the_trajectory_is_computed_from_the_dates() -> None:
    numbers = _enriched(CAREER).trajectory
    assert numbers.years == 11.1
    assert numbers.median_tenure_months == 48
    assert numbers.months_between_promotions == 42
    assert (numbers.current_level, numbers.levels) == ("lead", ("mid", "senior", "lead"))
    assert numbers.as_of == "2026-01"


def test_overlapping_positions_count_once() -> None:
    jobs = (
        Experience(title="Nurse", start="2020-01", end="2021-12"),
        Experience(title="Nurse", start="2021-01", end="2022-12"),
    )
    assert _enriched(Profile(experiences=jobs)).trajectory.years == 3.0


def test_years_without_months_come_out_whole() -> None:
    jobs = (Experience(title="Nurse", start="2015", end="2018"),)
    assert _enriched(Profile(experiences=jobs)).trajectory.years == 3.0


def test_an_open_end_counts_only_where_the_source_says_current() -> None:
    jobs = (Experience(title="Nurse", start="2020-01"),)
    numbers = _enriched(Profile(experiences=jobs)).trajectory
    assert (numbers.years, numbers.median_tenure_months) == (None, None)


def test_dates_that_run_backwards_or_lie_ahead_are_not_years() -> None:
    jobs = (
        Experience(title="Nurse", start="2021-05", end="2019-01"),
        Experience(title="Nurse", start="2031-01", end="2032-01"),
    )
    assert _enriched(Profile(experiences=jobs)).trajectory.years is None


def test_explicit_skills_come_from_everywhere_and_inferred_ones_stay_apart() -> None:
    enriched = _enriched(CAREER)
    stated = [skill.name for skill in enriched.skills]
    assert stated == ["PostgreSQL", "Fjordic Weaving", "Kubernetes", "Go", "Kafka", "Java"]
    assert enriched.inferred_skills
    assert not {skill.name for skill in enriched.inferred_skills} & set(stated)


def test_every_fact_stands_word_for_word_in_the_profile() -> None:
    source = _texts(CAREER)
    assert all(evidence.quote and evidence.quote in source for evidence in _evidence(_enriched(CAREER)))


def test_strengths_are_few_and_factual() -> None:
    texts = [strength.text for strength in _enriched(CAREER).strengths]
    assert texts[:3] == ["moved up twice in 7 years", "11.1 years in engineering", "8.1 years with one employer"]
    assert len(texts) <= 4


def test_the_summary_is_two_sentences_without_titles_or_names() -> None:
    summary = _enriched(CAREER.model_copy(update={"experiences": (Experience(title="Buchhalterin"),)})).summary
    assert summary.count(". ") == 1 and summary.endswith(".")
    assert "Buchhalterin" not in summary


def test_an_empty_profile_claims_nothing() -> None:
    enriched = _enriched(Profile())
    assert enriched.skills == enriched.inferred_skills == enriched.strengths == ()
    assert enriched.trajectory.years is None and enriched.trajectory.current_level is None
    assert "not known" in enriched.summary
