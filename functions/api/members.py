"""Members over HTTP: who may sign in and as what. For admins."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.openapi.operation import JSON, Body, operation
from functions.parameters import JsonBody, read_body
from functions.request import caller, ports
from shared.access import members
from shared.models.caller import Member, Role
from shared.views.access import Me, Members


class MemberBody(JsonBody):
    """What a member may be."""

    role: Role
    pools: list[str] = Field(default_factory=list, max_length=100)
    candidate_id: str | None = Field(None, max_length=100)


@operation({200: Me})
def get_me() -> Me:
    """Say who asks and what they may see."""
    return Me(**caller().model_dump(mode="json"))


@operation({200: Members})
def get_members() -> Members:
    """List all members."""
    shown: list[Any] = [member.model_dump(mode="json") for member in members.list_members(ports(), caller())]
    return Members(members=shown)


@operation({200: Member}, body=Body({JSON: MemberBody}))
def put_member(uid: str) -> Any:
    """Make somebody a member, or change what they may: `{"role": …, "pools": […], "candidate_id": …}`."""
    body = read_body(MemberBody)
    member = members.put_member(ports(), caller(), uid, body.role, body.pools, body.candidate_id)
    return member.model_dump(mode="json")


@operation({204: None})
def delete_member(uid: str) -> Any:
    """Let somebody in no longer."""
    members.remove_member(ports(), caller(), uid)
    return "", 204
