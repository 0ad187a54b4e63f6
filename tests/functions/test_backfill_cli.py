"""An operator's verbs: what is said before, during and after, which exit code, nothing done without a yes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from parts.terminal import ROOT, ask, ask_here, typed
from planting import plant

EXPORT = ROOT / "tests" / "fixtures" / "ats" / "variants" / "semicolon_cp1252.csv"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("worked")
    ask(home, "import", str(EXPORT))
    ask(home, "run")
    return home


def ids_of(home: Path) -> list[str]:
    lines = typed(home, "export", "--format", "jsonl").stdout.split("\n")
    people = [json.loads(line) for line in lines if line]
    return [each["id"] for each in people if each["stages"]["embed"]["state"] == "done"]


def test_a_backfill_is_announced_asked_for_done_told_and_verified(worked: Path) -> None:
    false = ids_of(worked)[:3]
    for id_, vector in zip(false, (0.414 + 0.001 * np.arange(768), np.zeros(768), np.full(768, 0.1)), strict=True):
        plant(worked, id_, vector)
    checked = typed(worked, "verify")
    assert checked.returncode == 1 and all(id_ in checked.stdout for id_ in false)
    assert all(kind in checked.stdout for kind in ("sequential", "zero", "constant", "shortlist backfill candidates"))
    assert {each["id"] for each in ask_here(worked, "verify")["candidates"]["faults"]} == set(false)
    assert "1 sequential" in typed(worked, "plan").stdout

    looked = typed(worked, "backfill", "candidates", "--dry-run")
    assert looked.returncode == 0 and "3 of" in looked.stdout and "0.1 minutes" in looked.stdout
    assert "API calls" in looked.stdout and "$" in looked.stdout
    unasked = typed(worked, "backfill", "candidates")
    assert unasked.returncode == 2 and unasked.stderr.count("\n") == 1 and "--yes" in unasked.stderr
    assert typed(worked, "verify").returncode == 1

    done = typed(worked, "backfill", "candidates", "--yes", "--delay", "0.05", "--batch-size", "2")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")
    assert sum("768 dimensions" in line for line in lines) == 3
    assert [line[:6] for line in lines if line.startswith("[")] == ["[2/3 6", "[3/3 1"]
    assert all(
        word in done.stdout for word in ("elapsed", "remaining", "a minute", "3 done", "next: `shortlist verify`")
    )
    assert typed(worked, "verify").returncode == 0
    assert typed(worked, "backfill", "candidates").returncode == 0  # nothing to ask about


def test_no_name_and_no_address_is_printed(worked: Path) -> None:
    plant(worked, ids_of(worked)[0], np.zeros(768))
    lines = typed(worked, "export", "--format", "jsonl").stdout.split("\n")
    people = [json.loads(line)["person"] for line in lines if line]
    said = typed(worked, "backfill", "candidates", "--yes", "--delay", "0").stdout
    said += typed(worked, "embeddings", "--latest", "5").stdout
    for person in people:
        assert not person["name"] or person["name"] not in said
        assert not any(address in said for address in person["emails"])


def test_ctrl_c_ends_after_the_record_in_hand_and_says_where_it_stands(worked: Path) -> None:
    false = ids_of(worked)[:8]
    for id_ in false:
        plant(worked, id_, np.zeros(768))
    command = [sys.executable, "-m", "cli", "--home", str(worked), "backfill", "candidates", "--yes", "--delay", "0.5"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        while "768 dimensions" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said = process.stdout.read()
    assert process.returncode == 130
    assert "not begun" in said and "goes on from there" in said
    left = ask_here(worked, "backfill", "candidates", "--dry-run")["takes"]["records"]
    assert 0 < left < 8
    assert ask_here(worked, "backfill", "candidates", "--yes", "--delay", "0")["did"]["done"] == left


def test_only_the_asked_reason_is_repaired(worked: Path) -> None:
    plant(worked, ids_of(worked)[0], np.zeros(768))
    assert ask_here(worked, "backfill", "candidates", "--only", "stale", "--dry-run")["takes"]["records"] == 0
    assert (
        ask_here(worked, "backfill", "candidates", "--only", "placeholder", "--yes", "--delay", "0")["did"]["done"] == 1
    )


def test_embeddings_are_counted_compared_and_drawn(worked: Path, tmp_path: Path) -> None:
    value = ask_here(worked, "embeddings", "--latest", "2", "--plot", str(tmp_path / "all.svg"))
    assert value["vectors"] == sum(value["recipes"].values()) == value["dimensions"]["768"] == len(ids_of(worked))
    assert all("768d text-" in recipe for recipe in value["recipes"])
    assert value["lengths"]["min"] == pytest.approx(1, abs=1e-3)
    assert len(value["latest"]) == 2 and all(len(each["near"]) == 3 for each in value["latest"])
    drawn = (tmp_path / "all.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg") and drawn.count("<circle") == value["vectors"] and "NaN" not in drawn
    refused = typed(worked, "embeddings", "--plot", str(tmp_path / "all.png"))
    assert refused.returncode == 2 and "svg" in refused.stderr


def test_an_empty_home_has_nothing_to_repair(tmp_path: Path) -> None:
    assert ask_here(tmp_path, "verify")["all_real"] is True
    assert ask_here(tmp_path, "embeddings")["vectors"] == 0
    assert ask_here(tmp_path, "backfill", "jobs", "--yes")["takes"]["records"] == 0
