"""The data model is a contract for frontends: every field of every model is in docs/data-model.md, and none besides."""

from __future__ import annotations

import importlib
import pkgutil
import re
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest

import shared.models
from shared.models.candidate import SCHEMA
from shared.models.collections import COLLECTIONS, DIMENSIONS
from shared.models.frozen import Frozen

DOC = Path(__file__).resolve().parents[1] / "docs" / "data-model.md"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", Any: "any"}


def models() -> dict[str, type[Frozen]]:
    for module in pkgutil.iter_modules(shared.models.__path__):
        importlib.import_module(f"shared.models.{module.name}")
    return {model.__name__: model for model in Frozen.__subclasses__()}


def worded(annotation: Any) -> str:
    """Return a type as the document words it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        parts = [worded(part) for part in arguments if part is not type(None)]
        return " or ".join([*parts, "null"] if type(None) in arguments else parts)
    if origin in (tuple, list):
        return f"list of {worded(arguments[0])}"
    if origin is dict:
        return f"map of {worded(arguments[1])}"
    return PLAIN.get(annotation) or str(annotation.__name__)


def sections(text: str) -> dict[str, str]:
    """Return heading -> what stands under it, for headings of two and three marks."""
    parts = re.split(r"^#{2,3} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(section: str) -> list[list[str]]:
    """Return the cells of a section's table, without its head."""
    lines = [line for line in section.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def fields(heading: str) -> dict[str, list[str]]:
    found = rows(sections(DOC.read_text(encoding="utf-8"))[heading])
    return {cells[0].strip("`"): cells[1:] for cells in found}


@pytest.mark.parametrize("name", sorted(models()))
def test_every_field_of_a_model_is_documented_with_its_type_and_none_besides(name: str) -> None:
    documented = fields(name)
    assert list(documented) == list(models()[name].model_fields)
    for field, info in models()[name].model_fields.items():
        assert documented[field][0] == worded(info.annotation), f"{name}.{field}"


def test_every_field_has_a_meaning_and_an_example() -> None:
    for heading, section in sections(DOC.read_text(encoding="utf-8")).items():
        for cells in rows(section):
            assert len(cells) == 4 and all(cells), f"{heading}: {cells}"


def test_every_collection_is_documented_and_none_besides() -> None:
    assert set(fields("Collections")) == set(COLLECTIONS)


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_what_a_collection_may_be_queried_by_and_its_vectors_are_documented(collection: str) -> None:
    known = COLLECTIONS[collection]
    said = fields("Collections")[collection]
    assert said[1] == (", ".join(f"`{path}`" for path in known.queried) or "nothing")
    assert said[2] == (", ".join(f"`{field}`" for field in known.vectors) or "none")


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_every_queried_path_leads_to_a_documented_field(collection: str) -> None:
    model = {
        "candidates": "Candidate",
        "sources": "Source",
        "imports": "Import",
        "rejects": "Rejected",
        "slices": "Slice",
        "uploads": "Upload",
        "documents": "Document",
        "jobs": "Job",
        "spaces": "Space",
        "matches": "Match",
        "texts": "DocumentText",
        "batches": "UploadBatch",
        "items": "UploadItem",
        "search_runs": "SearchRun",
        "members": "Member",
        "api_keys": "ApiKey",
        "audit": "AuditEntry",
        "notes": "Note",
        "answers": "Answered",
        "usage": "Usage",
        "previews": "ImportPreview",
        "suppressed": "Suppressed",
        "self_described": "SelfDescribed",
        "erasures": "Erasure",
    }
    documented = fields(model.get(collection, f"`{collection}`"))
    for path in COLLECTIONS[collection].queried:
        assert path.split(".")[0] in documented, path


def test_no_section_describes_a_model_that_is_gone() -> None:
    named = re.findall(r"^### (\w+)$", DOC.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(named) == sorted(models())


def test_the_document_names_the_schema_version_and_the_dimensions() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert f"schema version {SCHEMA}" in text
    assert f"{DIMENSIONS} numbers" in text
