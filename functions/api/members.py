"""Members over HTTP: who may sign in and as what. For admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports

members = Blueprint("members", __name__, url_prefix="/api/members")


@members.get("/me/")
def get_me() -> Any:
    """Say who asks and what they may see."""
    return caller(request).model_dump(mode="json")


@members.get("/")
def get_members() -> Any:
    """List all members."""
    from shared.access.members import list_members

    return {"members": [each.model_dump(mode="json") for each in list_members(ports(), caller(request))]}


@members.put("/<uid>/")
def put_member(uid: str) -> Any:
    """Make somebody a member, or change what they may: `{"role": …, "pools": […], "candidate_id": …}`."""
    from functions.api.access_bodies import MemberBody, read_body
    from shared.access.members import put_member as put

    who = caller(request)
    asked = read_body(MemberBody, request.get_data())
    return put(ports(), who, uid, asked.role, asked.pools, asked.candidate_id).model_dump(mode="json")


@members.delete("/<uid>/")
def delete_member(uid: str) -> Any:
    """Let somebody in no longer."""
    from shared.access.members import remove_member

    remove_member(ports(), caller(request), uid)
    return "", 204
