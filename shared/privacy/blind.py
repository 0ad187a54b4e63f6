"""How somebody sees people: openly, or blind, without name, photo, contacts, school names and years.

What a blind reader sees is an allow-list: a view names the fields it shows them, and of these the texts lose the words
that say who a person is. A field that no list names is there and empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    from shared.models.documents.profiles import ExperienceData

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


class Sight:
    """How one caller sees people. Recruiters see blind in a blind pool, and everywhere once one of their own is.

    `blind_view`: they ask to see everybody blind, whoever they are.
    """

    def __init__(self, ports: Ports, caller: Caller, blind_view: bool = False) -> None:
        self._ports = ports
        self._recruiter = caller.role == "recruiter"
        self._pools: dict[str, bool] = {}
        self._everywhere = blind_view or (self._recruiter and any(map(self._is_blind_pool, caller.pools)))

    def blind(self, pool: str) -> bool:
        """Whether they see the people of this pool blind."""
        return self._everywhere or (self._recruiter and self._is_blind_pool(pool))

    def words(self, candidate: CandidateDocument) -> Words | None:
        """Return what finds the hidden words of a candidate document; None where they see the person openly."""
        if not self.blind(candidate.get("pool", "")):
            return None
        return hidden_words(candidate)

    def words_of(self, ids: Iterable[str]) -> dict[str, Words]:
        """Return the same for each of these candidates they see blind, by id."""
        if not self._recruiter and not self._everywhere:
            return {}
        known = sorted({id_ for id_ in ids if could_be_id(id_)})
        rows = self._ports.store.get(CANDIDATES, known, fields=_PERSON_FIELDS) if known else {}
        words = {id_: hidden_words({}) for id_ in known if self._everywhere}  # also of who is gone
        for id_, row in rows.items():
            if (own := self.words(row.data)) is not None:
                words[id_] = own
        return words

    def show(self, value: Any, shape: Shape, words: Words | None) -> Any:
        """Return JSON as they see it: as it is where there are no words to hide."""
        return value if words is None else project(value, shape, words)

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
    seen = {name: _project_field(name, field, shape, words) for name, field in value.items()}
    if "months" in shape:
        seen["months"] = _months(cast("ExperienceData", value))
    return seen


def empty(value: Any) -> Any:
    """Return the empty value of the same kind."""
    if isinstance(value, str):
        return ""
    if isinstance(value, list | tuple):
        return []
    return {} if isinstance(value, Mapping) else None


def hidden_words(candidate: CandidateDocument) -> Words:
    """Return what finds, in any text, this person's name, addresses and schools, and any year."""
    person, profile = candidate.get("person") or {}, candidate.get("profile") or {}
    texts = {person.get("name") or "", *(person.get("emails") or ()), *(person.get("phones") or ())}
    texts |= {part for part in re.split(r"[\s,()]+", person.get("name") or "") if len(part) >= _SHORT}
    texts |= {part for text in list(texts) for part in text.split("-") if "-" in text and len(part) > _SHORT}
    texts |= {email.partition("@")[0] for email in person.get("emails") or ()}
    texts |= {re.sub(r"^https?://(www\.)?", "", link) for link in (person.get("links") or {}).values()}
    texts.add(linkedin_key((person.get("links") or {}).get("linkedin") or "") or "")
    for education in profile.get("educations") or ():
        texts |= _school_names(education.get("school") or "")
    own = sorted({text.strip() for text in texts if len(text.strip()) >= _SHORT}, key=len, reverse=True)
    parts = [r"\s+".join(map(re.escape, text.split())) for text in own]
    theirs = rf"(?<!\w)(?i:{'|'.join(parts)})(?!\w)|" if parts else ""
    return re.compile(theirs + _ALWAYS)


def _project_field(name: str, value: Any, shape: Mapping[str, Shape], words: Words) -> Any:
    field = shape.get(name, shape.get(ANY))
    return empty(value) if field is None else project(value, field, words)


def _without_words(value: Any, words: Words) -> Any:
    if isinstance(value, str):
        return words.sub(HIDDEN, value)
    if isinstance(value, list | tuple):
        return [_without_words(item, words) for item in value]
    if isinstance(value, Mapping):
        return {name: _without_words(item, words) for name, item in value.items()}
    return value


def _school_names(school: str) -> set[str]:
    """The school as it is written, and what is left of it without words that all schools share."""
    words = re.findall(r"[\w'’.-]+", school)
    own = [word for word in words if word.lower() not in (*_SCHOOL_WORDS, *_JOINING)]
    short = {" ".join(own)} if own and sum(map(len, own)) > _SHORT else set()
    return {school, *short, *(word for word in words if len(word) >= _SHORT and word.isupper())} - {""}


def _months(position: ExperienceData) -> int | None:
    """How long a position was held, where both ends are dated to the month; a length dates nobody."""
    start = re.fullmatch(r"(\d{4})-(\d\d)", position.get("start") or "")
    end = re.fullmatch(r"(\d{4})-(\d\d)", position.get("end") or "")
    if not start or not end:
        return None
    return (int(end[1]) - int(start[1])) * 12 + int(end[2]) - int(start[2]) + 1
