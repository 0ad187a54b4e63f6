"""The lists that say who is who: nicknames, words of names, mailboxes and profiles that are nobody's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from shared.vocabulary.text import normalize

DATA: Final = Path(__file__).resolve().parent / "data" / "identity"
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


def latin(text: str) -> str:
    """Return comparable text with Cyrillic and Greek letters as Latin ones."""
    if text.isascii():
        return text
    return text.translate(_to_latin())


def folded(word: str) -> str:
    """Return a comparable word of a name with one spelling of umlauts: Mueller, Müller and Muller are one."""
    for spelling, letter in _UMLAUTS:
        word = word.replace(spelling, letter)
    return word


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return short or pet form -> given names it stands for, all comparable."""
    names: dict[str, frozenset[str]] = {}
    for _, given_name, forms in _rows("nicknames.tsv"):
        meaning = frozenset((_comparable(given_name),))
        for form in forms.split():
            key = _comparable(form)
            names[key] = names.get(key, frozenset()) | meaning
    return names


@cache
def name_words(kind: str) -> frozenset[str]:
    """Return words of names: `particle` or `family_first` (families of languages that write the family first)."""
    return _words_of("name_words.tsv", kind)


@cache
def suffixes() -> dict[str, str]:
    """Return a word behind a name -> the generation it means: `jun` and `jr` are one."""
    generations: dict[str, str] = {}
    for kind, forms in _rows("name_words.tsv"):
        _, is_suffix, generation = kind.partition("suffix:")
        if is_suffix:
            generations.update(dict.fromkeys(forms.split(), generation))
    return generations


@cache
def role_mailboxes() -> frozenset[str]:
    """Return local parts of addresses that belong to a role: `jobs`, `bewerbung`."""
    return _all_words("role_mailboxes.tsv")


@cache
def placeholders(part: str) -> frozenset[str]:
    """Return what stands in an address that was not known: `local` parts, `domain` labels, `ending` labels."""
    return _words_of("placeholder_addresses.tsv", part)


@cache
def placeholder_profiles() -> frozenset[str]:
    """Return names of LinkedIn profiles that belong to nobody: `username`."""
    return _all_words("placeholder_profiles.txt")


@cache
def ats_id_headers() -> frozenset[str]:
    """Return column names, without blanks and marks, whose value is a candidate's id in one system."""
    return _all_words("ats_id_headers.txt")


@cache
def _to_latin() -> dict[int, str]:
    letters: dict[int, str] = {}
    for letter, latin_letters in _rows("transliteration.tsv"):
        letters[ord(letter)] = latin_letters
    return letters


def _comparable(word: str) -> str:
    return folded(latin(normalize(word)))


def _rows(filename: str) -> list[list[str]]:
    """Return the lines of a list, each as its cells; lines that begin with # are comments."""
    rows: list[list[str]] = []
    text = (DATA / filename).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return rows


def _words_of(filename: str, key: str) -> frozenset[str]:
    """Return the words of the row of a list that begins with this key."""
    words = dict(_rows(filename))[key]
    return frozenset(words.split())


def _all_words(filename: str) -> frozenset[str]:
    """Return the words in the last cell of every row."""
    words: set[str] = set()
    for row in _rows(filename):
        words.update(row[-1].split())
    return frozenset(words)
