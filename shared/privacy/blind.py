"""How somebody sees people: openly, or blind, without name, photo, contacts, school names and years.

What a blind reader sees is an allow-list: a view names the fields it shows them, and of these the texts lose the words
that say who a person is. A field that no list names is there and empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

from shared.access.reads import could_be_id
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES
from shared.ports import Ports
from shared.privacy.rules import rules_of
from shared.reading.text.addresses import linkedin_key

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import ExperienceData, PersonData

HIDDEN: Final = "[hidden]"
Words = re.Pattern[str]  # finds what says who a person is, in any text


class Show(Enum):
    """What a blind reader sees of a field."""

    AS_IS = 1
    TEXT = 2  # every text in it, at any depth, without the person's words


AS_IS: Final = Show.AS_IS
TEXT: Final = Show.TEXT
ANY: Final = "*"  # in a list of fields: those of any name
Shape = Show | Mapping[str, "Shape"]  # of an object, or of each object of a list: field to its shape
_PERSON_FIELDS: Final = ("pool", "person", "profile")
_SHORT: Final = 2  # letters: a shorter part of a name is an initial
_SCHOOL_WORDS: Final = (
    "university universität universitat universitaet universite université universidad università universita "
    "universidade universiteit uniwersytet univerzita college institute institut instituto school hochschule "
    "fachhochschule academy akademie académie polytechnic politechnika politecnico école ecole"
).split()
_JOINING: Final = "of for the and de des der die du la le les di da do del und et y e at in zu für".split()
_YEARS: Final = r"(?<![\w.])(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d\d?)?)?(?!\w)"
_ADDRESSES: Final = r"[^\s@<>,;|\"()\[\]]+@[^\s@<>,;|\"()\[\]]+|(?:https?://|www\.)\S+|linkedin\.com/\S+"
_PHONES: Final = r"(?<!\w)\+?\d[\d ()/.-]{7,}\d(?!\w)"
_NAMED_SCHOOL: Final = (
    rf"(?:(?:\b[A-ZÀ-Þ][\w'’.-]*\s+){{0,4}})\b(?i:{'|'.join(_SCHOOL_WORDS)})\b"
    rf"(?:(?:\s+(?:{'|'.join(_JOINING)}))*\s+[A-ZÀ-Þ][\w'’-]*){{0,4}}"
)
_ALWAYS: Final = f"(?:{_ADDRESSES})|(?:{_PHONES})|(?:{_YEARS})|(?:{_NAMED_SCHOOL})"
_ANYBODY: Final = re.compile(_ALWAYS)
_SHARED_WORDS: Final = frozenset((*_SCHOOL_WORDS, *_JOINING))
_EMPTY: Final[dict[Any, Any]] = {str: "", list: [], tuple: [], Mapping: {}}
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")


class Sight:
    """How one caller sees people. Recruiters see blind in a blind pool, and everywhere once one of their own is.

    `blind_view`: they ask to see everybody blind, whoever they are.
    """

    def __init__(self, ports: Ports, caller: Caller, blind_view: bool = False) -> None:
        self._ports = ports
        self._recruiter = caller.role == "recruiter"
        self._pools: dict[str, bool] = {}
        self._everywhere = blind_view
        pools = caller.pools if self._recruiter else ()
        for pool in pools:
            if self._is_blind_pool(pool):
                self._everywhere = True

    def blind(self, pool: str) -> bool:
        """Whether they see the people of this pool blind."""
        if self._everywhere:
            return True
        return self._recruiter and self._is_blind_pool(pool)

    def words(self, candidate: CandidateDocument) -> Words | None:
        """Return what finds the hidden words of a candidate document; None where they see the person openly."""
        pool = candidate.get("pool", "")
        if not self.blind(pool):
            return None
        return hidden_words(candidate)

    def words_of(self, ids: Iterable[str | None]) -> dict[str, Words]:
        """Return the same for each of these candidates they see blind, by id; also of who is gone."""
        words: dict[str, Words] = {}
        if not self._recruiter and not self._everywhere:
            return words
        candidate_ids = set()
        for id_ in ids:
            if id_ and could_be_id(id_):
                candidate_ids.add(id_)
        if not candidate_ids:
            return words
        rows = self._ports.store.get(CANDIDATES, sorted(candidate_ids), fields=_PERSON_FIELDS)
        for id_ in candidate_ids:
            record: CandidateDocument = {}
            if id_ in rows:
                record = rows[id_].data
            own = self.words(record)
            if own is not None:
                words[id_] = own
        return words

    def show(self, value: Any, shape: Shape, words: Words | None) -> Any:
        """Return JSON as they see it: as it is where there are no words to hide."""
        if words is None:
            return value
        return project(value, shape, words)

    def show_each(self, items: Sequence[Any], shape: Shape, id_field: str = "candidate_id") -> list[Any]:
        """Return items about people as they see them; `id_field` of each names its person."""
        words = self.words_of(item[id_field] for item in items)
        shown = []
        for item in items:
            shown.append(self.show(item, shape, words.get(item[id_field] or "")))
        return shown

    def show_about(self, candidate_id: str, value: Any, shape: Shape) -> Any:
        """Return JSON about one person as they see it."""
        words = self.words_of([candidate_id])
        return self.show(value, shape, words.get(candidate_id))

    def _is_blind_pool(self, pool: str) -> bool:
        if pool not in self._pools:
            self._pools[pool] = bool(pool) and rules_of(self._ports, pool).blind
        return self._pools[pool]


def project(value: Any, shape: Shape, words: Words) -> Any:
    """Return JSON as a blind reader sees it: what `shape` names, and every other field empty."""
    if shape is Show.AS_IS:
        return value
    if shape is Show.TEXT:
        return _without_words(value, words)
    if isinstance(value, list | tuple):
        return [project(item, shape, words) for item in value]
    if not isinstance(value, Mapping):
        return empty(value)
    projected: dict[str, Any] = {}
    for name, field in value.items():
        field_shape = shape.get(name, shape.get(ANY))
        if field_shape is None:
            projected[name] = empty(field)
        else:
            projected[name] = project(field, field_shape, words)
    if "months" in shape:
        projected["months"] = _months(cast("ExperienceData", value))
    return projected


def empty(value: Any) -> Any:
    """Return the empty value of the same kind; None of a number."""
    for kind, nothing in _EMPTY.items():
        if isinstance(value, kind):
            return copy(nothing)
    return None


def hidden_words(candidate: CandidateDocument) -> Words:
    """Return what finds, in any text, this person's name, addresses and schools, and any year."""
    person = candidate.get("person") or {}
    profile = candidate.get("profile") or {}
    texts = _name_parts(person.get("name") or "")
    texts |= _addresses(person)
    for education in profile.get("educations") or ():
        school = education.get("school") or ""
        texts |= _school_names(school)
    patterns = []
    for text in sorted(texts, key=len, reverse=True):
        parts = [re.escape(part) for part in text.split()]
        pattern = r"\s+".join(parts)
        if len(text.strip()) >= _SHORT:
            patterns.append(pattern)
    if not patterns:
        return _ANYBODY
    own = "|".join(patterns)
    return re.compile(rf"(?<!\w)(?i:{own})(?!\w)|{_ALWAYS}")


def _name_parts(name: str) -> set[str]:
    """Return the name, its words, and what stands on either side of a hyphen."""
    texts = {name}
    for word in re.split(r"[\s,()]+", name):
        if len(word) < _SHORT:
            continue
        texts.add(word)
        for part in word.split("-"):
            if len(part) > _SHORT:
                texts.add(part)
    return texts


def _addresses(person: PersonData) -> set[str]:
    """Return mail addresses, what stands before their `@`, telephone numbers, links, and the LinkedIn name."""
    texts: set[str] = set()
    texts.update(person.get("phones") or ())
    for email in person.get("emails") or ():
        local, _, _ = email.partition("@")
        texts |= {email, local}
    links = person.get("links") or {}
    for link in links.values():
        address = re.sub(r"^https?://(www\.)?", "", link)
        texts.add(address)
    linkedin = linkedin_key(links.get("linkedin") or "")
    if linkedin:
        texts.add(linkedin)
    return texts


def _without_words(value: Any, words: Words) -> Any:
    if isinstance(value, str):
        return words.sub(HIDDEN, value)
    if isinstance(value, list | tuple):
        return [_without_words(item, words) for item in value]
    if isinstance(value, Mapping):
        return {name: _without_words(item, words) for name, item in value.items()}
    return value


def _school_names(school: str) -> set[str]:
    """The school as it is written, its abbreviations, and what is left of it without words that all schools share."""
    names = {school}
    own: list[str] = []
    for word in re.findall(r"[\w'’.-]+", school):
        if len(word) >= _SHORT and word.isupper():
            names.add(word)
        if word.lower() not in _SHARED_WORDS:
            own.append(word)
    rest = " ".join(own)
    if len(rest.replace(" ", "")) > _SHORT:
        names.add(rest)
    return names


def _months(position: ExperienceData) -> int | None:
    """How long a position was held, where both ends are dated to the month; a length dates nobody."""
    start = _MONTH.fullmatch(position.get("start") or "")
    end = _MONTH.fullmatch(position.get("end") or "")
    if not start or not end:
        return None
    years = int(end[1]) - int(start[1])
    return years * 12 + int(end[2]) - int(start[2]) + 1
