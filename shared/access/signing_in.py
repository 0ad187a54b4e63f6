"""From what a request carries to who asks: a development token, a member's token, or a key of a program."""

from __future__ import annotations

from shared.access.api_keys import PREFIX, caller_of_key
from shared.access.reads import could_be_id
from shared.access.revocations import is_revoked
from shared.errors import NotAllowed, NotSignedIn
from shared.models.caller import Caller, Member
from shared.models.collections import MEMBERS
from shared.ports import Ports, SignIn


def caller_of(ports: Ports, sign_in: SignIn, authorization: str, api_key: str) -> Caller:
    """Return who asks, by the headers `Authorization` and `X-Api-Key` (which wins: IAM in front takes the other).

    Raises `NotSignedIn` for no token and for none of ours, `NotAllowed` for somebody who is no member, `Retryable`.
    """
    scheme, _, token = authorization.partition(" ")
    if api_key or (scheme.lower() == "bearer" and token.startswith(PREFIX)):
        return caller_of_key(ports, api_key or token)
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("sign in: send `Authorization: Bearer TOKEN` or `X-Api-Key: KEY`")
    signed = sign_in.signed_in(token)
    if signed.caller is None:
        return _member(ports, signed.uid, signed.service)
    if is_revoked(ports, signed):
        raise NotSignedIn("the token was revoked; `shortlist token` makes another")
    return signed.caller


def _member(ports: Ports, uid: str, service: bool) -> Caller:
    row = ports.store.get(MEMBERS, [uid]).get(uid) if could_be_id(uid) else None
    if row is None:
        raise NotAllowed("signed in, but no member here: an administrator adds members")
    member = Member.model_validate(row.data)
    if (member.role == "service") != service:  # a person cannot borrow the name of a service account
        raise NotAllowed("signed in, but not as what the member is: a service account, or a person")
    return Caller(uid=uid, role=member.role, pools=member.pools, candidate_id=member.candidate_id)
