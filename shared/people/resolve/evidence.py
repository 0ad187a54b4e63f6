"""What one source says of who it is about, and what two sources have in common or against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from shared.reading.text.addresses import linkedin_key
from shared.reading.text.identity import employer_key
from shared.reading.text.names import Agreement, compare_names
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import FactsData, IdentityKeyData, SourceDocument
    from shared.models.documents.profiles import PersonData

_DIGITS: Final = re.compile(r"\D+")
_PHONE_END: Final = 9  # digits: what countries and trunk zeros do not change
_SHORTEST_PHONE: Final = 7
_CLIMBING: Final = "01234567890123456789"


@dataclass(frozen=True, eq=False)
class SourceEvidence:
    """One source, as far as it says who somebody is. `keys`: hash -> kind of the identity keys it carries."""

    source_id: str
    facts: FactsData
    keys: Mapping[str, str]

    @cached_property
    def person(self) -> PersonData:
        """Who it is about."""
        return self.facts.get("person") or {}

    @property
    def name(self) -> str:
        """The name as written."""
        return self.person.get("name") or ""

    @cached_property
    def phones(self) -> frozenset[str]:
        """Comparable telephone numbers; those that stand for none are left out."""
        return frozenset(filter(None, map(phone_key, self.person.get("phones") or ())))

    @cached_property
    def profile(self) -> str:
        """The name of the LinkedIn profile."""
        return linkedin_key((self.person.get("links") or {}).get("linkedin") or "") or ""

    @cached_property
    def positions(self) -> frozenset[str]:
        """Employer and start of every position that gives both."""
        jobs = (self.facts.get("profile") or {}).get("experiences") or ()
        return frozenset(_dated(employer_key(job.get("company") or ""), job.get("start")) for job in jobs) - {""}

    @cached_property
    def schools(self) -> frozenset[str]:
        """School and first or last year of every education that gives both."""
        studies = (self.facts.get("profile") or {}).get("educations") or ()
        return frozenset(
            _dated(normalize(each.get("school") or ""), each.get("start") or each.get("end")) for each in studies
        ) - {""}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """What puts sources in an order that depends on their words alone."""
        application = self.facts.get("application") or {}
        person = self.person
        said = [self.name, *(person.get("emails") or ()), *(person.get("phones") or ()), self.profile]
        return (*said, *sorted(self.positions), str(sorted(application.items(), key=str)))


def _dated(what: str | None, when: str | None) -> str:
    return f"{what}@{when}" if what and when else ""


def phone_key(text: str) -> str:
    """Return the end of a number that is one; empty for what forms are filled with: 000000, 123456."""
    digits = _DIGITS.sub("", text)
    national = digits.lstrip("0")
    is_filler = len(set(national)) < 3 or national in _CLIMBING or digits in _CLIMBING
    if len(national) < _SHORTEST_PHONE or is_filler:
        return ""
    return national[-_PHONE_END:]


def agreement(one: SourceEvidence, other: SourceEvidence) -> Agreement:
    """Return how the names of two sources agree."""
    if one.name == other.name and one.name:
        return Agreement.SAME  # most often, and as good as always
    return compare_names(one.name, other.name)


def supports(one: SourceEvidence, other: SourceEvidence) -> list[str]:
    """Return what the two have in common besides a key: `phone`, `position`, `school`."""
    common = {
        "phone": one.phones & other.phones,
        "position": one.positions & other.positions,
        "school": one.schools & other.schools,
    }
    return [name for name, values in common.items() if values]


def contradictions(one: SourceEvidence, other: SourceEvidence) -> list[str]:
    """Return what both give and give differently: `linkedin`, `phone`, `position`."""
    given = {
        "linkedin": (frozenset(filter(None, [one.profile])), frozenset(filter(None, [other.profile]))),
        "phone": (one.phones, other.phones),
        "position": (one.positions, other.positions),
    }
    return [name for name, (first, second) in given.items() if first and second and not first & second]


def evidence_of(source: SourceDocument, keys: Iterable[IdentityKeyData]) -> SourceEvidence:
    """Return the evidence of a source document that carries these keys."""
    return SourceEvidence(str(source["id"]), source["facts"], {key["hash"]: key["kind"] for key in keys})
