"""A stage is one file and one row: what CONTRIBUTING.md says of adding one is done here in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from parts.write_stages import contents, deploy_lines, with_parts

from shared.models.collections import COLLECTIONS
from shared.stages.stage import load_stage
from shared.stages.table import ORDER, TABLE, next_row, row_of

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("shared", "functions", "terminal", "samples", "infra", "tests/parts")


def test_the_deployment_is_what_the_table_of_stages_says() -> None:
    for path, text in contents().items():
        assert path.read_text(encoding="utf-8") == text, "make generated"


def test_a_line_of_the_deployment_that_was_changed_by_hand_is_written_back() -> None:
    text = contents()[ROOT / "cloudbuild.yaml"]
    by_hand = text.replace("batch_enrich ", "batch_enrich_2 ", 1)
    assert by_hand != text
    assert with_parts(by_hand, [deploy_lines()]) == text


def test_every_stage_offers_what_the_pipeline_calls() -> None:
    for kind, stages in ORDER.items():
        for stage in stages:
            file = load_stage(stage, kind)
            assert callable(file.inputs) and callable(file.recipe) and callable(file.run), (kind, stage)


def test_no_two_stages_of_a_kind_have_one_name_and_a_function_has_one_queue() -> None:
    assert len({(row.kind, row.stage) for row in TABLE}) == len(TABLE)
    queues: dict[str, set[str]] = {}
    for row in TABLE:
        queues.setdefault(row.export, set()).add(row.queue)
    assert all(len(names) == 1 for names in queues.values())


def test_people_await_their_first_stage_behind_the_last_of_an_import_and_of_a_cv_file() -> None:
    classify = row_of("candidates", "classify")
    assert next_row(row_of("imports", "import_rows")) == classify
    assert next_row(row_of("documents", "admit")) == classify
    assert next_row(row_of("jobs", "match")) is None


def test_what_stages_are_looked_up_by_is_queried_in_their_collection() -> None:
    for kind, stages in ORDER.items():
        for stage in stages:
            assert {f"stages.{stage}.state", f"stages.{stage}.recipe"} <= set(COLLECTIONS[kind].queried)


def recipe() -> tuple[str, str]:
    """Return the file and the row that the section `A stage` of CONTRIBUTING.md shows."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("### A stage\n", 1)[1].split("\n### ", 1)[0]
    file, row = re.findall(r"```(?:python|text)\n(.*?)```", section, re.DOTALL)
    return file, row


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository with the stage `summarise` added as CONTRIBUTING.md says, and nothing else."""
    root = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, root / path.name)
    file, row = recipe()
    (root / "shared" / "stages" / "summarise.py").write_text(file, encoding="utf-8")
    table = root / "shared" / "stages" / "table.py"
    text = table.read_text(encoding="utf-8")
    last = '    _row("candidates", "match"'
    assert text.count(last) == 1
    table.write_text(text.replace(last, f"{row}{last}"), encoding="utf-8")
    return root


def run(copy: Path, *arguments: str) -> str:
    """Run a module in the copy; return what it printed."""
    environment = {**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'tests'}"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shortlist(copy: Path, *arguments: str) -> str:
    return run(copy, "cli", "--home", str(copy / "home"), *arguments)


def test_a_stage_added_as_described_runs_and_is_counted_and_planned(copy: Path) -> None:
    shortlist(copy, "import", "samples/candidates.csv")
    assert "summarise" in shortlist(copy, "plan")
    shortlist(copy, "run")
    stats = shortlist(copy, "stats")
    assert re.search(r"summarise\s+\S*9\d", stats), stats
    assert "Run summarise" in shortlist(copy, "--help")
    assert "0 done" in shortlist(copy, "summarise") or "nothing" in shortlist(copy, "summarise").lower()


def test_a_stage_added_as_described_is_deployed_once_the_deployment_is_generated(copy: Path) -> None:
    run(copy, "parts.write_stages")
    run(copy, "parts.write_indexes")
    assert re.search(r'"summarise +summarise +- +\$tasks', (copy / "cloudbuild.yaml").read_text(encoding="utf-8"))
    infra = (copy / "infra" / "functions.tf").read_text(encoding="utf-8")
    assert re.search(r'"summarise" += { entry_point = "summarise", calls = 0 }', infra)
    assert re.search(r'embed +=.*queues = \["embed", "summarise"\]', infra)
    assert "stages.summarise.recipe" in (copy / "infra" / "firestore.indexes.json").read_text(encoding="utf-8")
