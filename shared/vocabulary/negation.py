"""What a text rules out or plainly does not ask for, in the words of English, German, French and Spanish."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from shared.vocabulary.text import normalize

_LONGEST_PHRASE: Final = 5  # words that one negation reaches
_CLAUSE_ENDS: Final = r",;:.!?\n()\[\]"
# Negation words that say something else together with what follows ("not only", "no later than"), or what the reader
# of demands reads as a whole ("no remote work", "without people to lead").
_NO_NEGATION: Final = (
    r"only|just|later|more|less|least|fewer|matter|problem|limit|necessarily|too|sooner|nur|mehr|weniger|unbedingt|"
    r"seulement|moins|plus|forcément|solo|sólo|más|menos|necesariamente|"
    r"remote|home|people|managing|management|direct|team|leading|experience|degree|personalverantwortung|"
    r"führungsverantwortung|erfahrung|télétravail|encadrement|expérience|teletrabajo|personal|experiencia"
)
_RULES_OUT: Final = (
    r"without|excluding|excludes?|except(?:\s+for)?|but\s+(?:not?|without)|and\s+not?|not|no|never|non|minus|"
    r"aber\s+(?:nicht|keine?[nmrs]?|ohne)|nicht|ohne|keine?[nmrs]?|außer|ausser|"
    r"mais\s+(?:pas|sans)|sans|pas\s+(?:de|d['’]|un|une)|hors|sauf|"
    r"pero\s+(?:no|sin)|sin|excepto|salvo|que\s+no\s+sea"
)
_ARTICLE: Final = r"(?:(?:an?|any|the|eine?[nmrs]?|der|die|das|une?|des|les|la|le|una?|el|los|las|de)\s+|[dl]['’])*"
# Where the reach of a negation ends inside a clause.
_PHRASE_ENDS: Final = frozenset(
    "but with who whom that which in at from near for on and as to within aber mit und der die das im aus bei für mais "
    "avec et qui dans à chez pour pero con y que en para".split()
)
_EXCLUSION: Final = re.compile(
    rf"(?:^|(?<=[\s{_CLAUSE_ENDS}]))(?:{_RULES_OUT})\s*(?<!\w)(?!(?:{_NO_NEGATION})\b){_ARTICLE}"
    rf"(?P<phrase>[^{_CLAUSE_ENDS}]+)",
    re.IGNORECASE,
)
_ALTERNATIVE: Final = re.compile(r"\s*(?:/|\b(?:or|nor|oder|noch|ou|ni|o)\b)\s*", re.IGNORECASE)
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


class Exclusions(NamedTuple):
    """A request taken apart: what it asks for, and the phrases it rules out, as written."""

    asked: str
    excluded: tuple[str, ...]


def split_exclusions(text: str) -> Exclusions:
    """Return what one short request asks for and what it rules out: `Java not JavaScript`, `UX ohne Figma`."""
    asked, excluded, position = [], [], 0
    demanded = demands_of(text)
    while found := _EXCLUSION.search(demanded, position):
        phrase = _reach(found["phrase"])
        asked.append(demanded[position : found.start()])
        position = found.start("phrase") + len(phrase)
        excluded += [part.strip() for part in _ALTERNATIVE.split(phrase) if part.strip()]
    asked.append(demanded[position:])
    return Exclusions(_tidy(" ".join(asked)), tuple(excluded))


def demands_of(text: str) -> str:
    """Return the text without what demands nothing: what the employer offers or is, what is said not to be needed."""
    lines = []
    in_offer = False
    for line in text.splitlines():
        offers = bool(_OFFERS.search(line))
        if offers:
            in_offer = bool(_HEADING.search(line)) or len(line.split()) <= _LONGEST_PHRASE
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


def _reach(phrase: str) -> str:
    """Return how much of a clause its negation rules out: up to a joining word, five words at most."""
    end = 0
    for count, word in enumerate(re.finditer(r"\S+", phrase)):
        if count == _LONGEST_PHRASE or (count and normalize(word.group()) in _PHRASE_ENDS):
            break
        end = word.end()
    return phrase[:end]


def _tidy(text: str) -> str:
    bare = re.sub(r"\(\s*\)", " ", text)
    spaced = re.sub(r"[^\S\n]+", " ", bare)
    return re.sub(r"\s+(?=[,;.])", "", spaced).strip(" ,;")
