"""What of an offer demands nothing: what the employer offers or is, and what is said not to be needed."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = 5  # words; a longer line that opens with an offer is the offer itself, not its heading
_NOT_REQUIRED: Final = re.compile(
    r"\b(?:(?:is|are|was)?n['’]t|not|no longer)\s+(?:\w+\s+)?(?:required|needed|necessary|mandatory|a\s+must|essential|"
    r"expected)\b|"
    r"\bno\b[^,;.\n]{2,40}\b(?:required|needed|necessary)\b|\bunnecessary\b|"
    r"\b(?:nicht|keine?)\s+(?:\w+\s+)?(?:erforderlich|nötig|notwendig|vorausgesetzt|voraussetzung|muss|pflicht)\b|"
    r"\b(?:pas|non)\s+(?:\w+\s+)?(?:nécessaires?|requise?s?|exigée?s?|obligatoires?|indispensables?)\b|"
    r"\bno\s+(?:es|son|se)?\s*(?:necesari[oa]s?|requerid[oa]s?|obligatori[oa]s?|requiere|imprescindible)\b",
    re.IGNORECASE,
)
_BEHIND_US: Final = re.compile(
    r"\bused\s+to\s+be\b|\bleft\s+(?:it|them|that)?\s*behind\b|\bmigrated\s+(?:away\s+)?from\b|\bmoved\s+away\s+from\b|"
    r"\bwe\s+no\s+longer\b|\bfrüher\s+(?:nutzten|hatten)\b|\bnous\s+avons\s+abandonné\b|\bya\s+no\s+usamos\b",
    re.IGNORECASE,
)
_OFFERS: Final = re.compile(
    r"^\W*(?:(?:what\s+)?we\s+offer|we\s+provide|our\s+(?:offer|benefits)|benefits|perks(?:\s+and\s+benefits)?|"
    r"what['’]s\s+in\s+it\s+for\s+you|about\s+(?:us|the\s+company)|who\s+we\s+are|our\s+(?:mission|values|story)|"
    r"(?:das\s+|was\s+)?(?:bieten\s+wir|wir\s+bieten)|wir\s+über\s+uns|über\s+uns|unser\s+angebot|deine\s+vorteile|"
    r"(?:ce\s+que\s+)?nous\s+(?:offrons|proposons)|à\s+propos\s+de\s+nous|qui\s+sommes[- ]nous|nos\s+avantages|"
    r"(?:qué\s+|te\s+)?ofrecemos|sobre\s+nosotros|quiénes\s+somos|beneficios)\b",
    re.IGNORECASE,
)
_ABOUT_US: Final = re.compile(
    r"\b(?:matters?|important)\s+to\s+us\b|\bequal\s+opportunit|\bno\s+(?:recruitment\s+)?agenc(?:y|ies)\b|"
    r"\bkeine\s+(?:agenturen|personalvermittl\w+)|\bchancengleichheit\b|\bégalité\s+des\s+chances\b|"
    r"\bigualdad\s+de\s+oportunidades\b",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"^(?:[^.!?]{2,60}:\s*|#+\s.*|\*\*[^*]+\*\*\s*)$")
_OPENS_DEMANDS: Final = re.compile(
    r"^\W*(?:you(?:['’]ll|r)?\b|requirements?|what\s+you|must|skills|your|du\b|dein|ihr\b|sie\b|anforderungen|profil|"
    r"vous|votre|requisitos|tu\b|perfil)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")


def demands_of(text: str) -> str:
    """Return the text without what demands nothing: what the employer offers or is, what is said not to be needed."""
    lines = []
    in_offer = False
    for line in text.splitlines():
        offers = bool(_OFFERS.search(line))
        if offers:
            in_offer = bool(_HEADING.search(line)) or len(line.split()) <= _SHORT
        elif in_offer and (_HEADING.search(line) or _OPENS_DEMANDS.search(line)):
            in_offer = False
        lines.append("" if offers or in_offer else _demanding_sentences(line))
    return "\n".join(lines)


def _demanding_sentences(line: str) -> str:
    if not (_NOT_REQUIRED.search(line) or _BEHIND_US.search(line) or _ABOUT_US.search(line) or _offers_inside(line)):
        return line
    kept = [_demanding_clauses(sentence) for sentence in _SENTENCE.split(line)]
    return " ".join(sentence for sentence in kept if sentence)


def _offers_inside(line: str) -> bool:
    return any(_OFFERS.search(sentence) for sentence in _SENTENCE.split(line))


def _demanding_clauses(sentence: str) -> str:
    if _BEHIND_US.search(sentence) or _OFFERS.search(sentence):
        return ""
    clauses = []
    for clause in sentence.split(","):
        demands_nothing = _NOT_REQUIRED.search(clause) or _ABOUT_US.search(clause)
        if not demands_nothing:
            clauses.append(clause)
    return ",".join(clauses)
