"""The rehearsal itself: a small one is carried out, and its verdicts are shown to fail when something is lost."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest

from benchmarks import rehearse
from benchmarks.figures import Figure
from benchmarks.rehearse import Rehearsal, bill, verdicts
from benchmarks.terminal import Terminal


class FakeTerminal(Terminal):
    """A command line whose export is given."""

    shown: ClassVar[list[dict[str, Any]]] = []

    def documents(self) -> list[dict[str, Any]]:
        return self.shown


def document(name: str, row: int, awaiting: str = "ready") -> dict[str, Any]:
    sources = [{"import_id": "i", "row": row}]
    return {"id": name, "awaiting": awaiting, "sources": sources, "stages": {"classify": {"state": "done"}}}


def judged(
    folder: Path, documents: list[dict[str, Any]], lines: list[str], in_flight: list[tuple[str, str]]
) -> dict[str, bool | None]:
    log = folder / "calls.log"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    terminal = FakeTerminal(folder)
    terminal.shown[:] = documents
    done = Rehearsal(terminal, log, random.Random(1), landed=Counter({"run": 2}), in_flight=Counter(in_flight))
    figures: list[Figure] = list(verdicts(done, rounds=2, live=2, people=2))
    return {figure.name: figure.ok for figure in figures}


def test_two_candidates_paid_once_each_pass(tmp_path: Path) -> None:
    found = judged(tmp_path, [document("a", 1), document("b", 2)], ["classify a", "classify b"], [])
    assert set(found.values()) == {True}


def test_a_second_bill_is_fine_only_when_the_first_was_in_flight_at_a_kill(tmp_path: Path) -> None:
    documents, lines = [document("a", 1), document("b", 2)], ["classify a", "classify a", "classify b"]
    name = "stages billed twice, not in flight at a kill"
    assert judged(tmp_path, documents, lines, [("classify", "a")])[name] is True
    assert judged(tmp_path, documents, lines, [])[name] is False


def test_a_lost_a_doubled_and_a_waiting_candidate_are_seen(tmp_path: Path) -> None:
    lines = ["classify a", "classify b"]
    assert judged(tmp_path, [document("a", 1)], lines, [])["candidates"] is False
    assert judged(tmp_path, [document("a", 1), document("b", 1)], lines, [])["rows said twice"] is False
    waiting = [document("a", 1), document("b", 2, awaiting="embed")]
    assert judged(tmp_path, waiting, lines, [])["candidates ready"] is False


def test_a_line_cut_off_by_a_kill_is_not_a_bill(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    log.write_text("classify a\nclassify", encoding="utf-8")
    assert bill(log) == {("classify", "a"): 1}
    assert bill(tmp_path / "none.log") == {}


def test_parts_keep_the_rows_of_a_person_together(tmp_path: Path) -> None:
    files, live, people = rehearse.parts(tmp_path, 200, 5, seed=3)
    assert len(files) == 5
    assert all(file.stat().st_size > 1000 for file in files)
    assert people < live


def test_after_five_kills_nobody_is_lost_doubled_or_paid_for_twice(capsys: pytest.CaptureFixture[str]) -> None:
    code = rehearse.main(["--candidates", "200", "--kills", "5"])
    assert code == 0, capsys.readouterr().out
