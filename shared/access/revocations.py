"""Development tokens that are good no longer: one by its id, or all of somebody who is a member no more."""

from __future__ import annotations

from datetime import datetime

from shared.access.reads import could_be_id
from shared.access.scope import allow
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.models.collections import REVOCATIONS
from shared.models.documents.access import RevocationDocument
from shared.ports import Create, Ports, SignedIn, Update


def revoke_token(ports: Ports, caller: Caller, token_id: str) -> None:
    """Let nobody in with this token any more; twice is fine. Raises `NotAllowed`, `InvalidRequest`."""
    _revoke(ports, caller, f"token:{token_id}")


def revoke_tokens_of(ports: Ports, caller: Caller, uid: str) -> None:
    """Let nobody in with a token this person was given until now; twice is fine.

    Raises `NotAllowed` for all but admins, `InvalidRequest` for what cannot be a uid.
    """
    _revoke(ports, caller, f"uid:{uid}")


def is_revoked(ports: Ports, signed: SignedIn) -> bool:
    """Whether the token was revoked, by its own id or with all of its owner's that were made before."""
    by_owner, by_token = f"uid:{signed.uid}", f"token:{signed.token_id}"
    revocations = ports.store.get(REVOCATIONS, [id_ for id_ in (by_owner, by_token) if could_be_id(id_)])
    if by_token in revocations:
        return True
    if by_owner not in revocations:
        return False
    revoked_at = datetime.fromisoformat(revocations[by_owner].data["at"]).timestamp()
    return signed.issued_at <= revoked_at


def _revoke(ports: Ports, caller: Caller, id_: str) -> None:
    allow(caller, "administer")
    if not could_be_id(id_):
        raise InvalidRequest("name whose tokens, or which token, by its id")
    revocation: RevocationDocument = {"id": id_, "at": ports.now(), "by": caller.uid}
    (conflict,) = ports.store.commit([[Create(REVOCATIONS, id_, revocation)]])
    if conflict:
        ports.store.commit([[Update(REVOCATIONS, id_, {"at": revocation["at"], "by": caller.uid}, None)]])
