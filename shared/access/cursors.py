"""Where somebody goes on, as text an address can carry: of a list, or of a stream of events."""

from __future__ import annotations

import base64
from typing import Any

import orjson

from shared.errors import InvalidRequest


def write_cursor(said: Any) -> str:
    """Return JSON values as a cursor."""
    return base64.urlsafe_b64encode(orjson.dumps(said)).decode().rstrip("=")


def read_cursor(cursor: str, instead: str) -> Any:
    """Return what a cursor says. Raises `InvalidRequest`, saying `instead`, for one of nobody's making."""
    try:
        return orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:  # what is no base64, and what is no JSON
        raise InvalidRequest(instead) from error
