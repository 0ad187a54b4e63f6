"""The degree a job offer asks for: of the applicant, not of its founders, and not one it says is not needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from shared.vocabulary.study import fields_of_study

Degree = Literal["bachelor", "master", "phd", "any"]

_WORDS: Final[tuple[tuple[Degree, re.Pattern[str]], ...]] = (
    (
        "phd",
        re.compile(
            r"\bph\.?\s?d\b|\bdoctora|\b(?:abgeschlossene|erfolgreiche|und|oder|eine|mit) promotion\b|\bpromoviert|"
            r"\bdoutora|\bdoctorat",
            re.I,
        ),
    ),
    (
        "master",
        re.compile(
            r"\bmaster(?:'s|s|’s|studium|abschluss)\b|\bmaster (?:of|in|degree|en|em|or)\b|\bm\.?sc\b|"
            r"\bmba\b|\bmestrado|\bmaestr[ií]a|\bmáster|\bdiplom\b|bac ?\+ ?5",
            re.I,
        ),
    ),
    (
        "bachelor",
        re.compile(
            r"\bbachelor|\bb\.?sc\b|\bb\.?eng\b|\blicenciatura|\blicence (?:en|de|professionnelle|universitaire)\b|"
            r"\bniveau licence\b|\bgrado en|\bbacharelado|\bbac ?\+ ?3|\bundergraduate degree",
            re.I,
        ),
    ),
    (
        "any",
        re.compile(
            r"(?<!\d[- ])(?<!\d)\bdegree\b(?! (?:view|feedback|rotation|of (?!bachelor|master|doctor)))|"
            r"\bstudium\b|hochschulabschluss|studienabschluss|diplôme|formation supérieure|"
            r"título universitario|titulación|carrera universitaria|ensino superior|graduação|"
            r"formação superior|university education|llb\b",
            re.I,
        ),
    ),
)
_DENIED_BEFORE: Final = re.compile(
    r"\bno (?:formal |university |specific |particular |college )?$|"
    r"\b(?:not(?! only)|never|without|regardless of|irrespective of|instead of|rather than|more than|"
    r"(?:do|does|is|are)n['’]t|kein\w*|ohne|nicht(?! nur)|statt|mehr als|unabhängig|pas(?! seulement)|sans|"
    r"plutôt qu\w*|plus qu\w*|aucun\w*|sin|ning[uú]n\w*|no (?:es |se )?(?:necesari|requi|exig|hace falta)\w*|más que|"
    r"não(?! só)|sem|mais (?:do )?que|nenhum\w*)\b[^,;:]{0,30}$",
    re.IGNORECASE,
)
_DENIED_AFTER: Final = re.compile(
    r"^[^.;]{0,40}?(?:\b(?:not|never)\b (?:\w+ )?(?:required|necessary|needed|essential|mandatory|a must|matter)|"
    r"n['’]t (?:\w+ )?(?:required|needed|necessary|matter)|\bunnecessary|\birrelevant|\bunimportant|"
    r"\bnicht (?:\w+ )?(?:erforderlich|notwendig|nötig|zwingend)|\bkeine (?:voraussetzung|bedingung|pflicht)|"
    r"\bpas (?:\w+ )?(?:requis|obligatoire|nécessaire|exigé|indispensable)|"
    r"\bno (?:es |se )?(?:necesari|requ|imprescindible|obligatori|exig)|"
    r"\bnão (?:é |se )?(?:necessári|obrigatóri|exig))",
    re.IGNORECASE,
)
_ORDER: Final[tuple[Degree, ...]] = ("bachelor", "master", "phd", "any")
_OTHERS: Final = re.compile(r"\b(?:our|we|us|wir|unser\w*|uns|nous|nos|notre|nuestr\w+|noss\w+)\b", re.IGNORECASE)
_ASKED: Final = re.compile(
    r"\b(?:you|your|requir\w+|needs?|look(?:ing)? for|seek\w*|expect\w*|ask for|must|want|du|sie|ihr\w*|dein\w*|"
    r"erwarten|suchen|verlangen|brauchen|vous|votre|demand\w+|cherchons|recherchons|exig\w+|requier\w+|buscamos|pedimos|"
    r"você|procuramos|candidat\w*|applicants?)\b",
    re.IGNORECASE,
)
_OFFERED: Final = re.compile(
    r"\b(?:support|fund|sponsor|pay|finance|offer)(?:s|ing)?\b|\bfördern|finanzieren|übernehmen|finançons|financiamos",
    re.IGNORECASE,
)


def degree(sentences: Iterable[str]) -> tuple[Degree | None, tuple[str, ...], list[str]]:
    """Return (lowest degree asked for, fields of study, the sentences that ask) of those that are a must."""
    degrees: set[Degree] = set()
    fields: dict[str, None] = {}
    asking_sentences: list[str] = []
    for sentence in sentences:
        sentence_degrees = _degrees_in(sentence)
        if not sentence_degrees or _is_of_others(sentence):
            continue
        asking_sentences.append(sentence.strip())
        degrees |= sentence_degrees
        fields |= dict.fromkeys(fields_of_study(sentence.strip()))
    lowest = min(degrees, key=_ORDER.index, default=None)
    return lowest, tuple(fields), asking_sentences


def _degrees_in(sentence: str) -> set[Degree]:
    """Return the degrees that a sentence asks for; any degree only where it names no other."""
    degrees: set[Degree] = set()
    for name, pattern in _WORDS:
        for match in pattern.finditer(sentence):
            if not _is_denied(sentence, match):
                degrees.add(name)
                break
    if len(degrees) > 1:
        degrees.discard("any")
    return degrees


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words around a degree say that it is not needed."""
    before = sentence[: match.start()]
    behind = sentence[match.end() :]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.search(behind))


def _is_of_others(sentence: str) -> bool:
    """Whether a degree is the founders', or one that the house would pay for."""
    if not _OTHERS.search(sentence):
        return False
    return bool(_OFFERED.search(sentence)) or not _ASKED.search(sentence)
