"""Who may sign in and as what. Firestore's rules read the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from shared.access.reads import could_be_id
from shared.access.revocations import revoke_tokens_of
from shared.access.scope import allow
from shared.errors import InvalidRequest, NotFound
from shared.models.caller import Caller, Member, Role
from shared.models.collections import MEMBERS
from shared.ports import Create, Delete, Ports, Update

_LONGEST: Final = 128  # characters of a Firebase uid
_POOLS: Final = 100  # of one member


def put_member(
    ports: Ports, caller: Caller, id_: str, role: Role, pools: Sequence[str] = (), candidate_id: str | None = None
) -> Member:
    """Make somebody a member, or change what they may; it holds from their next request on.

    Raises `NotAllowed` for all but admins, `InvalidRequest` for what fits no role.
    """
    allow(caller, "administer")
    _check_id(id_, role)
    check_rights(role, pools, candidate_id)
    member = Member(id=id_, role=role, pools=tuple(dict.fromkeys(pools)), candidate_id=candidate_id,
                    added_by=caller.uid, at=ports.now())  # fmt: skip
    said = member.model_dump(mode="json")
    (conflict,) = ports.store.commit([[Create(MEMBERS, id_, said)]])
    if conflict:
        ports.store.commit([[Update(MEMBERS, id_, said, None)]])
    return member


def remove_member(ports: Ports, caller: Caller, id_: str) -> None:
    """Let somebody in no longer, from their next request on. Raises `NotAllowed`, `NotFound`, `InvalidRequest`."""
    allow(caller, "administer")
    if id_ == caller.uid:
        raise InvalidRequest("nobody removes themselves: another administrator does")
    if not could_be_id(id_) or not ports.store.get(MEMBERS, [id_], fields=()):
        raise NotFound(f"no member {id_}")
    ports.store.commit([[Delete(MEMBERS, id_)]])
    revoke_tokens_of(ports, caller, id_)


def list_members(ports: Ports, caller: Caller) -> list[Member]:
    """Return all members, by id. Raises `NotAllowed`."""
    allow(caller, "administer")
    return [Member.model_validate(row.data) for row in ports.store.query(MEMBERS)]


def _check_id(id_: str, role: Role) -> None:
    if not could_be_id(id_) or len(id_) > _LONGEST:
        raise InvalidRequest("uid: a Firebase uid, or the e-mail address of a service account")
    if (role == "service") != ("@" in id_):
        raise InvalidRequest("service accounts, named by their e-mail address, are of role service, and nobody else is")


def check_rights(role: Role, pools: Sequence[str], candidate_id: str | None) -> None:
    """Raise `InvalidRequest` for what fits no role: each has what it is scoped by, and nothing else."""
    if role not in get_args(Role):
        raise InvalidRequest(f"role {role}: one of {', '.join(get_args(Role))}")
    if bool(pools) != (role in ("recruiter", "service")) or len(pools) > _POOLS:
        raise InvalidRequest(f"pools: a recruiter or service has 1 to {_POOLS}; an admin sees all, a candidate none")
    if bool(candidate_id) != (role == "candidate"):
        raise InvalidRequest("candidate_id: the record of a candidate, and of nobody else")
