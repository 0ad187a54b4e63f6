"""The OpenAPI document: routes from the app, words from the endpoints' docstrings, shapes from the models."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import openapi_pydantic as openapi
from flask import Flask
from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class
from pydantic import BaseModel

from functions.openapi.answers import Problem
from functions.openapi.operation import EVERY, JSON, PUBLIC, WHY, Body, Operation, Query, Shape
from functions.problems import MEDIA_TYPE
from functions.runtime import LazyFunction

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}
_ARGUMENT: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_ID: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\w.@:~-]+$"}
KEY: Final = Query(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x20-\x7e]+$"},
    "The same request under the same key is done once; within a day it is answered as the first time.",
    header=True,
)
ABOUT: Final = (
    "Recruiters see their own pools and what was shared with them, candidates their own record, programs what their "
    "key names, administrators everything. Lists go on with `?after=` and the last answer's `next`. Whatever goes "
    "wrong is problem+json with a `code` that stays and the `request_id` the log and the audit know. A POST with an "
    "`Idempotency-Key` may be sent again: it is done once."
)


def make_document(app: Flask, operations: Mapping[str, Operation]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document as JSON values. Raises `KeyError` naming an endpoint nobody has described."""
    paths: dict[str, openapi.PathItem] = {}
    for endpoint, rule, method in endpoints(app):
        made = _operation(endpoint, method, rule.arguments, view_of(app, endpoint), operations[endpoint])
        item = paths.setdefault(_ARGUMENT.sub(r"{\1}", str(rule)), openapi.PathItem())
        setattr(item, method.lower(), made)
    document = openapi.OpenAPI(
        openapi="3.1.1",
        info=openapi.Info(title="Shortlist", version="1", description=ABOUT),
        servers=[openapi.Server(url="/")],
        paths=paths,
        security=[{"token": []}, {"key": []}],
        components=openapi.Components(
            securitySchemes={
                "token": openapi.SecurityScheme(
                    type="http", scheme="bearer", description="`shortlist token` makes one."
                ),
                "key": openapi.SecurityScheme(type="apiKey", name="X-Api-Key", security_scheme_in="header"),
            }
        ),
    )
    whole = construct_open_api_with_schema_class(document, [Problem])
    return whole.model_dump(by_alias=True, exclude_none=True, mode="json")


def endpoints(app: Flask) -> Iterator[tuple[str, Any, str]]:
    """Yield endpoint, rule and method of everything the app answers, by path."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in _METHODS:
            if method in (rule.methods or ()):
                yield rule.endpoint, rule, method


def view_of(app: Flask, endpoint: str) -> Any:
    """Return the function of an endpoint, with its docstring."""
    view = app.view_functions[endpoint]
    return view.function if isinstance(view, LazyFunction) else view


def _operation(endpoint: str, method: str, names: set[str], view: Any, said: Operation) -> openapi.Operation:
    head, _, more = (inspect.getdoc(view) or endpoint).partition("\n\n")
    refused = {*said.refuses, *(PUBLIC if said.public else EVERY), *([404] if names else [])}
    refused |= {400, 408, 413} if said.body else set()
    refused |= {400} if said.query else set()
    posts = method == "POST" and not said.public
    refused |= {400, 409, 422} if posts else set()
    answers = {str(status): _answer(status, shape, said) for status, shape in said.answers.items()}
    answers |= {str(status): _refusal(status) for status in sorted(refused) if str(status) not in answers}
    return openapi.Operation(
        operationId=f"{endpoint}.{method.lower()}" if method != "GET" else endpoint,
        tags=[endpoint.partition(".")[0].replace("_", " ")],
        summary=head.replace("\n", " ").rstrip("."),
        description=more or None,
        parameters=[*_path_parameters(names), *map(_parameter, (*said.query, *([KEY] if posts else [])))] or None,
        requestBody=_body(said.body) if said.body else None,
        responses=answers,
        security=[{}] if said.public else None,
    )


def _path_parameters(names: set[str]) -> list[openapi.Parameter]:
    return [
        openapi.Parameter(**{"in": "path"}, name=name, required=True, param_schema=openapi.Schema(**_ID))
        for name in sorted(names)
    ]


def _parameter(query: Query) -> openapi.Parameter:
    return openapi.Parameter(
        **{"in": "header" if query.header else "query"},
        name=query.name,
        required=query.required,
        description=query.says or None,
        param_schema=openapi.Schema(**query.schema),
    )


def _answer(status: int, shape: Shape, said: Operation) -> openapi.Response:
    content = None
    if isinstance(shape, str):
        content = {shape: openapi.MediaType(media_type_schema=openapi.Schema(**_BINARY))}
    elif shape is not None:
        content = {JSON: openapi.MediaType(media_type_schema=_schema(shape))}
    text = openapi.Schema(type="string")
    headers = {name: openapi.Header(param_schema=text) for name in said.headers.get(status, ())}
    return openapi.Response(description=WHY[status], content=content, headers=headers or None)


def _refusal(status: int) -> openapi.Response:
    again = {"Retry-After": openapi.Header(description="Seconds.", param_schema=openapi.Schema(type="string"))}
    media = openapi.MediaType(media_type_schema=_schema(Problem))
    return openapi.Response(
        description=WHY[status], content={MEDIA_TYPE: media}, headers=again if status in (429, 503) else None
    )


def _body(body: Body) -> openapi.RequestBody:
    content = {}
    for media, shape in body.kinds.items():
        schema: Any = openapi.Schema(**_BINARY)
        if isinstance(shape, tuple):
            many: dict[str, Any] = {"type": "array", "items": _BINARY, "minItems": 1}
            files = {name: many if name == "files" else _BINARY for name in shape}
            schema = openapi.Schema(type="object", properties=files, required=list(files))
        elif shape is not None:
            schema = _schema(shape)
        content[media] = openapi.MediaType(media_type_schema=schema)
    return openapi.RequestBody(content=content, required=body.required)


def _schema(model: type[BaseModel]) -> Any:
    return PydanticSchema(schema_class=model)
