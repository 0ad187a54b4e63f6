"""A person as recruiters see them who shall not see who it is: no name, photo, contacts, school names or years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from shared.models.values import JsonValue
from shared.people.keys import linkedin_names

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import ExperienceData

HIDDEN: Final = "[hidden]"
# Emptied wherever they stand in what is told of a person; `quote` and the like stay, with the words taken out.
_EMPTIED: Final = frozenset(
    "person emails phones links photo documents filename file school start end dates said_at applied_at created_at "
    "updated_at at as_of name_key employer_key search_terms sources readers extra metadata text_url".split()
)
_PLACES: Final = ("location",)  # emptied where it is a text: the factor of that name is none
_UNTOUCHED: Final = ("job", "requirements", "weights", "timings", "preset")  # of the other side, or of the question
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


def blind(candidate: CandidateDocument) -> dict[str, JsonValue]:
    """Return a candidate document without what says who it is; fields stay, emptied, so that readers find them."""
    return dict(told_blind(candidate, hidden_words(candidate)))


def hidden_words(candidate: CandidateDocument) -> re.Pattern[str]:
    """Return what finds, in any text, this person's name, addresses and schools, and any year."""
    person, profile = candidate.get("person") or {}, candidate.get("profile") or {}
    texts = {person.get("name") or "", *(person.get("emails") or ()), *(person.get("phones") or ())}
    texts |= {part for part in re.split(r"[\s,()]+", person.get("name") or "") if len(part) >= _SHORT}
    texts |= {part for text in list(texts) for part in text.split("-") if "-" in text and len(part) > _SHORT}
    texts |= {email.partition("@")[0] for email in person.get("emails") or ()}
    texts |= {re.sub(r"^https?://(www\.)?", "", link) for link in (person.get("links") or {}).values()}
    texts |= set(linkedin_names(person))
    for education in profile.get("educations") or ():
        texts |= _school_names(education.get("school") or "")
    own = sorted({text.strip() for text in texts if len(text.strip()) >= _SHORT}, key=len, reverse=True)
    parts = [r"\s+".join(map(re.escape, text.split())) for text in own]
    theirs = rf"(?<!\w)(?i:{'|'.join(parts)})(?!\w)|" if parts else ""
    return re.compile(theirs + _ALWAYS)


def told_blind(value: Any, words: re.Pattern[str]) -> Any:
    """Return JSON told of one person without what is hidden, at any depth."""
    if isinstance(value, str):
        return words.sub(HIDDEN, value)
    if isinstance(value, list | tuple):
        return [told_blind(each, words) for each in value]
    if not isinstance(value, Mapping):
        return value
    told: dict[str, Any] = {}
    for name, each in value.items():
        hides = name in _EMPTIED or (name in _PLACES and isinstance(each, str)) or (name == "name" and _names(value))
        if name in _UNTOUCHED or name in ("id", "candidate_id", "pool"):
            told[name] = each
        else:
            told[name] = _empty(each) if hides else told_blind(each, words)
    if "start" in value and "end" in value and "company" in value:
        told["months"] = _months(cast("ExperienceData", value))
    return told


def _names(value: Mapping[str, JsonValue]) -> bool:
    """Whether the `name` beside these is a person's."""
    return bool({"candidate_id", "current_title", "records", "emails"} & value.keys())


def _empty(value: Any) -> Any:
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list | tuple) else {} if isinstance(value, Mapping) else None


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
