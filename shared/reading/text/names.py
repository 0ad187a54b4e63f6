"""Two names compared, given and family name apart: one person's, perhaps one person's, or plainly two people's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from shared.reading.text.identity import is_degree, is_name_title
from shared.vocabulary.identity_lists import folded, latin, name_words, nicknames, suffixes
from shared.vocabulary.text import normalize, tokenize

_BRACKETED: Final = re.compile(r"<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^”]*”")
_SOUNDS: Final = tuple(
    pair.split(">")
    for pair in (
        "shch>sc sch>s ch>c sh>s zh>z kh>h ph>f th>t yo>e ye>e jo>e je>e ya>ia ja>ia yu>iu ju>iu "
        "ou>u oo>u ee>i ck>k y>i j>i w>v q>k x>ks"
    ).split()
)
_VOWELS: Final = str.maketrans("", "", "aeiou")
_DOUBLED: Final = re.compile(r"(.)\1+")
_READ_SCRIPTS: Final = "latin"
_LONG: Final = 5  # letters of a family name in which one may be mistyped


class Agreement(Enum):
    """How two names agree."""

    SAME = "both names agree"
    HALF = "one of the two names agrees"
    FAINT = "the names may be one: a script that is not read, or given names that are alike"
    DIFFERENT = "the names are plainly different"
    UNKNOWN = "a name is missing"


@dataclass(frozen=True)
class ParsedName:
    """A name in comparable words, the given name first as far as the text shows it."""

    tokens: tuple[str, ...]
    generation: str | None = None  # `jr`, `sr`, `3`
    script: str = _READ_SCRIPTS
    is_transliterated: bool = False

    @property
    def is_family_first(self) -> bool:
        """Whether it begins with a frequent family name of a language that writes the family first."""
        return self.tokens[0] in name_words("family_first")


@lru_cache(maxsize=16384)
def parse_name(text: str) -> ParsedName:
    """Return the comparable words of a name: no titles, degrees, brackets and particles; accents do not count."""
    text = _BRACKETED.sub(" ", text)
    head, comma, tail = text.partition(",")
    words_behind = _without_degrees(_content(tail)) if comma else []
    generation = _generation(text)
    tokens = _content(head)
    if not comma:
        tokens = _capitals_last(head, tokens)
    tokens = [*words_behind, *tokens]
    comparable = tuple(folded(token) for token in _without_particles(tokens))
    letters = normalize(text)
    return ParsedName(comparable, generation, _script(letters), latin(letters) != letters)


def _content(text: str) -> list[str]:
    """Return the words that name somebody; hyphenated ones one by one."""
    said = [word for word in tokenize(text) if _plain_suffix(word) not in suffixes()]
    named = [word for word in said if len(word) == 1 or not is_name_title(word)]
    learned = _without_degrees(named)
    content: list[str] = []
    for word in learned if len(learned) > 1 else named:  # `Ma Wei` is no master of arts
        content += [part for part in latin(word).replace("'", "").replace("’", "").split("-") if part]
    return content


def _without_degrees(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not is_degree(token)]


def _generation(text: str) -> str | None:
    for word in tokenize(text)[1:]:
        if generation := suffixes().get(_plain_suffix(word)):
            return generation
    return None


def _plain_suffix(word: str) -> str:
    return word.strip(".")


def _capitals_last(text: str, tokens: list[str]) -> list[str]:
    """Put a family name in capitals last: `KOCH Anna`."""
    written = [part for part in re.split(r"[\s-]+", text) if len(part) > 1 and not part.endswith(".")]
    capitals = [latin(normalize(part)) for part in written if part.isupper()]
    if not capitals or len(capitals) == len(written) or not tokens or tokens[0] not in capitals:
        return tokens
    given = [token for token in tokens if token not in capitals]
    family = [token for token in tokens if token in capitals]
    return [*given, *family]


def _without_particles(tokens: list[str]) -> list[str]:
    kept = [token for token in tokens if token not in name_words("particle")]
    return kept if len(kept) > 1 else tokens


def _script(text: str) -> str:
    """Return `latin` for what can be read as Latin letters, else the block its first foreign letter is in."""
    for letter in latin(text):
        if letter.isalpha() and ord(letter) > 0x24F and not 0x1E00 <= ord(letter) <= 0x1EFF:
            return f"block {ord(letter) >> 9}" if ord(letter) < 0x3000 else "east asian"
    return _READ_SCRIPTS


@lru_cache(maxsize=65536)
def compare_names(one: str, other: str) -> Agreement:
    """Return how two names agree, in whatever order and script they are written."""
    first, second = parse_name(one), parse_name(other)
    if not first.tokens or not second.tokens:
        return Agreement.UNKNOWN
    if first.generation and second.generation and first.generation != second.generation:
        return Agreement.DIFFERENT
    agreement = _compare(first, second)
    if agreement is Agreement.SAME and first.generation != second.generation:
        return Agreement.HALF  # father and son, or one of them who does not always write it
    return agreement


def are_plainly_different(one: str, other: str) -> bool:
    """Whether two names cannot well be one person's."""
    return compare_names(one, other) is Agreement.DIFFERENT


def _compare(first: ParsedName, second: ParsedName) -> Agreement:
    a, b = first.tokens, second.tokens
    if sorted(a) == sorted(b) or _joined_alike(a, b):
        return Agreement.SAME
    if first.script != second.script:
        return Agreement.FAINT
    short, long = sorted((a, b), key=len)
    pairs = _matches(short, long)
    if len(pairs) == len(short):
        return _all_matched(short, long, pairs)
    return _partly_matched(first, second)


def _joined_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the names are the same letters, cut otherwise: `Min-jun Kim`, `Kim Minjun`."""
    if len(a) == len(b) == 1 or "".join(sorted("".join(a))) != "".join(sorted("".join(b))):
        return False
    turned = {"".join(b[cut:] + b[:cut]) for cut in range(len(b))}
    return any("".join(a[cut:] + a[:cut]) in turned for cut in range(len(a)))


def _matches(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pair each word of the shorter name with one of the longer: equal or nickname first, initials last."""
    pairs: list[tuple[str, str]] = []
    free = list(long)
    for test in (_same_word, _is_initial_of):
        taken = {word for word, _ in pairs}
        for word in short:
            match = next((other for other in free if test(word, other)), None) if word not in taken else None
            if match is not None:
                pairs.append((word, match))
                free.remove(match)
    return pairs


def _all_matched(short: tuple[str, ...], long: tuple[str, ...], pairs: list[tuple[str, str]]) -> Agreement:
    """The shorter name is contained in the longer one."""
    full = [pair for pair in pairs if len(pair[0]) > 1 and len(pair[1]) > 1]
    if len(short) == 1:
        return Agreement.HALF
    leading = next((pair for pair in pairs if pair[0] == short[0]), None)
    begins_alike = long[0] in {match for _, match in full}
    starts_with_initial = leading is not None and leading not in full
    if len(full) < 2 or starts_with_initial or not begins_alike:
        return Agreement.HALF
    return Agreement.SAME


def _partly_matched(first: ParsedName, second: ParsedName) -> Agreement:
    """Each name has a word that the other has not."""
    a, b = first.tokens, second.tokens
    if len(a) == 1 or len(b) == 1:
        return Agreement.DIFFERENT
    given, family = _word_agreement(a[0], b[0]), _word_agreement(a[-1], b[-1])
    if given == "same" and first.is_family_first and second.is_family_first:
        return Agreement.DIFFERENT
    if given == "same" and family == "alike":
        return Agreement.SAME if min(len(a[-1]), len(b[-1])) >= _LONG else Agreement.HALF
    if given == "same":
        return Agreement.HALF
    if first.is_transliterated != second.is_transliterated and _all_sound_alike(a, b):
        return Agreement.SAME
    if given == "alike" and family in ("same", "alike"):
        return Agreement.FAINT
    return Agreement.DIFFERENT


def _word_agreement(one: str, other: str) -> str:
    if _same_word(one, other):
        return "same"
    if _is_initial_of(one, other):
        return "same"
    return "alike" if _sounds_alike(one, other) or _is_mistyped(one, other) else "other"


def _same_word(one: str, other: str) -> bool:
    return one == other or (len(one) > 1 and len(other) > 1 and bool(_meanings(one) & _meanings(other)))


def _meanings(word: str) -> frozenset[str]:
    """Return the word and the given names it may be short for."""
    return nicknames().get(word, frozenset()) | {word}


def _is_initial_of(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0] and one[0].isascii()


def _all_sound_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) != len(b):
        return False
    return any(all(map(_sounds_alike, a, b[cut:] + b[:cut])) for cut in range(len(b)))


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two words differ only in how sounds are spelled: `Yusuf`, `Youssef`."""
    first, second = _sound(one), _sound(other)
    if first == second:
        return True
    bones = first.translate(_VOWELS)
    return len(bones) > 1 and bones == second.translate(_VOWELS) and first[0] == second[0]


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", word)


def _is_mistyped(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, doubled, or changed places with its neighbour."""
    return min(len(one), len(other)) >= _LONG - 1 and OSA.distance(one, other, score_cutoff=1) <= 1
