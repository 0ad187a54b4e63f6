"""What a request says: parameters of its query string and its JSON body."""

from __future__ import annotations

import json
from typing import Any, Final, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.errors import InvalidRequest
from shared.vocabulary.bounds import LONGEST_BLANKS, bounded_values

_MOST_DIGITS: Final = 9
_FLAGS: Final = {"true": True, "false": False}
Model = TypeVar("Model", bound=BaseModel)


class JsonBody(BaseModel):
    """A JSON body; a key it does not name is refused."""

    model_config = ConfigDict(extra="forbid")


def number(name: str, default: int, least: int, most: int) -> int:
    """Return a whole number of the query string. Raises `InvalidRequest`."""
    text = request.args.get(name)
    if text is None:
        return default
    value = int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None
    if value is None or not least <= value <= most:
        raise InvalidRequest(f"{name}={text!r}: a whole number from {least} to {most}")
    return value


def flag(name: str) -> bool:
    """Return a true/false of the query string. Raises `InvalidRequest`."""
    text = request.args.get(name, "false").lower()
    value = _FLAGS.get(text)
    if value is None:
        raise InvalidRequest(f"{name}={text!r}: true or false")
    return value


def json_object() -> dict[str, Any]:
    """Return the JSON object of the body, an empty one where there is no body. Raises `InvalidRequest`."""
    if not request.get_data():
        return {}
    content = request.get_json(force=True, silent=True)
    if not isinstance(content, dict):
        raise InvalidRequest("send one JSON object")
    return content


def read_body(model: type[Model]) -> Model:
    """Return the JSON body. Raises `InvalidRequest` naming what is wrong, never what was sent."""
    try:
        return model.model_validate_json(_bounded_body())
    except ValidationError as error:
        problems = _problems(error)
        raise InvalidRequest(problems) from error


def _bounded_body() -> bytes:
    """Return the body with bounded texts. What is no JSON stays as it is: the model says what is wrong with it."""
    body = request.get_data()
    if len(body) <= LONGEST_BLANKS:
        return body
    try:
        content = bounded_values(json.loads(body))
        return json.dumps(content).encode()
    except (ValueError, RecursionError):
        return body


def _problems(error: ValidationError) -> str:
    lines: list[str] = []
    for problem in error.errors():
        place = ".".join(map(str, problem["loc"])) or "body"
        line = f"{place}: {problem['msg']}"
        if problem["type"] == "extra_forbidden":
            line = f"unknown key {place}"
        if line not in lines:
            lines.append(line)
    return "; ".join(lines)
