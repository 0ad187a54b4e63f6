"""What a search or a job asks for."""

from __future__ import annotations

from typing import Literal

from shared.models.candidate import Evidence
from shared.models.frozen import Frozen


class RequiredSkill(Frozen):
    """A skill asked for, canonical name, with the words that ask for it."""

    name: str
    must: bool = True
    quote: str = ""


class Requirements(Frozen):
    """Read from a search text or a job offer. Empty means not asked, never 'anything is fine at 100 %'."""

    text: str = ""  # not stored with a job, whose fields it is made of
    functions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()  # `function/specialty`
    levels: tuple[str, ...] = ()  # any of these, best first
    manages_people: bool | None = None
    skills: tuple[RequiredSkill, ...] = ()
    min_years: float | None = None
    degree: Literal["bachelor", "master", "phd", "any"] | None = None
    fields_of_study: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    remote: bool = False
    # the text split for the four vectors; '' where nothing was said
    skill_text: str = ""
    experience_text: str = ""
    education_text: str = ""
    summary: str = ""  # two sentences; of jobs only
    quotes: tuple[Evidence, ...] = ()  # the words behind the other fields; `where` is the field
