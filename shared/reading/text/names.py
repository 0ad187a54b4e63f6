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
_APOSTROPHES: Final = str.maketrans("", "", "'’")
_DOUBLED: Final = re.compile(r"(.)\1+")
_READ_SCRIPTS: Final = "latin"
_FOREIGN: Final = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_EAST_ASIAN: Final = 0x3000  # code point from which on letters of Chinese, Japanese and Korean stand
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
    words = [word for word in tokenize(text) if _is_of_a_name(word)]
    without_degrees = _without_degrees(words)
    if len(without_degrees) > 1:  # `Ma Wei` is no master of arts
        words = without_degrees
    content: list[str] = []
    for word in words:
        letters = latin(word).translate(_APOSTROPHES)
        content += letters.replace("-", " ").split()
    return content


def _is_of_a_name(word: str) -> bool:
    if word.strip(".") in suffixes():
        return False
    return len(word) == 1 or not is_name_title(word)


def _without_degrees(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not is_degree(token)]


def _generation(text: str) -> str | None:
    for word in tokenize(text)[1:]:
        generation = suffixes().get(word.strip("."))
        if generation:
            return generation
    return None


def _capitals_last(text: str, tokens: list[str]) -> list[str]:
    """Put a family name in capitals last: `KOCH Anna`."""
    capitals: set[str] = set()
    others: set[str] = set()
    for part in re.split(r"[\s-]+", text):
        if len(part) < 2 or part.endswith("."):
            continue
        (capitals if part.isupper() else others).add(latin(normalize(part)))
    if not capitals or not others:
        return tokens
    return sorted(tokens, key=lambda token: token in capitals)


def _without_particles(tokens: list[str]) -> list[str]:
    kept = [token for token in tokens if token not in name_words("particle")]
    return kept if len(kept) > 1 else tokens


def _script(text: str) -> str:
    """Return `latin` for what can be read as Latin letters, else the block its first foreign letter is in."""
    letter = _FOREIGN.search(latin(text))
    if not letter:
        return _READ_SCRIPTS
    code = ord(letter[0])
    return f"block {code >> 9}" if code < _EAST_ASIAN else "east asian"


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
    return not _turned(a).isdisjoint(_turned(b))


def _turned(words: tuple[str, ...]) -> set[str]:
    """Return the letters of the words, beginning with each word in turn."""
    return {"".join(words[cut:] + words[:cut]) for cut in range(len(words))}


def _matches(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pair each word of the shorter name with one of the longer: equal or nickname first, initials last."""
    pairs: list[tuple[str, str]] = []
    free = list(long)
    left = list(short)
    for test in (_same_word, _is_initial_of):
        for word in tuple(left):
            match = next((other for other in free if test(word, other)), None)
            if match is not None:
                pairs.append((word, match))
                free.remove(match)
                left.remove(word)
    return pairs


def _all_matched(short: tuple[str, ...], long: tuple[str, ...], pairs: list[tuple[str, str]]) -> Agreement:
    """The shorter name is contained in the longer one."""
    whole_words: dict[str, str] = {}
    for word, match in pairs:
        if len(word) > 1 and len(match) > 1:
            whole_words[word] = match
    if len(whole_words) < 2 or short[0] not in whole_words:
        return Agreement.HALF
    return Agreement.SAME if long[0] in whole_words.values() else Agreement.HALF


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
