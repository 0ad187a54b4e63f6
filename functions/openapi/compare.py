"""What one OpenAPI document promises that another does not: `python -m functions.openapi.compare OLD NEW`.

References are followed, so that two documents that say the same in another arrangement are alike.
"""

from __future__ import annotations

import json
import re
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
    lost = set(promises(old)) - set(promises(new))
    return sorted(lost)


def promises(document: Json) -> list[Promise]:
    """Return everything a document says, each with the place it stands at."""
    about = document["info"]
    lines: list[Promise] = [("title", about["title"]), ("description", about["description"])]
    for path, item in document["paths"].items():
        shared = item.get(_SHARED, [])
        for method in METHODS:
            if method not in item:
                continue
            place = f"{method.upper()} {path}"
            operation = {**item[method], _SHARED: shared + item[method].get(_SHARED, [])}
            for promise in _of_operation(document, operation):
                lines.append((place, *promise))
    return lines


def operations(document: Json) -> Iterator[Json]:
    """Yield every operation of a document."""
    for item in document["paths"].values():
        for method in METHODS:
            if method in item:
                yield item[method]


def follow(document: Json, part: Json) -> Json:
    """Return the part that is meant, where there is a reference to it."""
    while isinstance(part, dict) and "$ref" in part:
        place = document
        path = part["$ref"].removeprefix("#/")
        for name in path.split("/"):
            place = place[name.replace("~1", "/")]
        part = place
    return part


def _of_operation(document: Json, operation: Json) -> Iterator[Promise]:
    for word in _WORDS:
        if word in operation:
            yield (word, operation[word])
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
        headers = answer.get("headers", {})
        for name, header in headers.items():
            yield (status, f"header {name}", header.get("description") or "")
        yield from _of_content(document, answer, status)


def _answers(document: Json, operation: Json) -> Iterator[tuple[str, Json]]:
    """Yield status and answer; a range is each of its statuses that the document describes by itself."""
    described = document.get("components", {}).get("responses", {})
    for status, reference in operation["responses"].items():
        if not status.endswith("XX"):
            yield status, follow(document, reference)
            continue
        in_range = re.compile(rf"{status[0]}\d\d")
        for name, answer in described.items():
            if in_range.fullmatch(name):
                yield name, follow(document, answer)


def _of_content(document: Json, holder: Json, place: str) -> Iterator[Promise]:
    contents = holder.get("content", {})
    for media, content in contents.items():
        yield from _of_schema(document, content["schema"], f"{place} {media}")


def _of_schema(document: Json, schema: Json, place: str, depth: int = 0) -> Iterator[Promise]:
    """Yield types, words and limits of a schema and of every field in it; a choice is each of its schemas."""
    part = follow(document, schema)
    if depth > _DEEPEST or not isinstance(part, dict):
        return
    kinds = part.get("type", [])
    if isinstance(kinds, str):
        kinds = [kinds]
    for kind in kinds:
        yield (place, "type", kind)
    for word in part.get("enum", ()):
        yield (place, "one of", str(word))
    for name in _LIMITS:
        if name in part:
            yield (place, name, _limit(part[name]))
    if part.get("description"):
        yield (place, "description", part["description"])
    for inner_place, inner in _inside(part, place):
        yield from _of_schema(document, inner, inner_place, depth + 1)


def _inside(schema: Json, place: str) -> list[tuple[str, Json]]:
    """Return every schema in a schema, with its place."""
    inside = [(f"{place}[]", schema.get("items")), (f"{place}.*", schema.get("additionalProperties"))]
    for choice in _CHOICES:
        for other in schema.get(choice, ()):
            inside.append((place, other))
    for name, field in schema.get("properties", {}).items():
        inside.append((f"{place}.{name}", field))
    for item in schema.get("prefixItems", ()):
        inside.append((f"{place}[]", item))
    return inside


def _limit(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{value:g}"


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
