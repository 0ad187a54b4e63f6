"""The lists that say who is who: nicknames, words of names, mailboxes and profiles that are nobody's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from shared.vocabulary.text import normalize

DATA: Final = Path(__file__).resolve().parent / "data" / "identity"

_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


@cache
def _to_latin() -> dict[int, str]:
    return {ord(letter): latin_letters for letter, latin_letters in _lines("transliteration.tsv")}


def latin(text: str) -> str:
    """Return comparable text with Cyrillic and Greek letters as Latin ones."""
    return text if text.isascii() else text.translate(_to_latin())


def folded(word: str) -> str:
    """Return a comparable word of a name with one spelling of umlauts: Mueller, Müller and Muller are one."""
    for spelling, letter in _UMLAUTS:
        word = word.replace(spelling, letter)
    return word


def _lines(filename: str) -> list[list[str]]:
    """Return the lines of a list, each as its cells; lines that begin with # are comments."""
    text = (DATA / filename).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return short or pet form -> given names it stands for, all comparable as `latin` writes them."""
    names: dict[str, set[str]] = {}
    for _, given, forms in _lines("nicknames.tsv"):
        for form in forms.split():
            names.setdefault(folded(latin(normalize(form))), set()).add(folded(latin(normalize(given))))
    return {form: frozenset(given) for form, given in names.items()}


@cache
def name_words(kind: str) -> frozenset[str]:
    """Return words of names: `particle` or `family_first` (families of languages that write the family first)."""
    return frozenset(word for row in _lines("name_words.tsv") if row[0] == kind for word in row[1].split())


@cache
def suffixes() -> dict[str, str]:
    """Return a word behind a name -> the generation it means: `jun` and `jr` are one."""
    words: dict[str, str] = {}
    for kind, forms in _lines("name_words.tsv"):
        if kind.startswith("suffix:"):
            words |= dict.fromkeys(forms.split(), kind.removeprefix("suffix:"))
    return words


@cache
def role_mailboxes() -> frozenset[str]:
    """Return local parts of addresses that belong to a role: `jobs`, `bewerbung`."""
    return frozenset(word for _, words in _lines("role_mailboxes.tsv") for word in words.split())


@cache
def placeholders(part: str) -> frozenset[str]:
    """Return what stands in an address that was not known: `local` parts, `domain` labels, `ending` labels."""
    return frozenset(word for row in _lines("placeholder_addresses.tsv") if row[0] == part for word in row[1].split())


@cache
def placeholder_profiles() -> frozenset[str]:
    """Return names of LinkedIn profiles that belong to nobody: `username`."""
    return frozenset(word for (words,) in _lines("placeholder_profiles.txt") for word in words.split())


@cache
def ats_id_headers() -> frozenset[str]:
    """Return column names, without blanks and marks, whose value is a candidate's id in one system."""
    return frozenset(word for (words,) in _lines("ats_id_headers.txt") for word in words.split())
