"""From what Gemini says of a career to our enrichment: facts with their words, numbers computed by us."""

from __future__ import annotations

import re
from typing import Final

from shared.adapters.gemini.quotes import Sent, Ungrounded, sent
from shared.adapters.gemini.schemas import EnrichSaid, SkillSaid
from shared.models.candidate import Enrichment, FoundSkill, Profile, Strength, Trajectory
from shared.vocabulary.skills import canonical, category, skill_key

_SKILLS: Final = 40
_INFERRED: Final = 5
_STRENGTHS: Final = 4
_SKILL_LENGTH: Final = 60  # characters; longer is a sentence, not a skill
_STRENGTH_LENGTH: Final = 160
_SENTENCES: Final = 2
_SUMMARY_LENGTH: Final = 700
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_SENTENCE: Final = re.compile(r"(?<=[.!?。])\s+")


def enrichment(said: EnrichSaid, profile: Profile, numbers: Trajectory, text: str) -> Enrichment:
    """Return what the profile's words carry. `text` is all that was sent, computed numbers included.

    A skill whose words the profile does not hold counts as inferred. Raises `Ungrounded` when nothing of the summary
    is left.
    """
    texts, known = sent(profile), set[str]()
    stated = [skill for each in said.skills if (skill := _stated(each, texts)) and _new(skill, known)]
    unproven = [each for each in said.skills if texts.find(each.quote) is None]
    likely = [_named(each, texts) for each in (*said.inferred_skills, *unproven)]
    inferred = [skill for skill in likely if skill and _new(skill, known)]
    strengths = [
        Strength(text=_clean(each.text, _STRENGTH_LENGTH), evidence=evidence)
        for each in said.strengths
        if (evidence := texts.find_all(each.quotes)) and each.text.strip() and _true(each.text, text)
    ]
    return Enrichment(
        trajectory=numbers,
        skills=tuple(stated[:_SKILLS]),
        inferred_skills=tuple(inferred[:_INFERRED]),
        strengths=tuple(strengths[:_STRENGTHS]),
        summary=_summary(said.summary, text),
    )


def _stated(said: SkillSaid, texts: Sent) -> FoundSkill | None:
    skill = _named(said, texts)
    return skill if skill and skill.evidence else None


def _named(said: SkillSaid, texts: Sent) -> FoundSkill | None:
    name = _clean(said.name, _SKILL_LENGTH + 1)
    if not name or len(name) > _SKILL_LENGTH:
        return None
    return FoundSkill(name=canonical(name) or name, category=category(name), evidence=texts.find_all([said.quote]))


def _new(skill: FoundSkill, known: set[str]) -> bool:
    key = skill_key(skill.name)
    fresh = key not in known
    known.add(key)
    return fresh


def _summary(said: str, text: str) -> str:
    """Return the first sentences whose numbers were sent."""
    sentences = [each for each in _SENTENCE.split(_clean(said, _SUMMARY_LENGTH)) if each and _true(each, text)]
    if not sentences:
        raise Ungrounded("the summary rests on numbers that nobody said")
    return " ".join(sentences[:_SENTENCES])


def _true(sentence: str, text: str) -> bool:
    """Whether every number of the sentence was sent."""
    said = set(_NUMBER.findall(text))
    return all(number in said or number.replace(",", ".") in said for number in _NUMBER.findall(sentence))


def _clean(text: str, most: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]
