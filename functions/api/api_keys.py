"""Keys for other programs over HTTP: made, listed, revoked. For admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports

api_keys = Blueprint("api_keys", __name__, url_prefix="/api/api-keys")


@api_keys.get("/")
def get_api_keys() -> Any:
    """List all keys, revoked ones too; never the keys themselves."""
    from shared.access.api_keys import list_keys

    return {"api_keys": [_shown(each) for each in list_keys(ports(), caller(request))]}


@api_keys.post("/")
def create_api_key() -> Any:
    """Make a key: `{"name": …, "pools": […], "role": "service", "days": …}`. This answer alone shows it."""
    from functions.api.access_bodies import KeyBody, read_body
    from functions.audited import note
    from shared.access.api_keys import issue

    who = caller(request)
    asked = read_body(KeyBody, request.get_data())
    known, key = issue(ports(), who, asked.name, asked.role, asked.pools, asked.days)
    note(request, "issue key", key=known.id, role=known.role, pools=list(known.pools))
    answer = {**_shown(known), "key": key}
    return answer, 201, {"Cache-Control": "no-store"}


@api_keys.delete("/<key_id>/")
def revoke_api_key(key_id: str) -> Any:
    """Let nobody in with this key any more."""
    from functions.audited import note
    from shared.access.api_keys import revoke

    revoke(ports(), caller(request), key_id)
    note(request, "revoke key", key=key_id)
    return "", 204


def _shown(key: Any) -> Any:
    return key.model_dump(mode="json", exclude={"hash"})
