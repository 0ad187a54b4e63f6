"""What the career says in words and numbers, each with the words it rests on; never more than the profile says."""

from __future__ import annotations

from typing import Final

from shared.adapters.offline.evidence import StatedSkill, stated_skills
from shared.adapters.offline.trajectory import DatedPosition, covered, dated_positions, promotions, trajectory
from shared.models.candidate import (
    Classification,
    Enrichment,
    Evidence,
    FoundSkill,
    FunctionLabel,
    Profile,
    Strength,
    Trajectory,
)
from shared.vocabulary.skills import category, implied_by, skill_key
from shared.vocabulary.study import DEGREES, read_degree
from shared.vocabulary.titles import MANAGING, UNKNOWN_LEVEL, read_title

_INFERRED: Final = 5
_STRENGTHS: Final = 4
_LONG_YEARS: Final = 4  # from here on, years in one field or with one employer stand out


def enrich(profile: Profile, label: Classification | None, today: str) -> Enrichment:
    """Return trajectory, skills, strengths and summary as of `today` (YYYY-MM)."""
    stated = stated_skills(profile)
    numbers = trajectory(profile, today)
    main = label.functions[0] if label and label.functions[0].name != "general" else None
    return Enrichment(
        trajectory=numbers,
        skills=tuple(FoundSkill(name=s.name, category=s.category, evidence=s.evidence) for s in stated),
        inferred_skills=_inferred(main, stated),
        strengths=tuple(_strengths(profile, main, stated, today)[:_STRENGTHS]),
        summary=_summary(profile, label, stated, numbers),
    )


def _inferred(main: FunctionLabel | None, stated: list[StatedSkill]) -> tuple[FoundSkill, ...]:
    if main is None or not main.specialties:
        return ()
    known = {skill_key(skill.name) for skill in stated}
    likely = [name for name in implied_by(main.name, main.specialties[0]) if skill_key(name) not in known]
    return tuple(FoundSkill(name=n, category=category(n), evidence=main.evidence[:1]) for n in likely[:_INFERRED])


def _strengths(profile: Profile, main: FunctionLabel | None, stated: list[StatedSkill], today: str) -> list[Strength]:
    spans = dated_positions(profile, today)
    found = [
        _promoted(profile),
        _years_in(main, spans),
        _one_employer(spans),
        _leads(profile),
        _degree(profile),
        _many_skills(stated),
    ]
    return [strength for strength in found if strength]


def _title(place: int, profile: Profile) -> Evidence:
    return Evidence(where=f"experience {place} title", quote=profile.experiences[place - 1].title or "")


def _promoted(profile: Profile) -> Strength | None:
    rises, stretch = promotions(profile)
    titled = [place for place, job in enumerate(profile.experiences, start=1) if job.title and job.start]
    if not rises or not stretch:
        return None
    often = {1: "once", 2: "twice"}.get(rises, f"{rises} times")
    text = f"moved up {often} in {_years(stretch)}"
    return Strength(text=text, evidence=(_title(titled[-1], profile), _title(titled[0], profile)))


def _years_in(main: FunctionLabel | None, spans: list[DatedPosition]) -> Strength | None:
    if main is None:
        return None
    same = [span for span in spans if span.job.title and main.name in read_title(span.job.title).functions]
    total = covered(same)
    if total < _LONG_YEARS * 12:
        return None
    evidence = [Evidence(where=f"experience {span.place} title", quote=span.job.title or "") for span in same]
    return Strength(text=f"{_years(total)} in {_words(main.name)}", evidence=tuple(evidence))


def _one_employer(spans: list[DatedPosition]) -> Strength | None:
    by_employer: dict[str, list[DatedPosition]] = {}
    for span in spans:
        if span.job.company:
            by_employer.setdefault(span.job.company, []).append(span)
    longest = max(by_employer.values(), key=covered, default=[])
    if covered(longest) < _LONG_YEARS * 12:
        return None
    quotes = tuple(Evidence(where=f"experience {s.place} company", quote=s.job.company or "") for s in longest)
    return Strength(text=f"{_years(covered(longest))} with one employer", evidence=quotes)


def _leads(profile: Profile) -> Strength | None:
    first = next((place for place, job in enumerate(profile.experiences, start=1) if job.title), None)
    if first is None:
        return None
    reading = read_title(profile.experiences[first - 1].title or "")
    text = "leads people" if reading.manages_people and reading.level in MANAGING else None
    return Strength(text=text, evidence=(_title(first, profile),)) if text else None


def _best_degree(profile: Profile) -> tuple[str, str | None, int, str] | None:
    """Return (level, field, place, words) of the highest degree."""
    read = [(*read_degree(e.degree), place, e.degree) for place, e in enumerate(profile.educations, 1) if e.degree]
    known = [(level, field, place, words) for level, field, place, words in read if level]
    return max(known, key=lambda one: DEGREES.index(one[0]), default=None)


def _degree(profile: Profile) -> Strength | None:
    best = _best_degree(profile)
    if best is None or best[0] not in ("master", "phd"):
        return None
    quote = Evidence(where=f"education {best[2]} degree", quote=best[3])
    return Strength(text=_degree_words(best[0], best[1]), evidence=(quote,))


def _degree_words(level: str, field: str | None) -> str:
    name = {"phd": "doctorate", "master": "master's degree", "bachelor": "bachelor's degree"}.get(level, level)
    return f"{name} in {field}" if field else name


def _many_skills(stated: list[StatedSkill]) -> Strength | None:
    if len(stated) < 3:
        return None
    named = stated[:3]
    text = f"names {len(stated)} skills, among them {named[0].name}, {named[1].name} and {named[2].name}"
    return Strength(text=text, evidence=tuple(skill.evidence[0] for skill in named))


def _summary(profile: Profile, label: Classification | None, stated: list[StatedSkill], numbers: Trajectory) -> str:
    """Return two sentences made of the facts: titles and names stay out, for they tell more than the work."""
    role = _role(label) if label else "Function not known"
    count = len(profile.experiences)
    places = f"{count} position{'s' if count != 1 else ''}"
    dated = f"{numbers.years:g} years over {places}" if numbers.years is not None else f"{places}, undated"
    first = f"{role}; {dated} as of {numbers.as_of}."
    best = _best_degree(profile)
    skills = ", ".join(skill.name for skill in stated[:5])
    facts = [f"skills named: {skills}" if skills else "no skills named"]
    facts.append(f"highest degree named: {_degree_words(best[0], best[1])}" if best else "no degree named")
    second = "; ".join(facts)
    return f"{first} {second[0].upper()}{second[1:]}."


def _role(label: Classification) -> str:
    main = label.functions[0]
    level = {"c_level": "C-level", "vp": "VP", UNKNOWN_LEVEL: "Level not known"}.get(
        main.level, main.level.capitalize()
    )
    field = "no known function" if main.name == "general" else _words(main.name)
    special = f" ({', '.join(_words(name) for name in main.specialties[:2])})" if main.specialties else ""
    return f"{level}, {field}{special}"


def _words(name: str) -> str:
    return {"hr": "HR", "qa": "QA", "ux": "UX", "ui": "UI", "ml": "machine learning", "bi": "BI"}.get(
        name, name.replace("_", " ")
    )


def _years(count: int) -> str:
    years = round(count / 12, 1)
    return f"{years:g} year{'' if years == 1 else 's'}"
