"""Keys for other programs over HTTP: made, listed, revoked. For admins."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.audit import note
from functions.openapi.operation import JSON, Body, operation
from functions.parameters import JsonBody, read_body
from functions.request import caller, ports
from shared.access.api_keys import issue, list_keys, revoke
from shared.models.caller import Role
from shared.views.access import ApiKeyCreated, ApiKeys


class KeyBody(JsonBody):
    """A key for a program."""

    name: str = Field(max_length=100)
    role: Role = "service"
    pools: list[str] = Field(default_factory=list, max_length=100)
    days: int | None = None


@operation({200: ApiKeys})
def get_api_keys() -> ApiKeys:
    """List all keys, revoked ones too; never the keys themselves."""
    return ApiKeys(api_keys=[_without_hash(key) for key in list_keys(ports(), caller())])


@operation({201: ApiKeyCreated}, body=Body({JSON: KeyBody}))
def create_api_key() -> Any:
    """Make a key: `{"name": …, "pools": […], "role": "service", "days": …}`. This answer alone shows it."""
    body = read_body(KeyBody)
    api_key, secret = issue(ports(), caller(), body.name, body.role, body.pools, body.days)
    note("issue key", key=api_key.id, role=api_key.role, pools=list(api_key.pools))
    return {**_without_hash(api_key), "key": secret}, 201, {"Cache-Control": "no-store"}


@operation({204: None})
def revoke_api_key(key_id: str) -> Any:
    """Let nobody in with this key any more."""
    revoke(ports(), caller(), key_id)
    note("revoke key", key=key_id)
    return "", 204


def _without_hash(key: Any) -> Any:
    return key.model_dump(mode="json", exclude={"hash"})
