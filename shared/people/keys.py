"""Keys of identity: what says who somebody may be, in one comparable form, hashed so that nobody can guess it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from shared.reading.text.addresses import email_key, linkedin_id, linkedin_key
from shared.vocabulary.identity_lists import placeholder_profiles, placeholders, role_mailboxes

if TYPE_CHECKING:
    from shared.models.documents.people import IdentityKeyData
    from shared.models.documents.profiles import PersonData

_WITHOUT_DOTS: Final = ("gmail.com", "googlemail.com")  # dots in the local part do not count there
_SIMPLE: Final = re.compile(r"[a-z0-9._-]++@[a-z0-9.-]*+(?<!\.)")  # as most addresses are written
_FILLER: Final = 3  # letters of a local part that is one letter again and again


def keyed_hash(secret: bytes, *parts: str) -> str:
    """Return a keyed hash (BLAKE2b as a MAC, 128 bits, hex) of the parts: nobody can guess a mail address from it."""
    keyed = _keyed(secret).copy()
    keyed.update("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return keyed.hexdigest()


@lru_cache(maxsize=4)
def _keyed(secret: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(key=secret, digest_size=16)  # taking the key in is a third of hashing a row


def keys_of(person: PersonData, pool: str, secret: bytes) -> list[IdentityKeyData]:
    """Return the identity keys of a person: every personal mail address, and the LinkedIn profile.

    Placeholders and mailboxes of roles are nobody's own and no keys.
    """
    values = dict.fromkeys(
        ("email", mailbox) for email in person.get("emails") or () if (mailbox := mailbox_key(email))
    )
    if links := person.get("links"):
        values |= dict.fromkeys(("linkedin", profile) for profile in profile_keys(links))
    return [identity_key(secret, pool, kind, value) for kind, value in values]


def identity_key(secret: bytes, pool: str, kind: str, *values: str) -> IdentityKeyData:
    """Return a key as sources carry it."""
    return {"kind": cast(Any, kind), "hash": keyed_hash(secret, pool, kind, *values)}


def key_of_name_at(secret: bytes, key_hash: str, name: str) -> str:
    """Return the hash of a key together with a comparable name: what recognises one of many people at one address."""
    return keyed_hash(secret, "name at", key_hash, name)


def profile_keys(links: Mapping[str, str]) -> list[str]:
    """Return the LinkedIn profile name and the ids LinkedIn's tools give, as far as the links have them."""
    keys: list[str] = []
    name = linkedin_key(links.get("linkedin") or "")
    if name and name not in placeholder_profiles():
        keys.append(name)
    profile_id = linkedin_id(links.get("linkedin_page") or "")
    if profile_id:
        keys.append(f"id:{profile_id}")
    return keys


def linkedin_names(person: PersonData) -> list[str]:
    """Return the LinkedIn profile name, if the person's link is one."""
    key = linkedin_key((person.get("links") or {}).get("linkedin") or "")
    return [key] if key else []


def is_email(text: str) -> bool:
    """Whether the text is a mail address and nothing else."""
    return email_key(text) == text.strip().lower()


def mailbox_key(email: str) -> str | None:
    """Return the one spelling of a personal mailbox; None for placeholders, mailboxes of roles, and what is none.

    A tag behind `+`, dots at Gmail, and an international domain in either spelling lead to the same mailbox.
    """
    local, domain = _mailbox(email)
    if not local or not domain or is_placeholder(local, domain) or local in role_mailboxes():
        return None
    return f"{local}@{domain}"


def is_role_mailbox(email: str) -> bool:
    """Whether an address belongs to a role: `jobs@`, `bewerbung@`."""
    local = email.partition("@")[0].lower()
    return local.partition("+")[0] in role_mailboxes()


def is_placeholder(local: str, domain: str) -> bool:
    """Whether an address stands where none was known: `noemail@…`, `…@none.com`."""
    name, _, ending = domain.rpartition(".")
    if local in placeholders("local") or name in placeholders("domain") or ending in placeholders("ending"):
        return True
    return len(local) >= _FILLER and local.count(local[0]) == len(local) and local.isalpha()


def _mailbox(email: str) -> tuple[str, str]:
    """Return local part and domain in one spelling; empty for what is no address."""
    address = email.lower()
    if not _SIMPLE.fullmatch(address):
        address = email_key(email) or ""
    local, _, domain = address.rpartition("@")
    if "+" in local:
        local = local.partition("+")[0] or local
    if domain in _WITHOUT_DOTS:
        local, domain = local.replace(".", ""), _WITHOUT_DOTS[0]
    if not domain.isascii():
        domain = _ascii_domain(domain)
    return local, domain


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
