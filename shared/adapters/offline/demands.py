"""The smaller demands of a job offer: people to lead, place, remote, and what is only nice to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from shared.adapters.offline.years_asked import COUNT
from shared.vocabulary.places import find_places

_TEAM: Final = (
    rf"(?:{COUNT}\b|teams?\b|people\b|staff\b|direct reports|departments?\b|group\b|abteilung|mitarbeiter|"
    rf"équipes?|equipes?|"
    r"equipos?|personas|pessoas|personnes|engineers\b|recruiters\b|developers\b|analysts\b|designers\b|"
    r"nurses\b|all of\b)"
)
_LEADS: Final = re.compile(
    r"\bpeople manag|\bdirect reports|personalverantwortung|disziplinarische|führungsverantwortung|personal a cargo|"
    r"gest(?:ão|ión) de (?:pessoas|personas|equip)|management d'équipe|encadrement|"
    r"\b(?:lead|leading|manage|managing|supervise|head up|führen|führst|führung|leiten|leitest|leitung|"
    r"encadrer|manager|diriger|"
    r"liderar|dirigir|gerenciar|gestionar|coordenar)\s+(?:(?:a|an|the|our|your|its|eines?|ein|das|die|"
    r"unser\w*|une?|una?|um|uma|o|el|la|"
    rf"growing|small|large|whole|entire|great)\s+){{0,3}}(?:\w+\s+)?{_TEAM}",
    re.IGNORECASE,
)
_NO_TEAM: Final = re.compile(
    r"(?:not|n't|never|no|without|kein\w*|ohne|ne\b.{0,12}pas|sans|sin|não|no tiene|sem)\W+(?:\w+\W+){0,4}?"
    r"(?:manage|managing|people manag|direct reports|personalverantwortung|führungsverantwortung|encadr|"
    r"management d|personal a cargo|"
    r"gest(?:ão|ión) de|lead people|lead a team|team leadership|people\b)|individual contributor",
    re.IGNORECASE,
)
_NICE: Final = re.compile(
    r"nice[- ]to[- ]have|\b(?:is|are|as|considered|would be)\s+an?\s+(?:\w+\s+)?(?:plus|bonus|advantage)|"
    r"\ba (?:big |strong )?plus\b|\bbonus|preferabl|"
    r"\bpreferred|\bdesirable|\bideally|\boptional|von vorteil|wünschenswert|idealerweise|gerne auch|"
    r"pluspunkt|un (?:vrai )?plus\b|"
    r"souhait|appréci|idéalement|atout|deseable|valorable|se valora|preferib|desejável|desejavel|"
    r"diferencia(?:l|is)|um plus|será um",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")
_HEADING: Final = re.compile(r"^[^.!?]{2,60}:\s*$|^#+\s|^\*\*[^*]+\*\*\s*$")
_WHERE: Final = re.compile(
    r"\b(?:location|locations|standort|arbeitsort|lieu|localisation|ubicaci[oó]n|lugar|local|localização|"
    r"place of work|office)\s*:|"
    r"\b(?:based|located|basé|basée|situé|con sede|sediad[oa]|ansässig)\s+(?:in|at|à|a|en|em)\b|"
    r"\boffices? in\b|\b(?:büro|standort) in\b|\bon[- ]?site in\b",
    re.IGNORECASE,
)
_REMOTE: Final = re.compile(
    r"\b(?:fully |100 ?% )?remote(?:ly)?\b(?! (?:support|control|sens|access|monitoring))|"
    r"\bhome[- ]?office\b|\btélétravail|\bteletrabajo|\bteletrabalho|"
    r"\bremot[oa]\b|\bwork from home|\bwork from anywhere",
    re.IGNORECASE,
)
_NOT_REMOTE: Final = re.compile(
    r"\b(?:no|not|kein|pas de|sin|sem|não)\s+(?:\w+\s+)?(?:remote|home[- ]?office|télétravail|teletrab|remot)", re.I
)


def manages(text: str) -> tuple[bool | None, str]:
    """Return whether people are to be led, and the words: False where the text denies it, None where it is not said."""
    denial = _NO_TEAM.search(text)
    if denial:
        return False, denial.group()
    demand = _LEADS.search(text)
    if demand:
        return True, demand.group()
    return None, ""


def sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each sentence, and whether what it asks is only nice to have: by its own words, or by its heading."""
    is_optional_section = False
    for line in text.splitlines():
        if _HEADING.search(line):
            is_optional_section = bool(_NICE.search(line))
        for sentence in _SENTENCE.split(line):
            if not sentence.strip():
                continue
            is_optional = is_optional_section or bool(_NICE.search(sentence))
            yield sentence, is_optional


def places(head: str, body: str) -> dict[str, str]:
    """Return where the work is, place -> its words: of the head, and of lines that say so; customers' do not count."""
    lines = [line for line in body.splitlines() if _WHERE.search(line)]
    mentions = find_places(head)
    for line in lines:
        mentions = [*mentions, *find_places(line)]
    countries = {country for place, country, _ in mentions if place != country}
    words_of: dict[str, str] = {}
    for place, _, words in mentions:
        if place not in countries:
            words_of.setdefault(place, words)
    return words_of


def remote(text: str) -> str:
    """Return the words that allow work from anywhere; '' where none do."""
    if _NOT_REMOTE.search(text):
        return ""
    match = _REMOTE.search(text)
    if match is None:
        return ""
    return match.group()
