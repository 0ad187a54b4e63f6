"""One endpoint's promise, written above its function: its parameters, its body, and every answer it can give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

Shape = Any  # the type of a view or body in JSON, the media type of something else, or None: nothing
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
JSON: Final = "application/json"
FORM: Final = "multipart/form-data"


@dataclass(frozen=True)
class Query:
    """A parameter of the query string, or with `header` of the header. `schema` is JSON Schema."""

    name: str
    says: str = ""
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    header: bool = False
    required: bool = False


@dataclass(frozen=True)
class Body:
    """What may be sent: media type -> a type, or the names of the files of a form."""

    kinds: Mapping[str, Any]
    required: bool = True


@dataclass(frozen=True)
class Operation:
    """`answers`: status -> what a good answer holds. `refuses`: statuses beside those of `REFUSALS`."""

    answers: Mapping[int, Shape]
    refuses: tuple[int, ...] = ()
    query: tuple[Query, ...] = ()
    body: Body | None = None
    public: bool = False
    headers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # status -> headers worth naming


_operations: dict[Callable[..., Any], Operation] = {}


def operation(
    answers: Mapping[int, Shape],
    *,
    refuses: tuple[int, ...] = (),
    query: tuple[Query, ...] = (),
    body: Body | None = None,
    public: bool = False,
    headers: Mapping[int, tuple[str, ...]] | None = None,
) -> Callable[[Endpoint], Endpoint]:
    """Say what the function below promises; the fields are those of `Operation`."""
    promise = Operation(answers, refuses, query, body, public, headers or {})

    def register(function: Endpoint) -> Endpoint:
        _operations[function] = promise
        return function

    return register


def operation_of(function: Callable[..., Any]) -> Operation:
    """Return what an endpoint promises. Raises `KeyError` for one that promises nothing."""
    return _operations[function]


# What any endpoint may answer that asks who is there.
REFUSALS: Final = (401, 403, 429, 500, 503, 507)
PUBLIC_REFUSALS: Final = (429, 500, 503)
WHY: Final[Mapping[int, str]] = {
    200: "Done, or it was so already.",
    201: "Made.",
    202: "Taken; it is done in the background.",
    204: "Gone.",
    302: "It is there.",
    304: "It is as you know it.",
    400: "The request is wrong; `detail` says what.",
    401: "No token, or one that is not valid here.",
    403: "The token is good; this is not for whom it belongs to.",
    404: "Nothing has this id, or it is somebody else's.",
    408: "The request took too long to arrive.",
    409: "It meets another: a request in progress, or a record that holds what this one would be given.",
    410: "It was there once, or is of somebody who was erased.",
    412: "The record is no longer what was read: read it again.",
    413: "Too large; `detail` names the limit.",
    415: "This kind of content is not read here.",
    422: "The idempotency key was sent with another request before.",
    428: "Say by `If-Match` which version the change was made for.",
    429: "Too many requests, or the model's quota is used up; `Retry-After` says when to come again.",
    500: "It broke; the log has the reason under `request_id`.",
    503: "The outside world failed or the record is held; `Retry-After` says when to come again.",
    507: "The disk is full.",
}


def choice(name: str, *values: str, says: str = "") -> Query:
    """Return a parameter that takes one of these words."""
    schema = {"type": "string", "enum": list(values)}
    return Query(name, says, schema)


def integer(name: str, default: int, least: int, most: int, says: str = "") -> Query:
    """Return a parameter that takes a whole number from `least` to `most`."""
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return Query(name, says, schema)


def limit(default: int, most: int) -> Query:
    """Return the parameter that says how many a page may hold."""
    return integer("limit", default, 1, most, "At most so many.")


text = Query
boolean = partial(Query, schema={"type": "boolean", "default": False})
POOL: Final = text("pool", "Whose records; a recruiter's own pools only.")
VIEW: Final = choice("view", "blind", says="People without names, contacts, schools and years, as in a blind pool.")
AFTER: Final = text("after", "The last answer's `next`.")
FILE: Final = Body({"text/csv": None, FORM: ("file",)})
