"""A person somebody typed in: a source of kind form, joined to whom it belongs like every other."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import orjson

from shared.access.pools import require_pool
from shared.errors import InvalidRequest, WasErased
from shared.models.collections import SOURCES
from shared.people.keys import keyed_hash, keys_of
from shared.people.prepared import PreparedSource
from shared.people.resolve.resolve import resolve
from shared.people.suppression import not_erased
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.people import FactsData, SourceDocument


def add_by_hand(ports: Ports, pool: str, facts: FactsData, editor: str) -> tuple[str, str]:
    """Store what was typed (see `Facts`) and return the candidate's id and what became of it.

    `created`; `merged`: a known e-mail address or LinkedIn name joined them; `unchanged`: the same was typed before.
    Raises `InvalidRequest` where nobody is named, `WasErased`, `Retryable`.
    """
    require_pool(ports, pool)
    person = facts.get("person") or {}
    if not any(person.get(name) for name in ("name", "emails", "links")):
        raise InvalidRequest("person: a name, an e-mail address or a link says who it is")
    said = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode()
    id_, candidate_id = keyed_hash(ports.key_secret, "form", pool, said), secrets.token_hex(10)
    if known := ports.store.get(SOURCES, [id_], fields=("candidate_id",)).get(id_):
        return str(known.data["candidate_id"]), "unchanged"
    keys = keys_of(person, pool, ports.key_secret)
    source: SourceDocument = {"id": id_, "candidate_id": candidate_id, "pool": pool, "kind": "form", "at": ports.now(),
                    "editor": editor, "keys": keys, "outcome": "created", "facts": facts}  # fmt: skip
    typed = PreparedSource(source, keys, candidate_id)
    if not not_erased(ports, [typed]):
        raise WasErased("somebody of these addresses was erased and is not taken in again")
    resolve(ports, [typed])
    stored = ports.store.get(SOURCES, [id_])[id_].data
    return str(stored["candidate_id"]), str(stored["outcome"])
