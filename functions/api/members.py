"""Members over HTTP: who may sign in and as what. For admins."""

from __future__ import annotations

from typing import Any

from functions.api.bodies import MemberBody
from functions.parameters import read_body
from functions.request import caller, ports
from shared.access.members import list_members, remove_member
from shared.access.members import put_member as put


def get_me() -> Any:
    """Say who asks and what they may see."""
    return caller().model_dump(mode="json")


def get_members() -> Any:
    """List all members."""
    return {"members": [each.model_dump(mode="json") for each in list_members(ports(), caller())]}


def put_member(uid: str) -> Any:
    """Make somebody a member, or change what they may: `{"role": …, "pools": […], "candidate_id": …}`."""
    who = caller()
    asked = read_body(MemberBody)
    return put(ports(), who, uid, asked.role, asked.pools, asked.candidate_id).model_dump(mode="json")


def delete_member(uid: str) -> Any:
    """Let somebody in no longer."""
    remove_member(ports(), caller(), uid)
    return "", 204
