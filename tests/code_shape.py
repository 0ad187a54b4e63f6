"""How plain the code of the product is, in figures: `python tests/code_shape.py [--at COMMIT] [PATH...]`.

The count is of a copy formatted at line length 120, so that nothing is gained by where lines are broken. A branch is a
function, an if, for, while, except, with, assert or case, a conditional expression, a comprehension and each of its
ifs, and each operand of `and` and `or` after the first. Body lines are those of functions without docstrings, comments
and blank lines; statements are those of functions without docstrings. Declarations (of a Protocol, of an overload) have
no body and are no functions. A module of fewer than 10 body lines is not judged by itself: one property is a branch a
line.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from import_table import ROOT, Source, imports, product_sources

LINE_LENGTH = 120
SMALL_MODULE = 25  # lines: a module below it belongs to its user, when it has a single one
HIGHEST_IN_MODULE = 7.0  # branches per 10 body lines
FEWEST_LINES = 10  # body lines: what has fewer is not judged by itself
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (*FUNCTION, ast.ClassDef, ast.Module)
BRANCH = (
    *FUNCTION,
    ast.If,
    ast.IfExp,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.With,
    ast.AsyncWith,
    ast.Assert,
    ast.match_case,
)
# Participles and pronouns that say nothing of what they name.
BARE_NAMES = set(
    "found each said known told asked left wanted held kept given made done gone seen taken shown sent meant begun "
    "brought caught lent named looked noted placed mended parted reckoned heard spoken "
    "one ones mine ours theirs his hers it they them these those such same what who whom whose which".split()
)


@dataclass(frozen=True)
class Module:
    """The figures of one file."""

    source: Source
    branches: int
    body_lines: int
    statements: int
    functions: tuple[int, ...]  # body lines of each function
    names: Counter[str]  # bound names
    classes: tuple[str, ...]
    inner_imports: tuple[int, ...]  # lines of imports inside functions
    unexplained_imports: tuple[int, ...]  # those without a comment on their line or the line above

    @property
    def path(self) -> Path:
        return self.source.path

    @property
    def lines(self) -> int:
        return self.source.text.count("\n")

    @property
    def per_10_lines(self) -> float:
        return per_10(self.branches, self.body_lines)


def per_10(branches: int, of: int) -> float:
    return 10 * branches / of if of else 0.0


def read_modules(root: Path = ROOT) -> list[Module]:
    """Return the figures of every file of the product below `root`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        sources = product_sources(root)
        for source in sources:
            target = copy / source.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.text, encoding="utf-8")
        format_copy(copy)
        return [read_module(Source(item.path, (copy / item.path).read_text(encoding="utf-8"))) for item in sources]


def format_copy(folder: Path) -> None:
    """Format all files in the same way; a comma at the end of a list does not spread it over several lines."""
    options = ["--isolated", "--quiet", "--line-length", str(LINE_LENGTH), "--target-version", "py311"]
    style = ["--config", "format.skip-magic-trailing-comma = true"]
    subprocess.run([sys.executable, "-m", "ruff", "format", *options, *style, str(folder)], check=True)


def read_module(source: Source) -> Module:
    """Return the figures of one formatted file."""
    tree = ast.parse(source.text)
    lines = source.text.splitlines()
    functions = list(outer_functions(tree))
    without = documentation_lines(tree) | lines_without_code(lines)
    lengths = tuple(body_lines(function, without) for function in functions)
    inner = tuple(inner_import_lines(functions))
    comments = comment_lines(source.text)
    return Module(
        source,
        branches=sum(count_branches(function) for function in functions),
        body_lines=sum(lengths),
        statements=sum(count_statements(function) for function in functions),
        functions=lengths,
        names=Counter(bound_names(tree)),
        classes=tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
        inner_imports=inner,
        unexplained_imports=tuple(line for line in inner if not {line, line - 1} & comments),
    )


def outer_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield functions and methods; what stands in a function belongs to it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTION):
            if not is_declaration(child):
                yield child
        else:
            yield from outer_functions(child)


def is_declaration(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function has no body: nothing but its docstring, or three dots."""
    (first, *others) = function.body
    return not others and isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)


def count_branches(function: ast.AST) -> int:
    count = 0
    for node in ast.walk(function):
        if isinstance(node, BRANCH):
            count += 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


def count_statements(function: ast.AST) -> int:
    nodes = list(ast.walk(function))
    statements = sum(isinstance(node, ast.stmt) for node in nodes)
    docstrings = sum(docstring(node) is not None for node in nodes)
    return statements - docstrings - 1  # the function itself is none of its statements


def docstring(node: ast.AST) -> ast.stmt | None:
    if not isinstance(node, DOCUMENTED) or not node.body:
        return None
    first = node.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return first if is_text and ast.get_docstring(node) is not None else None


def documentation_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        text = docstring(node)
        if text is not None:
            lines.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return lines


def lines_without_code(lines: Sequence[str]) -> set[int]:
    texts = [line.strip() for line in lines]
    return {number for number, text in enumerate(texts, 1) if not text or text.startswith("#")}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, without: set[int]) -> int:
    last = function.end_lineno or function.lineno
    return len(set(range(function.body[0].lineno, last + 1)) - without)


def inner_import_lines(functions: Sequence[ast.AST]) -> Iterator[int]:
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                yield node.lineno


def comment_lines(text: str) -> set[int]:
    """Return the lines with a comment that says something to a reader."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    return {token.start[0] for token in comments if not token.string.startswith(("# noqa", "# type:", "# fmt:"))}


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield each name where it is bound: parameters, variables, loop variables, functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (*FUNCTION, ast.ClassDef)) or (isinstance(node, ast.ExceptHandler) and node.name):
            yield str(node.name)


def is_bare(name: str) -> bool:
    return name.strip("_").lower() in BARE_NAMES


# The figures of the whole product


def bare_names(modules: Sequence[Module]) -> Counter[str]:
    names: Counter[str] = Counter()
    for module in modules:
        for name, count in module.names.items():
            if is_bare(name):
                names[name] += count
    return names


def share_of_bare_names(modules: Sequence[Module]) -> float:
    """Return the share in per cent of all places where a name is bound."""
    everything = sum(module.names.total() for module in modules)
    return 100 * bare_names(modules).total() / everything


def modules_per_folder(modules: Sequence[Module]) -> Counter[str]:
    return Counter(str(module.path.parent) for module in modules if module.path.name != "__init__.py")


def users(modules: Sequence[Module]) -> dict[str, set[str]]:
    """Return for each module of the product which others import it."""
    names = {module.source.module for module in modules}
    table: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        for item in imports(module.source):
            target = item.target if item.target in names else item.target.rpartition(".")[0]
            if target in names and target != module.source.module:
                table[target].add(module.source.module)
    return table


def small_modules_with_a_single_user(modules: Sequence[Module]) -> list[str]:
    table = users(modules)
    files = [module for module in modules if module.path.name != "__init__.py" and module.lines < SMALL_MODULE]
    return [str(module.path) for module in files if len(table[module.source.module]) == 1]


def repeated_classes(modules: Sequence[Module]) -> list[str]:
    classes = Counter(name for module in modules for name in module.classes)
    return sorted(name for name, count in classes.items() if count > 1)


def high_modules(modules: Sequence[Module]) -> list[Module]:
    return [module for module in judged(modules) if module.per_10_lines > HIGHEST_IN_MODULE]


def judged(modules: Sequence[Module]) -> list[Module]:
    return [module for module in modules if module.body_lines >= FEWEST_LINES]


def measures(modules: Sequence[Module]) -> dict[str, float]:
    """Return every figure that has a limit; smaller is plainer."""
    folders = modules_per_folder(modules)
    return {
        "branches per 10 body lines": per_10(sum(m.branches for m in modules), sum(m.body_lines for m in modules)),
        "mean of modules": statistics.mean(m.per_10_lines for m in judged(modules)),
        "modules above 7": len(high_modules(modules)),
        "branches per 10 statements": per_10(sum(m.branches for m in modules), sum(m.statements for m in modules)),
        "bare names in per cent": share_of_bare_names(modules),
        "imports in functions": sum(len(module.inner_imports) for module in modules),
        "imports in functions without a reason": sum(len(module.unexplained_imports) for module in modules),
        "modules in the largest folder": max(folders.values()),
        "files directly in shared": folders["shared"],
        "median lines of modules": statistics.median(module.lines for module in modules if module.lines),
        "small modules with a single user": len(small_modules_with_a_single_user(modules)),
        "class names used twice": len(repeated_classes(modules)),
    }


def report(modules: Sequence[Module]) -> Iterator[str]:
    """Yield the lines that say all figures and where the worst are."""
    for name, value in measures(modules).items():
        yield f"{name:40} {value:8.2f}"
    yield ""
    yield f"{'modules':40} {len(modules):8}"
    yield f"{'lines':40} {sum(module.lines for module in modules):8}"
    yield f"{'body lines of functions':40} {sum(module.body_lines for module in modules):8}"
    lengths = [length for module in modules for length in module.functions]
    yield f"{'functions, median of body lines':40} {len(lengths):8} {statistics.median(lengths):g}"
    yield from folder_lines(modules)
    yield "\nbare names: " + ", ".join(f"{name} {count}" for name, count in bare_names(modules).most_common())
    yield "\nclass names used twice: " + ", ".join(repeated_classes(modules))
    yield "\nsmall modules with a single user:"
    yield from (f"  {path}" for path in small_modules_with_a_single_user(modules))
    yield "\nmodules above 7 branches per 10 body lines:"
    for module in sorted(high_modules(modules), key=lambda module: -module.per_10_lines):
        yield f"  {module.per_10_lines:6.2f} {module.path} ({module.body_lines} body lines)"
    yield "\nimports in functions (without a reason):"
    for module in modules:
        if module.inner_imports:
            yield f"  {len(module.inner_imports):3} ({len(module.unexplained_imports)}) {module.path}"


def folder_lines(modules: Sequence[Module]) -> Iterator[str]:
    groups: dict[str, list[Module]] = defaultdict(list)
    for module in modules:
        groups[str(module.path.parent)].append(module)
    yield f"\n{'folder':32} modules  per 10 lines  per 10 statements  bare names  imports in functions"
    for folder, group in sorted(groups.items()):
        branches = sum(module.branches for module in group)
        lines = per_10(branches, sum(module.body_lines for module in group))
        statements = per_10(branches, sum(module.statements for module in group))
        bare = share_of_bare_names(group) if any(module.names for module in group) else 0.0
        inner = sum(len(module.inner_imports) for module in group)
        yield f"{folder:32} {len(group):7} {lines:13.2f} {statements:18.2f} {bare:9.1f} % {inner:21}"


def modules_at(commit: str) -> list[Module]:
    """Return the figures of an older commit."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        return read_modules(Path(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description="Print how plain the code is.")
    parser.add_argument("--at", metavar="COMMIT", help="count an older commit")
    parser.add_argument("paths", nargs="*", help="only files below these folders of the product")
    options = parser.parse_args()
    modules = modules_at(options.at) if options.at else read_modules()
    if options.paths:
        modules = [module for module in modules if module.path.as_posix().startswith(tuple(options.paths))]
    print("\n".join(report(modules)))


if __name__ == "__main__":
    main()
