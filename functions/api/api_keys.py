"""Keys for other programs over HTTP: made, listed, revoked. For admins."""

from __future__ import annotations

from typing import Any

from functions.api.bodies import KeyBody
from functions.audit import note
from functions.parameters import read_body
from functions.request import caller, ports
from shared.access.api_keys import issue, list_keys, revoke


def get_api_keys() -> Any:
    """List all keys, revoked ones too; never the keys themselves."""
    return {"api_keys": [_shown(each) for each in list_keys(ports(), caller())]}


def create_api_key() -> Any:
    """Make a key: `{"name": …, "pools": […], "role": "service", "days": …}`. This answer alone shows it."""
    who = caller()
    asked = read_body(KeyBody)
    known, key = issue(ports(), who, asked.name, asked.role, asked.pools, asked.days)
    note("issue key", key=known.id, role=known.role, pools=list(known.pools))
    answer = {**_shown(known), "key": key}
    return answer, 201, {"Cache-Control": "no-store"}


def revoke_api_key(key_id: str) -> Any:
    """Let nobody in with this key any more."""
    revoke(ports(), caller(), key_id)
    note("revoke key", key=key_id)
    return "", 204


def _shown(key: Any) -> Any:
    return key.model_dump(mode="json", exclude={"hash"})
