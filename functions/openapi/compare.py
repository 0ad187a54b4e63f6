"""What one OpenAPI document promises that another does not: `python -m functions.openapi.compare OLD NEW`.

References are followed, so that two documents that say the same in another arrangement are alike.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

Json = Any
Promise = tuple[str, ...]  # where it stands, what it is, and what it says
METHODS: Final = ("get", "post", "put", "patch", "delete")
_SHARED: Final = "parameters"  # of a path: of all its operations
_WORDS: Final = ("operationId", "summary", "description")
_DEEPEST: Final = 12  # fields below fields, until a schema that holds itself is given up
_LIMITS: Final = ("minLength", "maxLength", "minimum", "maximum", "pattern", "minItems", "maxItems", "format")
_CHOICES: Final = ("anyOf", "oneOf", "allOf")


def lost_promises(old: Json, new: Json) -> list[Promise]:
    """Return what the old document says of operations, parameters, fields and answers and the new one does not."""
    kept = set(promises(new))
    return sorted({promise for promise in promises(old) if promise not in kept})


def promises(document: Json) -> Iterator[Promise]:
    """Yield everything a document says, each with the place it stands at."""
    yield from ((name, document["info"][name]) for name in ("title", "description", "version"))
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = {**item[method], _SHARED: item.get(_SHARED, []) + item[method].get(_SHARED, [])}
                for promise in _of_operation(document, operation):
                    yield (f"{method.upper()} {path}", *promise)


def operations(document: Json) -> Iterator[Json]:
    """Yield every operation of a document."""
    for item in document["paths"].values():
        yield from (item[method] for method in METHODS if method in item)


def follow(document: Json, part: Json) -> Json:
    """Return the part that is meant, where there is a reference to it."""
    while isinstance(part, dict) and "$ref" in part:
        place = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            place = place[name.replace("~1", "/")]
        part = place
    return part


def _of_operation(document: Json, operation: Json) -> Iterator[Promise]:
    yield from ((name, operation[name]) for name in _WORDS if operation.get(name))
    yield ("tags", *operation.get("tags", []))
    yield ("security", json.dumps(operation.get("security")))
    for reference in operation[_SHARED]:
        parameter = follow(document, reference)
        place = f"{parameter['in']} {parameter['name']}"
        yield (place, "required", str(parameter.get("required", False)))
        yield (place, "description", parameter.get("description") or "")
        yield from _of_schema(document, parameter["schema"], place)
    body = follow(document, operation.get("requestBody") or {})
    yield ("body", "required", str(body.get("required", False)))
    yield from _of_content(document, body, "body")
    for status, answer in _answers(document, operation):
        yield (status, "description", answer["description"])
        for name, header in answer.get("headers", {}).items():
            yield (status, f"header {name}", header.get("description") or "")
        yield from _of_content(document, answer, status)


def _answers(document: Json, operation: Json) -> Iterator[tuple[str, Json]]:
    """Yield status and answer; a range is each of its statuses that the document describes by itself."""
    described = document.get("components", {}).get("responses", {})
    for status, reference in operation["responses"].items():
        if not status.endswith("XX"):
            yield status, follow(document, reference)
            continue
        for name, answer in described.items():
            if name.isdigit() and name[0] == status[0]:
                yield name, follow(document, answer)


def _of_content(document: Json, holder: Json, place: str) -> Iterator[Promise]:
    for media, content in (holder.get("content") or {}).items():
        yield from _of_schema(document, content["schema"], f"{place} {media}")


def _of_schema(document: Json, schema: Json, place: str, depth: int = 0) -> Iterator[Promise]:
    """Yield types, words and limits of a schema and of every field in it; a choice is each of its schemas."""
    part = follow(document, schema)
    if depth > _DEEPEST or not isinstance(part, dict):
        return
    yield from ((place, "type", kind) for kind in _kinds(part))
    yield from ((place, "one of", str(word)) for word in part.get("enum", ()))
    yield from ((place, name, _limit(part[name])) for name in _LIMITS if name in part)
    if part.get("description"):
        yield (place, "description", part["description"])
    for choice in _CHOICES:
        for other in part.get(choice, ()):
            yield from _of_schema(document, other, place, depth + 1)
    for name, field in part.get("properties", {}).items():
        yield from _of_schema(document, field, f"{place}.{name}", depth + 1)
    yield from _of_schema(document, part.get("items"), f"{place}[]", depth + 1)
    yield from _of_schema(document, part.get("additionalProperties"), f"{place}.*", depth + 1)
    for field in part.get("prefixItems", ()):
        yield from _of_schema(document, field, f"{place}[]", depth + 1)


def _limit(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _kinds(schema: Json) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


def main(old: str, new: str) -> int:
    """Print what is lost; return 1 when anything is."""
    documents = [json.loads(Path(name).read_text(encoding="utf-8")) for name in (old, new)]
    lost = lost_promises(*documents)
    for promise in lost:
        print(" | ".join(promise))
    print(f"{len(set(promises(documents[0])))} promises, {len(lost)} lost")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
