"""The OpenAPI document: routes from the app, words from the endpoints' docstrings, shapes from views and bodies.

Whatever several operations share is written once and referred to: schemas, refusals and parameters.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from flask import Flask
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaWarningKind

from functions.app import health
from functions.openapi.operation import (
    FILE,
    JSON,
    PUBLIC_REFUSALS,
    REFUSALS,
    WHY,
    Body,
    Operation,
    Query,
    operation,
    operation_of,
)
from functions.problems import MEDIA_TYPE
from functions.runtime import LazyFunction
from shared.models.batch import State
from shared.models.caller import Role
from shared.views.installation import Alive
from shared.vocabulary import FUNCTIONS, LEVELS

Json = dict[str, Any]
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_BINARY: Final[Json] = {"type": "string", "format": "binary"}
_ARGUMENT: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_ID: Final[Json] = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\w.@:~-]+$"}
_RETRY_AFTER: Final[Json] = {"description": "Seconds.", "schema": {"type": "string"}}
_RETRY_STATUSES: Final = (429, 503)
_SERVER_ERRORS: Final = (500, 503, 507)  # any endpoint may answer them: one range where all three are
_RANGE: Final = "5XX"
_REFERENCE: Final = "#/components/schemas/{model}"
# Lists of words that stand in many schemas: words to the name of their own schema.
_NAMED: Final[dict[tuple[str, ...], str]] = {
    get_args(State): "State",
    get_args(Role): "Role",
    FUNCTIONS: "Function",
    LEVELS: "Level",
}
# Schemas that stand in many others.
_SHARED: Final[Json] = {
    "Strings": {"items": {"type": "string"}, "type": "array"},
    "CountByName": {"additionalProperties": {"type": "integer"}, "type": "object"},
    "NumberByName": {"additionalProperties": {"type": "number"}, "type": "object"},
    "TextByName": {"additionalProperties": {"type": "string"}, "type": "object"},
}
KEY: Final = Query(
    "Idempotency-Key",
    "The same request under the same key is done once; within a day it is answered as the first time.",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x20-\x7e]+$"},
    header=True,
)
ABOUT: Final = (
    "Recruiters see their own pools and what was shared with them, candidates their own record, programs what their "
    "key names, administrators everything. Lists go on with `?after=` and the last answer's `next`. Whatever goes "
    "wrong is problem+json with a `code` that stays and the `request_id` the log and the audit know. A POST with an "
    "`Idempotency-Key` may be sent again: it is done once."
)
SECURITY: Final[Json] = {
    "token": {"type": "http", "scheme": "bearer", "description": "`shortlist token` makes one."},
    "key": {"type": "apiKey", "name": "X-Api-Key", "in": "header"},
}


class Problem(BaseModel):
    """What went wrong (RFC 9457). Some kinds of problem say more."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str = Field(description="Stays as it is when `detail` is worded anew.")
    detail: str
    request_id: str


operation({200: Alive}, public=True)(health)


class _Generator(GenerateJsonSchema):
    """Writes no default of a field that may be absent: `ABSENT` is no value."""

    def emit_warning(self, kind: JsonSchemaWarningKind, detail: str) -> None:
        if kind != "non-serializable-default":
            super().emit_warning(kind, detail)


def make_document(app: Flask) -> Json:
    """Return the OpenAPI 3.1 document as JSON values. Raises `KeyError` for an endpoint without a contract."""
    return _Document(app).make()


def endpoints(app: Flask) -> Iterator[tuple[str, Any, str]]:
    """Yield endpoint, rule and method of everything the app answers, by path."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in _METHODS:
            if method in (rule.methods or ()):
                yield rule.endpoint, rule, method


def function_of(app: Flask, endpoint: str) -> Any:
    """Return the function of an endpoint, with its docstring."""
    view = app.view_functions[endpoint]
    return view.function if isinstance(view, LazyFunction) else view


class _Document:
    """A document that is being made: what is referred to is collected on the way."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._schemas, self._definitions = _schemas(_types(app))
        self._parameters: Json = {}
        self._responses: Json = {}
        self._bodies: Json = {}

    def make(self) -> Json:
        """Return the whole document."""
        paths: Json = {}
        for endpoint, rule, method in endpoints(self._app):
            path = paths.setdefault(_ARGUMENT.sub(r"{\1}", str(rule)), self._path(rule.arguments))
            path[method.lower()] = self._operation(endpoint, method, rule.arguments)
        self._responses |= _share_answers(paths)
        components = {
            "schemas": self._definitions,
            "responses": dict(sorted(self._responses.items())),
            "parameters": dict(sorted(self._parameters.items())),
            "requestBodies": self._bodies,
            "securitySchemes": SECURITY,
        }
        return {
            "openapi": "3.1.1",
            "info": {"title": "Shortlist", "description": ABOUT, "version": "1"},
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": components,
            "security": [{"token": []}, {"key": []}],
        }

    def _path(self, arguments: set[str]) -> Json:
        """Return what all operations of a path share."""
        parameters = [self._path_parameter(name) for name in sorted(arguments)]
        return {"parameters": parameters} if parameters else {}

    def _operation(self, endpoint: str, method: str, arguments: set[str]) -> Json:
        function = function_of(self._app, endpoint)
        contract = operation_of(function)
        head, _, more = (inspect.getdoc(function) or endpoint).partition("\n\n")
        parameters = [self._parameter(query) for query in _queries(contract, method)]
        content: Json = {
            "tags": [endpoint.partition(".")[0].replace("_", " ")],
            "summary": head.replace("\n", " ").rstrip("."),
            "description": more,
            "operationId": endpoint if method == "GET" else f"{endpoint}.{method.lower()}",
            "parameters": parameters,
            "requestBody": self._body(contract.body) if contract.body else None,
            "responses": self._answers(contract, _refusals(contract, method, arguments)),
            "security": [{}] if contract.public else None,
        }
        return {name: value for name, value in content.items() if value}

    def _path_parameter(self, name: str) -> Json:
        self._definitions["Id"] = _ID
        schema = {"$ref": "#/components/schemas/Id"}
        return self._share({"name": name, "in": "path", "required": True, "schema": schema})

    def _parameter(self, query: Query) -> Json:
        parameter: Json = {"name": query.name, "in": "header" if query.header else "query"}
        if query.says:
            parameter["description"] = query.says
        if query.required:
            parameter["required"] = True
        parameter["schema"] = _compact(dict(query.schema))
        return self._share(parameter)

    def _share(self, parameter: Json) -> Json:
        """Refer to a parameter; several of one name are numbered."""
        name, number = parameter["name"], 1
        while self._parameters.setdefault(name, parameter) != parameter:
            number += 1
            name = f"{parameter['name']}_{number}"
        return {"$ref": f"#/components/parameters/{name}"}

    def _answers(self, contract: Operation, refusals: Iterable[int]) -> Json:
        answers = {str(status): self._answer(status, contract) for status in contract.answers}
        refused = sorted(status for status in refusals if status not in contract.answers)
        references = {str(status): self._refusal(status) for status in refused}
        if set(_SERVER_ERRORS) <= set(refused):
            references = {name: answer for name, answer in references.items() if name[0] != _RANGE[0]}
            references[_RANGE] = self._server_error()
        return answers | references

    def _server_error(self) -> Json:
        lines = [f"{status}: {WHY[status]}" for status in _SERVER_ERRORS]
        any_of_them = self._responses[str(_RETRY_STATUSES[1])]
        self._responses[_RANGE] = {**any_of_them, "description": " ".join(lines)}
        return {"$ref": f"#/components/responses/{_RANGE}"}

    def _answer(self, status: int, contract: Operation) -> Json:
        shape = contract.answers[status]
        answer: Json = {"description": WHY[status]}
        headers = {name: {"schema": {"type": "string"}} for name in contract.headers.get(status, ())}
        if headers:
            answer["headers"] = headers
        if isinstance(shape, str):
            answer["content"] = {shape: {"schema": _BINARY}}
        elif shape is not None:
            answer["content"] = {JSON: {"schema": self._schemas[shape]}}
        return answer

    def _refusal(self, status: int) -> Json:
        content = {MEDIA_TYPE: {"schema": self._schemas[Problem]}}
        response: Json = {"description": WHY[status], "content": content}
        if status in _RETRY_STATUSES:
            response["headers"] = {"Retry-After": _RETRY_AFTER}
        self._responses[str(status)] = response
        return {"$ref": f"#/components/responses/{status}"}

    def _body(self, body: Body) -> Json:
        content = {media: {"schema": self._body_schema(shape)} for media, shape in body.kinds.items()}
        content_of_body = {"content": content, "required": body.required}
        if body is not FILE:
            return content_of_body
        self._bodies["file"] = content_of_body
        return {"$ref": "#/components/requestBodies/file"}

    def _body_schema(self, shape: Any) -> Json:
        if shape is None:
            return _BINARY
        if not isinstance(shape, tuple):
            schema: Json = self._schemas[shape]
            return schema
        many = {"type": "array", "items": _BINARY, "minItems": 1}
        files = {name: many if name == "files" else _BINARY for name in shape}
        return {"type": "object", "properties": files, "required": list(files)}


def _share_answers(paths: Json) -> Json:
    """Let operations that answer alike refer to one response, and return those by name."""
    places: dict[str, list[tuple[Json, str]]] = {}
    for path in paths.values():
        for content in (path[method] for method in path if method != "parameters"):
            for status, answer in content["responses"].items():
                schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
                if "$ref" in schema and "headers" not in answer:
                    name = f"{schema['$ref'].rpartition('/')[2]}_{status}"
                    places.setdefault(name, []).append((content["responses"], status))
    shared: Json = {}
    for name, uses in places.items():
        if len(uses) > 1:
            for responses, status in uses:
                shared[name] = responses[status]
                responses[status] = {"$ref": f"#/components/responses/{name}"}
    return shared


def _queries(contract: Operation, method: str) -> list[Query]:
    queries = list(contract.query)
    if method == "POST" and not contract.public:
        queries.append(KEY)
    return queries


def _refusals(contract: Operation, method: str, arguments: set[str]) -> set[int]:
    """Return every status but those of good answers; an unknown parameter is a 400 everywhere."""
    refusals = {400, *contract.refuses, *(PUBLIC_REFUSALS if contract.public else REFUSALS)}
    if arguments:
        refusals.add(404)
    if contract.body:
        refusals |= {408, 413}
    if method == "POST" and not contract.public:
        refusals |= {409, 422}
    return refusals


def _types(app: Flask) -> list[Any]:
    """Return every type whose schema the document needs."""
    types: list[Any] = [Problem]
    for endpoint, _, _ in endpoints(app):
        contract = operation_of(function_of(app, endpoint))
        shapes = [*contract.answers.values(), *(contract.body.kinds.values() if contract.body else ())]
        types += [shape for shape in shapes if isinstance(shape, type)]
    return list(dict.fromkeys(types))


def _schemas(types: list[Any]) -> tuple[dict[Any, Json], Json]:
    """Return the schema of each type, and the definitions they refer to."""
    mode: JsonSchemaMode = "validation"
    inputs = [(place, mode, TypeAdapter(type_)) for place, type_ in enumerate(types)]
    schemas, rest = TypeAdapter.json_schemas(inputs, ref_template=_REFERENCE, schema_generator=_Generator)
    definitions = {name: _compact(schema) for name, schema in rest.get("$defs", {}).items()}
    definitions |= _SHARED
    definitions |= {name: {"enum": list(words), "type": "string"} for words, name in _NAMED.items()}
    return {type_: schemas[place, mode] for place, type_ in enumerate(types)}, dict(sorted(definitions.items()))


def _compact(schema: Any) -> Any:
    """Return a schema without what goes without saying, with null among its types."""
    if isinstance(schema, list):
        return [_compact(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: _compact(part) for name, part in schema.items() if not _says_nothing(name, part)}
    if set(parts) == {"enum", "type"} and tuple(parts["enum"]) in _NAMED:
        return {"$ref": f"#/components/schemas/{_NAMED[tuple(parts['enum'])]}"}
    for name, shared in _SHARED.items():
        if parts == shared:
            return {"$ref": f"#/components/schemas/{name}"}
    types = _types_of_choice(parts.get("anyOf"))
    if types is None:
        return parts
    choice: Json = {}
    for part in parts.pop("anyOf"):
        choice |= part
    return {**choice, **parts, "type": types}


def _says_nothing(name: str, part: Any) -> bool:
    """Whether a keyword repeats a name or a default of JSON Schema, or says that a field may be absent."""
    if name == "title":
        return isinstance(part, str)
    if name == "default" and isinstance(part, dict):
        return True  # the defaults of the schema it is of
    return (name, part) in (("default", None), ("default", []), ("default", ""), ("additionalProperties", True))


def _types_of_choice(choices: Any) -> list[str] | None:
    """Return the types of a choice between null and one other plain type; None for any other choice."""
    if not isinstance(choices, list) or len(choices) != 2 or choices[1] != {"type": "null"}:
        return None
    other = choices[0].get("type")
    return [other, "null"] if isinstance(other, str) and "enum" not in choices[0] else None
