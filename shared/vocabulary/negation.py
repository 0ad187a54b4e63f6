"""What a request rules out, in the words of English, German, French and Spanish."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from shared.vocabulary.demands_nothing import demands_of
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
