"""Which module of the product imports which: read from the sources, function bodies and names in strings included."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Source:
    """One file of the product: its path below the root and its text, which need not be the one on disk."""

    path: Path
    text: str

    @property
    def module(self) -> str:
        """Return the dotted name; a package has the name of its folder."""
        parts = self.path.with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        return ".".join(parts)


@dataclass(frozen=True)
class Import:
    """One import: of a module, or of a name in it (`shared.people.fold` or `shared.people.fold.fold`)."""

    source: Source
    line: int
    target: str

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line} imports {self.target}"


def product_packages(root: Path = ROOT) -> list[str]:
    """Return the top folders of the product, as pyproject.toml installs them."""
    patterns = _setuptools(root)["packages"]["find"]["include"]
    folders: set[str] = set()
    for pattern in patterns:
        folders.update(path.name for path in root.glob(pattern) if path.is_dir())
    return sorted(folders)


def product_modules(root: Path = ROOT) -> list[str]:
    """Return the modules at the root, as pyproject.toml installs them."""
    return sorted(_setuptools(root)["py-modules"])


def _setuptools(root: Path) -> dict[str, Any]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = settings["tool"]["setuptools"]
    return table


def product_sources(root: Path = ROOT) -> list[Source]:
    """Return every file of the product."""
    paths = [root / f"{name}.py" for name in product_modules(root)]
    for package in product_packages(root):
        paths += (root / package).rglob("*.py")
    return [Source(path.relative_to(root), path.read_text(encoding="utf-8")) for path in sorted(paths)]


def product_folders(sources: Iterable[Source]) -> list[Path]:
    """Return every folder that has files of the product."""
    return sorted({source.path.parent for source in sources})


@cache
def imports(source: Source) -> tuple[Import, ...]:
    """Return every import of a file wherever it stands; a string that names one of our modules is one, too."""
    return tuple(_imports(source))


def _imports(source: Source) -> Iterator[Import]:
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(source, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = _base(source, node)
            for alias in node.names:
                yield Import(source, node.lineno, f"{base}.{alias.name}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _names_module(node.value):
            yield Import(source, node.lineno, node.value.rstrip("."))


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = source.path.with_suffix("").parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def _names_module(text: str) -> bool:
    """Tell whether a string is a dotted name below a package of the product, or the beginning of one in an f-string."""
    return _module_name().fullmatch(text) is not None


@cache
def _module_name() -> re.Pattern[str]:
    packages = "|".join(product_packages())
    return re.compile(rf"({packages})(\.[a-z_]\w*)+\.?")


def graph(sources: Sequence[Source], ignored: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return for each module those that are loaded with it, packages above them included.

    `ignored`: importing module → modules it names that are not to be followed.
    """
    modules = {source.module for source in sources}
    edges: dict[str, set[str]] = {module: set() for module in modules}
    for source in sources:
        for item in imports(source):
            target = item.target if item.target in modules else item.target.rpartition(".")[0]
            if target in modules and target not in ignored.get(source.module, ()):
                edges[source.module].add(target)
                edges[source.module] |= (_packages(target) & modules) - _packages(source.module)
        edges[source.module].discard(source.module)  # the beginning of a name in an f-string of a package
    return edges


def _packages(module: str) -> set[str]:
    """Return the packages Python loads before the module."""
    parts = module.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts))}


def circle(edges: Mapping[str, set[str]]) -> list[str]:
    """Return the modules of one circle in order, the first again at the end; an empty list when there is none."""
    finished: set[str] = set()
    for start in sorted(edges):
        if start not in finished:
            path = _circle_from(start, edges, finished)
            if path:
                return path
    return []


def _circle_from(start: str, edges: Mapping[str, set[str]], finished: set[str]) -> list[str]:
    path = [start]
    branches = [iter(sorted(edges[start]))]
    while path:
        target = next(branches[-1], None)
        if target is None:
            finished.add(path.pop())
            branches.pop()
        elif target in path:
            return [*path[path.index(target) :], target]
        elif target not in finished:
            path.append(target)
            branches.append(iter(sorted(edges.get(target, ()))))
    return []
