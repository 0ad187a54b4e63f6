"""Invented people in eighteen languages, and every way their names and addresses are written in an export."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import quote

DATA: Final = Path(__file__).with_name("data") / "identity_names.json"
LETTERS_BESIDE_MARKS: Final = str.maketrans("łŁøØđĐıæÆœßþÞ", "lLoOdDiaAostT")
GERMAN_SPELLING: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
BASE36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
SCRIPTS_WITHOUT_SPACES: Final = ("zh", "ja", "ko")


@cache
def word_lists() -> dict[str, Any]:
    """Return the lists of names, places, employers and addresses."""
    lists: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return lists


@dataclass(frozen=True)
class Name:
    """A name in its parts, and as one text."""

    given: str
    family: str
    text: str


@dataclass(frozen=True)
class Position:
    """One line of a career; `end` is empty for the present position; dates are MM/YYYY."""

    title: str
    company: str
    start: str
    end: str

    def text(self) -> str:
        """Return the position as an export writes it."""
        return f"{self.title} at {self.company} ({self.start} to {self.end or 'Present'})"


@dataclass(frozen=True)
class Person:
    """Somebody invented. `given_forms` and `family_forms` hold the native spelling first, then Latin ones."""

    number: int
    language: str
    name: Name
    given_forms: tuple[str, ...]
    family_forms: tuple[str, ...]
    city: str
    phone: str
    email: str
    other_email: str
    linkedin_name: str
    career: tuple[Position, ...]
    education: str

    def key(self, fact: str) -> str:
        """Return the truth's name of a fact that belongs to this person alone."""
        return f"{fact}:{self.number}"

    def native(self) -> Name:
        """Return the name in the person's own script."""
        return full_name(self.language, self.given_forms[0], self.family_forms[0])

    def latin(self) -> Name:
        """Return the name in Latin letters, by the first transliteration."""
        return latin_name(self.given_forms, self.family_forms, 1)

    def other_latin(self) -> Name:
        """Return the name in Latin letters, by the last transliteration."""
        return latin_name(self.given_forms, self.family_forms, -1)


def full_name(language: str, given: str, family: str) -> Name:
    """Return a name written in the order of its language."""
    if language in SCRIPTS_WITHOUT_SPACES and not given.isascii():
        return Name(given, family, family + given)
    if language == "vi":
        return Name(given, family, f"{family} {given}")
    return Name(given, family, f"{given} {family}")


def latin_name(given_forms: tuple[str, ...], family_forms: tuple[str, ...], form: int) -> Name:
    """Return the name from one Latin form of each part; a part with one form is Latin already."""
    given = given_forms[form] if len(given_forms) > 1 else given_forms[0]
    family = family_forms[form] if len(family_forms) > 1 else family_forms[0]
    return Name(given, family, f"{given} {family}")


def without_marks(text: str) -> str:
    """Return text without diacritics: Müller as Muller, Łukasz as Lukasz."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters.replace("ß", "ss").translate(LETTERS_BESIDE_MARKS)


def german_spelling(text: str) -> str:
    """Return text with ä as ae, ß as ss, ø as oe; the case of the first letter stays."""
    letters = []
    for letter in text:
        spelled = GERMAN_SPELLING.get(letter.lower(), letter)
        changed = letter.lower() in GERMAN_SPELLING
        letters.append(spelled.capitalize() if changed and letter.isupper() else spelled)
    return "".join(letters)


def rewritten(name: Name, change: Callable[[str], str]) -> Name:
    """Return a name with every part changed in the same way."""
    return Name(change(name.given), change(name.family), change(name.text))


def ascii_words(*texts: str) -> list[str]:
    """Return the words of texts as lower-case ASCII letters, for addresses."""
    words = []
    for text in texts:
        letters = "".join(letter for letter in without_marks(text).lower() if letter.isascii() and letter.isalpha())
        words.append(letters or "x")
    return words


def spelled_identity(given_forms: Sequence[str], family_forms: Sequence[str]) -> tuple[str, ...]:
    """Return what two bearers of one name have in common, in Latin letters and any order."""
    latin = latin_name(tuple(given_forms), tuple(family_forms), 1)
    return tuple(sorted(ascii_words(latin.given, latin.family)))


def base36(number: int) -> str:
    """Return a number in the digits 0-9a-z."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = BASE36[rest] + digits
        if number == 0:
            return digits


class People:
    """A source of invented people. No two have one name unless asked for; addresses and phones are never repeated."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lists = word_lists()
        self.languages: dict[str, Any] = self.lists["languages"]
        self.full_names: set[tuple[str, ...]] = set()
        self.count = 0
        self.serial = 0

    def person(self, languages: Iterable[str] = (), suitable: Callable[[Person], bool] | None = None) -> Person:
        """Return a new person of one of the languages (all when none is given) who is suitable."""
        while True:
            person = self.draw(tuple(languages))
            if suitable is None or suitable(person):
                return person
            self.full_names.discard(spelled_identity(person.given_forms, person.family_forms))

    def draw(self, languages: tuple[str, ...]) -> Person:
        """Return a new person with a name nobody has."""
        language = self.language(languages)
        for attempt in range(1000):
            given = self.random.choice(self.languages[language]["given"]).split("|")
            family = self.random.choice(self.languages[language]["family"]).split("|")
            if attempt > 50:  # the names of this language are nearly used up
                further = self.random.choice(self.languages[language]["family"]).split("|")
                family = [f"{family[0]} {further[0]}", *(f"{family[-1]} {further[-1]}" for _ in family[1:])]
            identity = spelled_identity(given, family)
            if identity not in self.full_names:
                self.full_names.add(identity)
                return self.made(language, tuple(given), tuple(family))
        raise ValueError(f"the names of {language} are used up: generate fewer people")

    def language(self, languages: tuple[str, ...]) -> str:
        """Return a language, drawn by its weight."""
        choices = languages or tuple(self.languages)
        weights = [self.languages[choice]["weight"] for choice in choices]
        return self.random.choices(choices, weights)[0]

    def namesake(self, person: Person, **changes: Any) -> Person:
        """Return another person of the same name; everything else differs unless it is among the changes."""
        other = self.made(person.language, person.given_forms, person.family_forms)
        return replace(other, name=person.name, **changes)

    def relative(self, person: Person, given: str = "") -> Person:
        """Return another person of the same family name and city; the given name is drawn unless it is said."""
        while True:
            drawn = given or self.random.choice(self.languages[person.language]["given"])
            forms = tuple(drawn.split("|"))
            words = ascii_words(forms[-1], person.given_forms[-1])
            identity = spelled_identity(forms, person.family_forms)
            initials_differ = words[0][0] != words[1][0]
            if given or (initials_differ and identity not in self.full_names):
                self.full_names.add(identity)
                other = self.made(person.language, forms, person.family_forms)
                native = person.name == person.native()
                return replace(other, name=other.native() if native else other.latin(), city=person.city)

    def made(self, language: str, given: tuple[str, ...], family: tuple[str, ...]) -> Person:
        """Return a person of this name with an address, phone and career of their own."""
        self.count += 1
        native = len(given) == 1 or self.random.random() < 0.5
        name = full_name(language, given[0], family[0]) if native else latin_name(given, family, 1)
        latin = latin_name(given, family, 1)
        slug = "-".join([*ascii_words(latin.given, latin.family), f"zz{self.token()}"])
        return Person(
            number=self.count,
            language=language,
            name=name,
            given_forms=given,
            family_forms=family,
            city=self.random.choice(self.languages[language]["cities"]),
            phone=self.phone(language),
            email=self.email(latin),
            other_email=self.email(latin),
            linkedin_name=slug,
            career=self.career(),
            education=self.education(),
        )

    def token(self) -> str:
        """Return a short text nobody else has."""
        self.serial += 1
        return base36(self.serial * 37 + 46656 + self.random.randrange(37))

    def phone(self, language: str) -> str:
        """Return a phone number nobody else has, in a range that is given to nobody."""
        self.serial += 1
        pattern: str = self.languages[language]["phone"]
        places = pattern.count("#")
        digits = str((self.serial * 7919 + 13) % 10**places).zfill(places)
        for digit in digits:
            pattern = pattern.replace("#", digit, 1)
        return pattern

    def email(self, name: Name, domain: str = "") -> str:
        """Return an address nobody else has."""
        given, family = ascii_words(name.given, name.family)
        local = self.random.choice([f"{given}.{family}", f"{family}.{given}", f"{given[0]}{family}", f"{given}"])
        domain = domain or self.random.choice(self.lists["mail_domains"])
        return f"{local}.zz{self.token()}@{domain}"

    def career(self) -> tuple[Position, ...]:
        """Return one to four positions, newest first."""
        year = 2026 - self.random.randrange(0, 4)
        month = self.random.randrange(1, 13)
        positions: list[Position] = []
        end = ""
        for _ in range(self.random.randrange(1, 5)):
            start = f"{month:02}/{year}"
            positions.append(Position(self.random.choice(self.lists["titles"]), self.company(), start, end))
            end = start
            year -= self.random.randrange(1, 5)
            month = self.random.randrange(1, 13)
        return tuple(positions)

    def company(self) -> str:
        """Return an invented employer."""
        return f"{self.random.choice(self.lists['company_names'])} {self.random.choice(self.lists['company_kinds'])}"

    def education(self) -> str:
        """Return one line of education."""
        year = self.random.randrange(1995, 2020)
        school = self.random.choice(self.lists["schools"])
        return f"{self.random.choice(self.lists['degrees'])} at {school} (09/{year} to 06/{year + 4})"


def profile_url(linkedin_name: str) -> str:
    """Return the address of a profile as LinkedIn itself writes it."""
    return f"https://www.linkedin.com/in/{linkedin_name}"


def profile_spellings(linkedin_name: str) -> list[str]:
    """Return other spellings of a profile's address that people and programs paste."""
    return [
        f"https://www.linkedin.com/in/{linkedin_name}/",
        f"http://linkedin.com/in/{linkedin_name}",
        f"linkedin.com/in/{linkedin_name}",
        f"www.linkedin.com/in/{linkedin_name}/",
        f"https://de.linkedin.com/in/{linkedin_name}",
        f"https://uk.linkedin.com/in/{linkedin_name}/",
        f"https://m.linkedin.com/in/{linkedin_name}",
        f"https://www.linkedin.com/in/{linkedin_name}/en",
        f"https://www.linkedin.com/in/{linkedin_name}/de-de/",
        f"https://www.linkedin.com/mwlite/in/{linkedin_name}",
        f"https://www.linkedin.com/in/{linkedin_name}/overlay/contact-info/",
        f"https://www.linkedin.com/in/{linkedin_name}?trk=public_profile",
        f"https://www.linkedin.com/in/{linkedin_name}/?originalSubdomain=br",
        f"https://www.linkedin.com/in/{linkedin_name}#experience",
    ]


def profile_subpages(linkedin_name: str) -> list[str]:
    """Return the addresses of pages below a profile, and of the profile in a mail."""
    return [
        f"https://www.linkedin.com/comm/in/{linkedin_name}",
        f"https://www.linkedin.com/comm/in/{linkedin_name}/?midToken=AQzz&trk=eml",
        f"https://www.linkedin.com/in/{linkedin_name}/details/experience/",
        f"https://www.linkedin.com/in/{linkedin_name}/details/skills",
        f"https://www.linkedin.com/in/{linkedin_name}/recent-activity/all/",
    ]


def upper_case_profiles(linkedin_name: str) -> list[str]:
    """Return a profile's address in other cases of its letters."""
    return [
        f"HTTPS://WWW.LINKEDIN.COM/IN/{linkedin_name.upper()}",
        f"https://www.LinkedIn.com/in/{linkedin_name.title()}/",
        f"Linkedin.com/In/{linkedin_name}",
    ]


def percent_encoded_profile(linkedin_name: str) -> str:
    """Return a profile's address with its letters outside ASCII percent-encoded."""
    return f"https://www.linkedin.com/in/{quote(linkedin_name)}"


def talent_spellings(talent_id: str) -> list[str]:
    """Return spellings of a profile's address in LinkedIn's tool for recruiters."""
    return [
        f"https://www.linkedin.com/talent/profile/{talent_id}",
        f"https://www.linkedin.com/talent/profile/{talent_id}?trk=FLAGSHIP_VIEW_IN_RECRUITER",
        f"https://www.linkedin.com/talent/profile/{talent_id}/?project=1710004",
        f"linkedin.com/talent/profile/{talent_id}",
    ]
