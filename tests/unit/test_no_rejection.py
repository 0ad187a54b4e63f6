"""Nobody is turned down by a machine: a score orders a list, and a person decides who is disqualified."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conftest import Importer, people

from shared.jobs.jobs import create_job
from shared.models.caller import Caller
from shared.models.job import JobFacts
from shared.models.search_run import SearchAsked
from shared.operations.dispatch import work_now
from shared.ports import Ports
from shared.search.runs import create_run

ROOT = Path(__file__).parents[2]
# Where a program may write `disqualified` down, and why.
READS_OR_PASSES_ON = {
    "shared/reading/exports/header_names.py",  # the column's names
    "shared/reading/exports/rows.py",  # what the export says
    "shared/imports/row_filter.py",  # how many rows said so
    "shared/views/candidates.py",  # what a reader is shown of an application
}
SCORING = (
    "shared/search",
    "shared/stages",
    "shared/adapters/offline",
    "shared/adapters/gemini",
    "shared/jobs/match_lists.py",
)
EXPORT = (
    "Name,Email,Current title,Disqualified\nAnn Lee,ann@example.com,Backend Engineer,\nBo Ray,bo@example.com,Nurse,\n"
)


def python_files(*parts: str) -> Iterator[Path]:
    for part in parts:
        path = ROOT / part
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def writes(tree: ast.AST) -> Iterator[str]:
    """Every name a program gives a value to: keys of dicts, subscripts, attributes, keyword arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                yield node.slice.value
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def deleted_collections(tree: ast.AST) -> set[str]:
    """What stands first in every `Delete(…)` of a program, as it is written there."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) == "Delete"}


def test_no_code_but_the_reading_of_an_export_says_that_somebody_is_disqualified() -> None:
    found = {
        str(file.relative_to(ROOT))
        for file in python_files("shared", "functions", "terminal", "cli.py")
        if "disqualified" in set(writes(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert found <= READS_OR_PASSES_ON, found - READS_OR_PASSES_ON
    assert "shared/reading/exports/rows.py" in found  # the test can see it


def test_nothing_that_scores_touches_an_application_or_removes_anybody() -> None:
    for file in python_files(*SCORING):
        text = file.read_text(encoding="utf-8")
        assert "disqualified" not in text, file
        assert deleted_collections(ast.parse(text)) <= {"MATCHES"}, file
        assert not set(writes(ast.parse(text))) & {"applications", "readers", "awaiting"}, file


def test_the_only_thing_a_score_takes_away_is_a_line_of_a_list(ports: Ports, take: Importer) -> None:
    take(EXPORT)
    ids = [data["id"] for data in people(ports).values()]
    create_job(ports, "default", JobFacts(external_id="j", title="Backend Engineer", description="Engineer, Go"))
    work_now(ports, "candidates", ids)
    before: dict[str, Any] = {row.id: row.data for row in ports.store.query("candidates")}
    first = create_run(ports, SearchAsked(job_offer_text="backend engineer", top_k=1), Caller())
    assert len(first["results"]) == 1  # the other one is listed when more are asked for
    engineers = create_run(ports, SearchAsked(job_offer_text="backend engineer", top_k=50), Caller())
    nurses = create_run(ports, SearchAsked(job_offer_text="nurse", top_k=50), Caller())
    shown = {hit["candidate_id"] for run in (engineers, nurses) for hit in run["results"]}
    assert shown == set(ids)  # who has nothing of one request is shown for another
    assert {row.id: row.data for row in ports.store.query("candidates")} == before
