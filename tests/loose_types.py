"""Signatures of the core that say nothing of what they take: `dict[str, Any]`, `Data`, `Mapping[str, Any]`, `object`.

`python tests/loose_types.py` lists them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CORE: Final = (
    "access",
    "cv_files",
    "imports",
    "jobs",
    "operations",
    "people",
    "pipeline",
    "privacy",
    "repair",
    "search",
    "stages",
    "vectors",
)
# An alias of one of these is as loose, so aliases are looked at, too.
_LOOSE: Final = re.compile(
    r"\b(?:[dD]ict|(?:Mutable)?Mapping|defaultdict)\[str, (?:Any|object)\]|\bData\b|(?<![\w.])(?<!\], )object\b"
    r"|\b(?:Stored|Create|Update|Collection)\b(?!\[)|\b(?:Stored|Collection)\[Any\]"
)

# Layers over a store: their documents are of whatever collection they are asked for.
_ANY_DOCUMENT: Final = re.compile(r"\b(?:Stored|Collection)\[Any\]")
LAYERS: Final = (
    "shared/access/reads.py",
    "shared/imports/dry_run_store.py",
    "shared/privacy/personal_data.py",
    "shared/privacy/personal_data_map.py",
    "shared/vectors/generations.py",
)


def loose_annotations(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what is annotated loosely: parameters, what is returned, fields, aliases."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _of_function(node)
        elif isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and _is_loose(field.annotation):
                    yield field.lineno, f"{node.name}.{ast.unparse(field.target)}"
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and _is_alias(node.value) and _is_loose(node.value):
            yield node.lineno, ast.unparse(node.targets[0])


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, str]]:
    given = node.args
    for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
        if argument and argument.annotation and _is_loose(argument.annotation):
            yield argument.lineno, f"{node.name}({argument.arg})"
    if node.returns and _is_loose(node.returns):
        yield node.lineno, f"{node.name} ->"


def _is_alias(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript | ast.BinOp)


def _is_loose(annotation: ast.expr) -> bool:
    return bool(_LOOSE.search(ast.unparse(annotation)))


def loose_in(folder: str) -> list[str]:
    """Return `FILE:LINE NAME` of every loose signature of a folder of the core."""
    found = []
    for file in sorted((ROOT / "shared" / folder).rglob("*.py")):
        path = str(file.relative_to(ROOT))
        text = file.read_text(encoding="utf-8")
        if path in LAYERS:
            text = _ANY_DOCUMENT.sub("Stored[D]", text)
        for line, name in loose_annotations(text):
            found.append(f"{path}:{line} {name}")
    return found


if __name__ == "__main__":
    for folder in CORE:
        found = loose_in(folder)
        print(f"{folder}: {len(found)}")
        print("".join(f"  {each}\n" for each in found), end="")
