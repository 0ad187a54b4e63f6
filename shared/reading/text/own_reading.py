"""What our own reader knows with certainty of a CV that a model read: whose address it is, and whether it is a CV."""

from __future__ import annotations

from typing import Final

from shared.models.candidate import Flag, Person
from shared.models.source import Facts
from shared.reading.text.identity import name_key
from shared.vocabulary.text import normalize

UNKNOWN_KIND: Final = "something else"  # what a document looks like of which nothing is known
_FEWEST_LETTERS: Final = 3  # of a part of a name that says something in an address
_CERTAIN: Final = ("several_people", "not_a_cv")


def with_own_reading(facts: Facts, own: Facts) -> Facts:
    """Return a model's facts with the contact and the flags that our reading of the same text is certain of.

    An address below references or in a letter's address block is nobody's, whatever the model says.
    """
    person = facts.person
    changes = {"emails": _emails(person, own.person), "phones": own.person.phones or person.phones}
    flags = [*facts.flags, *(flag for flag in own.flags if _is_certain(flag))]
    return facts.model_copy(update={"person": person.model_copy(update=changes), "flags": tuple(dict.fromkeys(flags))})


def _emails(person: Person, own: Person) -> tuple[str, ...]:
    if own.emails:
        return own.emails
    name = person.name or own.name
    return tuple(email for email in person.emails if agrees(email, name))


def _is_certain(flag: Flag) -> bool:
    """Whether a flag rests on words of the text; that nothing was recognised may be our reader's own fault."""
    if flag.kind not in _CERTAIN:
        return False
    return flag.detail != UNKNOWN_KIND


def agrees(address: str, name: str) -> bool:
    """Whether the part of a mail address before the @ says a part of the name."""
    local = normalize(address.partition("@")[0])
    parts = (name_key(name) or "").split()
    return any(len(part) >= _FEWEST_LETTERS and part in local for part in parts)
