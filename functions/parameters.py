"""What a request says: parameters of its query string and its JSON body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from shared.errors import InvalidRequest

Model = TypeVar("Model", bound=BaseModel)


class Body(BaseModel):
    """A JSON body; a key it does not name is refused."""

    model_config = ConfigDict(extra="forbid")


def number(name: str, default: int, least: int, most: int) -> int:
    """Return a whole number of the query string. Raises `InvalidRequest`."""
    text = request.args.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise InvalidRequest(f"{name}={text!r}: a whole number from {least} to {most}")
    return int(text)


def flag(name: str) -> bool:
    """Return a true/false of the query string. Raises `InvalidRequest`."""
    text = request.args.get(name, "false").lower()
    if text not in ("true", "false"):
        raise InvalidRequest(f"{name}={text!r}: true or false")
    return text == "true"


def json_object() -> dict[str, Any]:
    """Return the JSON object of the body, an empty one where there is no body. Raises `InvalidRequest`."""
    content = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(content, dict):
        raise InvalidRequest("send one JSON object")
    return content


def read_body(model: type[Model]) -> Model:
    """Return the JSON body. Raises `InvalidRequest` naming what is wrong, never what was sent."""
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise InvalidRequest(_problems(error.errors())) from error


def _problems(errors: Sequence[ErrorDetails]) -> str:
    lines = dict.fromkeys(_problem(error) for error in errors)
    return "; ".join(lines)


def _problem(error: ErrorDetails) -> str:
    place = ".".join(map(str, error["loc"])) or "body"
    if error["type"] == "extra_forbidden":
        return f"unknown key {place}"
    return f"{place}: {error['msg']}"
