"""The `Worker` port over file locks."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from shared.adapters.local.process import LocalWorker

HOLD = """
import sys
from pathlib import Path
from shared.adapters.local.process import LocalWorker
worker = LocalWorker(Path(sys.argv[1]))
print(worker.name, flush=True)
sys.stdin.read()
"""


def test_a_killed_process_is_dead_at_once_and_a_living_one_is_not(tmp_path: Path) -> None:
    here = LocalWorker(tmp_path / "workers")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "workers")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    there = process.stdout.readline().strip()
    assert not here.is_dead(there)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert here.is_dead(there)
    assert not here.is_dead(here.name)


def test_two_workers_of_one_process_have_two_names(tmp_path: Path) -> None:
    one, two = LocalWorker(tmp_path), LocalWorker(tmp_path)
    assert one.name != two.name
    assert not one.is_dead(two.name) and not two.is_dead(one.name)


def test_a_closed_worker_is_dead_to_others_and_gets_a_new_name(tmp_path: Path) -> None:
    one, two = LocalWorker(tmp_path), LocalWorker(tmp_path)
    old = one.name
    one.close()
    assert two.is_dead(old)
    assert one.name != old


def test_names_of_another_kind_are_not_called_dead(tmp_path: Path) -> None:
    worker = LocalWorker(tmp_path)
    assert not worker.is_dead("projects/x/instances/7")
    assert not worker.is_dead("../../etc/passwd")
    assert not worker.is_dead("")


def test_lock_files_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path: Path) -> None:
    living = LocalWorker(tmp_path)
    name = living.name
    (tmp_path / "0123456789abcdef").write_bytes(b"")
    newcomer = LocalWorker(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {name, "0123456789abcdef"}
    assert {newcomer.name, name} == {path.name for path in tmp_path.iterdir()}
