"""Who is who: keys that recognise a person, and the one case in which a shared key does not make one person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from shared.ports import Data
from shared.reading.text.addresses import email_key, linkedin_key
from shared.reading.text.identity import plainly_different


def keyed_hash(secret: bytes, *parts: str) -> str:
    """Return a keyed hash (BLAKE2b as a MAC, 128 bits, hex) of the parts: nobody can guess a mail address from it."""
    keyed = _keyed(secret).copy()
    keyed.update("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return keyed.hexdigest()


@lru_cache(maxsize=4)
def _keyed(secret: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(key=secret, digest_size=16)  # taking the key in is a third of hashing a row


def keys_of(person: Mapping[str, Any], pool: str, secret: bytes) -> list[Data]:
    """Return the identity keys of a person: every mail address, and the LinkedIn name."""
    found = [("email", key) for email in person.get("emails") or () if (key := email_key(email))]
    found += [("linkedin", key) for key in linkedin_names(person)]
    return [{"kind": kind, "hash": keyed_hash(secret, pool, kind, value)} for kind, value in dict.fromkeys(found)]


def linkedin_names(person: Mapping[str, Any]) -> list[str]:
    """Return the LinkedIn profile name, if the person's link is one."""
    key = linkedin_key((person.get("links") or {}).get("linkedin") or "")
    return [key] if key else []


def are_different_people(one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]) -> bool:
    """Whether two groups of persons that share a mail box are plainly not one: other LinkedIn names, other names.

    An agency sends many people under its own address. Anything less than both signs leaves them one person.
    """
    ones, others = list(one), list(other)
    first = {name for person in ones for name in linkedin_names(person)}
    second = {name for person in others for name in linkedin_names(person)}
    if not first or not second or first & second:
        return False
    return all(plainly_different(a.get("name") or "", b.get("name") or "") for a in ones for b in others)


def is_email(text: str) -> bool:
    """Whether the text is a mail address and nothing else."""
    return email_key(text) == text.strip().lower()
