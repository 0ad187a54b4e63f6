"""Spoken languages by the names they carry in each other, and the words for how well one is spoken."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.vocabulary.tables import read_names
from shared.vocabulary.text import normalize


def _languages() -> dict[str, str]:
    languages: dict[str, str] = {}
    for language, names in read_names("languages"):
        for name in names:
            languages[normalize(name)] = language
    return languages


_LANGUAGES: Final = _languages()  # name as `normalize` folds it -> language
_FILLER: Final = re.compile(r"^(?:język|lengua|langue)\s+|\s+(?:язык|language|dili|γλώσσα|भाषा)$", re.I)
_LEVEL: Final = re.compile(
    r"""(?<!\w)(?:[abc][12]\+?(?!\w)|n[1-5](?!\w)|native\w*|mother\w*|muttersprach\w*
    |langue\ maternelle|matern\w*|nativ\w*
    |madrelingua|ojczysty|ana\ ?dil\w*|родной|рідна|μητρική|اللغة\ الأم|שפת\ אם|मातृभाषा|母语|母語|모국어|bản\ ngữ
    |bilingu\w*
    |zweisprachig|fluent\w*|fließend|verhandlungssicher|courant|fluid\w*|płynn\w*|biegł\w*|akıcı|свободно\w*|άπταιστα
    |流利|流暢|유창|thành\ thạo
    |advanced|ileri|avanzad\w*|avançad\w*|avancé\w*|zaawansowan\w*|продвинут\w*|business
    |ビジネス|비즈니스
    |intermed\w*|intermédiaire|mittel\w*|średni\w*|orta|средн\w*|中级|中級|중급|trung\ cấp|basic\w*
    |grundkenntnisse|básic\w*|notions|scolaire|élémentaire|elementar\w*|podstaw\w*|temel
    |базов\w*|начальн\w*|日常会話
    |基础|初级|초급|cơ\ bản|conversation\w*|konversation\w*|proficient|working|professional|full|upper|beginner|anfänger
    |gut\w*|sehr\ gut|bueno|bom|toefl|ielts|toeic|jlpt|hsk|cefr)""",
    re.I | re.X,
)


@lru_cache(maxsize=4096)
def is_language(text: str) -> bool:
    """Whether the text is the name of a spoken language, in any of our languages."""
    if normalize(text) in _LANGUAGES:
        return True
    return normalize(_FILLER.sub("", text)) in _LANGUAGES


def says_level(text: str) -> bool:
    """Whether the text says how well something is spoken: `fluent`, `C1`, `Muttersprache`."""
    return _LEVEL.search(text) is not None
