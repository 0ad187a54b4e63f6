"""Addresses so many people use that they say nothing alone: a person is known there by address and name together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from shared.models.collections import KEYS
from shared.people.keys import key_of_name_at
from shared.ports import Create, Stored, Update, Write
from shared.reading.text.identity import name_key

if TYPE_CHECKING:
    from shared.models.documents.people import IdentityKeyData, KeyDocument, SourceDocument

CROWD: Final = 12  # names at one key that are compared with each other; with more it is a crowd's
NAME_AT: Final = "email_name"  # kind of key: an address of a crowd together with a name


def names_by_key(sources: Iterable[SourceDocument]) -> dict[str, set[str]]:
    """Return key hash -> comparable names of those who carry it."""
    names: dict[str, set[str]] = {}
    for source in sources:
        name = comparable_name(source)
        for key in source.get("keys") or ():
            if key["kind"] != NAME_AT and name:
                names.setdefault(key["hash"], set()).add(name)
    return names


def comparable_name(source: SourceDocument) -> str:
    """Return the name of a source in comparable form; empty where there is none."""
    return name_key((source["facts"].get("person") or {}).get("name") or "") or ""


def crowded_out(names: dict[str, set[str]], source: SourceDocument) -> bool:
    """Whether a further source may wait, because one of its keys is a crowd's without it; else note its name."""
    keys = [key["hash"] for key in source["keys"] if key["kind"] != NAME_AT]
    if any(len(names.get(hash_, ())) > CROWD for hash_ in keys):
        return True
    name = comparable_name(source)
    for hash_ in keys if name else ():
        names.setdefault(hash_, set()).add(name)
    return False


def without_crowds(source: SourceDocument, crowds: Iterable[str], secret: bytes) -> list[IdentityKeyData]:
    """Return a source's keys with a crowd's address replaced by address and name; other keys of crowds are left out."""
    keys: list[IdentityKeyData] = []
    name = comparable_name(source)
    for key in source.get("keys") or ():
        if key["hash"] not in crowds:
            keys.append(key)
        elif key["kind"] == "email" and name:
            keys.append({"kind": NAME_AT, "hash": key_of_name_at(secret, key["hash"], name)})
    return keys


def crowd_writes(
    sources: Sequence[SourceDocument], crowds: Iterable[str], held: Mapping[str, Stored[KeyDocument]]
) -> list[Write]:
    """Return writes that mark keys as those of a crowd; nobody holds them any more."""
    kinds = {key["hash"]: key["kind"] for source in sources for key in source.get("keys") or ()}
    writes: list[Write] = []
    for hash_ in sorted(crowds):
        if hash_ in held:
            fields: KeyDocument = {"crowd": True, "candidate_id": None, "others": None}
            writes.append(Update(KEYS, hash_, fields, held[hash_].version))
        else:
            writes.append(Create(KEYS, hash_, {"kind": kinds[hash_], "crowd": True}))
    return writes
