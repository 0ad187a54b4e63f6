"""An import done by tasks: in steps that may stop, die, fail or be told twice, and ends as one done in a go."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import FIXTURES, Importer

from shared.access.pools import add_pool
from shared.errors import Busy, NotFound, Retryable
from shared.imports.start import read_import, start_import
from shared.imports.steps import import_step, retry_imports
from shared.models.batch import Import, ImportOptions
from shared.ports import Ports, Store, Update, Versions, Write, WriteConflict
from shared.wiring import thread_queue

CHUNK = 200  # rows a step here: the emulator's time goes with the square of the people
ROWS = 2 * CHUNK + 50
HEAD = "Name,Email,Experiences\n"
LINES = [f"Person {n},p{n}@example.com,Engineer at Acme {n} (01/2020 to N/A)\n" for n in range(ROWS)]
LINES[CHUNK + 7] = LINES[3]  # said again in another step
LINES[2 * CHUNK + 9] = LINES[CHUNK + 9].replace("p", "q", 1).replace("@", "+x@")  # one person, another address
LINES[ROWS - 2] = "nobody,too,many,cells,here\n"
EXPORT = HEAD + "".join(LINES)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.imports.row_filter.CHUNK", CHUNK)


class FailingStore:
    """A fake outage: the given commits fail, counted from 1, before anything is written."""

    def __init__(self, store: Store, failing: Callable[[int, Sequence[Sequence[Write]]], bool]) -> None:
        self._store, self._failing, self._commits = store, failing, 0

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        self._commits += 1
        if self._failing(self._commits, groups):
            raise Retryable("the database is away")
        return self._store.commit(groups, written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def begin(ports: Ports, content: bytes, filename: str = "people.csv", upload: str = "1f" * 16) -> str:
    started = start_import(ports, io.BytesIO(content), filename, "default", ImportOptions(), 10**9, upload_id=upload)
    return started.id


def steps(ports: Ports, import_id: str, most: int = 10) -> int:
    """Do one chunk a step until the end; return how many steps it took."""
    for number in range(1, most + 1):
        if import_step(ports, import_id, seconds=0):
            return number
    raise AssertionError(f"not ended after {most} steps")


def text_of(ports: Ports, path: str) -> str:
    with ports.files.open(path) as stream:
        return stream.read().decode()


def ends(done: Import) -> dict[str, Any]:
    return {**done.counts.model_dump(), "state": done.state, "mapping": done.mapping, "dropped": done.dropped}


def test_steps_end_as_one_go_does(ports: Ports, take: Importer, tmp_path: Path) -> None:
    whole = take(EXPORT, pool="direct")
    import_id = begin(ports, EXPORT.encode())
    assert steps(ports, import_id) == 4  # one a chunk, and one that finds nothing left
    done = read_import(ports.store, import_id)
    assert ends(done) == ends(whole)
    assert (done.counts.rows, done.counts.unchanged, done.counts.rejected) == (ROWS, 1, 1)
    assert done.counts.flagged == 2
    assert (done.awaiting, done.lease, done.completed_at is not None) == ("ready", None, True)
    rejects = text_of(ports, str(done.rejects_file))
    assert f"\n{ROWS - 1}," in rejects


def test_a_step_goes_on_where_the_last_one_stopped(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    assert not import_step(ports, import_id, seconds=0)
    now = read_import(ports.store, import_id)
    assert (now.state, now.counts.rows, now.counts.created) == ("RUNNING", CHUNK, CHUNK)
    assert now.lease is None and not now.resumed


def test_an_ended_import_is_not_done_again(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    assert import_step(ports, import_id)
    before = ports.store.get("imports", [import_id])[import_id]
    assert import_step(ports, import_id)
    assert ports.store.get("imports", [import_id])[import_id] == before


def test_the_same_upload_makes_one_import(ports: Ports) -> None:
    one, two = begin(ports, EXPORT.encode()), begin(ports, EXPORT.encode())
    assert one == two
    assert ports.store.count("imports") == 1


def test_two_deliveries_at_once_do_one_step(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    lease = {"token": "t", "owner": "instance-7", "stage": "import_rows", "until": "2999-01-01T00:00:00Z"}
    ports.store.commit([[Update("imports", import_id, {"lease": lease}, None)]])
    with pytest.raises(Busy, match=import_id):
        import_step(ports, import_id)
    assert read_import(ports.store, import_id).counts.rows == 0


def test_a_step_that_died_is_taken_over_when_its_lease_is_over_and_counts_stay_right(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    dying = replace(ports, store=FailingStore(ports.store, lambda number, _: number > 6))  # nothing is written any more
    with pytest.raises(Retryable):
        import_step(dying, import_id)
    left = read_import(ports.store, import_id)
    assert left.lease is not None and ports.store.count("sources") > 0
    over = {**left.lease.model_dump(), "until": "2001-01-01T00:00:00Z"}
    ports.store.commit([[Update("imports", import_id, {"lease": over}, None)]])
    assert import_step(ports, import_id)
    done = read_import(ports.store, import_id)
    assert done.resumed and done.counts.created == ports.store.count("candidates") == ROWS - 2
    assert (done.counts.rows, done.counts.unchanged, done.counts.rejected) == (ROWS, 1, 1)


def test_a_failed_step_gives_the_import_back_and_the_next_loses_and_doubles_nothing(
    ports: Ports, take: Importer
) -> None:
    whole = take(EXPORT, pool="direct")
    import_id = begin(ports, EXPORT.encode())

    def is_note(number: int, groups: Sequence[Sequence[Write]]) -> bool:
        return any(write.kind == "slices" and isinstance(write, Update) for group in groups for write in group)

    with pytest.raises(Retryable):
        import_step(replace(ports, store=FailingStore(ports.store, is_note)), import_id)
    assert read_import(ports.store, import_id).lease is None
    assert import_step(ports, import_id)
    assert ends(read_import(ports.store, import_id)) == ends(whole)


def test_the_last_attempt_writes_the_failure_down(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    away = replace(ports, store=FailingStore(ports.store, lambda _, groups: groups[0][0].kind == "slices"))
    assert import_step(away, import_id, last_attempt=True)
    done = read_import(ports.store, import_id)
    assert (done.state, done.error, done.awaiting, done.lease) == ("FAILED", "the database is away", "failed", None)


def test_a_failed_import_is_retried_from_its_last_step_and_loses_and_doubles_nothing(
    ports: Ports, take: Importer
) -> None:
    import_id, whole = begin(ports, EXPORT.encode()), take(EXPORT, pool="direct")
    thread_queue(ports).stop()
    assert not import_step(ports, import_id, seconds=0)
    away = replace(ports, store=FailingStore(ports.store, lambda _, groups: groups[0][0].kind == "slices"))
    assert import_step(away, import_id, last_attempt=True)
    assert (retry_imports(ports), retry_imports(ports)) == (1, 0)
    again = read_import(ports.store, import_id)
    assert (again.state, again.error, again.awaiting) == ("RUNNING", None, "import_rows")
    steps(ports, import_id)
    done = read_import(ports.store, import_id)
    assert ends(done) == ends(whole)


def test_an_import_that_cannot_be_read_fails_again_with_its_reason(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    ports.files.delete(read_import(ports.store, import_id).file)
    thread_queue(ports).stop()
    assert import_step(ports, import_id)
    assert retry_imports(ports) == 1
    assert import_step(ports, import_id)
    done = read_import(ports.store, import_id)
    assert done.state == "FAILED" and done.error and "people.csv" in done.error


def test_a_file_deleted_meanwhile_is_a_visible_failure_at_once(ports: Ports) -> None:
    import_id = begin(ports, EXPORT.encode())
    ports.files.delete(read_import(ports.store, import_id).file)
    assert import_step(ports, import_id)
    done = read_import(ports.store, import_id)
    assert done.state == "FAILED" and done.error and "people.csv" in done.error


def test_a_step_of_an_unknown_import_is_not_found(ports: Ports) -> None:
    with pytest.raises(NotFound, match="nothing"):
        import_step(ports, "nothing")


def workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("how", ["utf-16", "utf-16-le", "xlsx"])
def test_what_cannot_be_read_piece_by_piece_is_rewritten_first(ports: Ports, take: Importer, how: str) -> None:
    text = HEAD + "".join(LINES[:-2])  # a sheet has no damaged rows
    whole = take(text, pool="direct")
    content = workbook(text) if how == "xlsx" else text.encode(how)
    import_id = begin(ports, content, "people.xlsx" if how == "xlsx" else "people.csv")
    assert not import_step(ports, import_id, seconds=0)
    rewritten = read_import(ports.store, import_id).rewritten
    assert rewritten and text_of(ports, rewritten).splitlines() == text.splitlines()
    steps(ports, import_id)
    assert ends(read_import(ports.store, import_id)) == ends(whole)
    assert not ports.files.exists(rewritten)


def test_every_variant_ends_the_same_by_steps(ports: Ports, take: Importer) -> None:
    names = ("tab_utf16.csv", "semicolon_cp1252.csv", "nul_bytes.csv", "ragged.csv", "cr_only.csv")
    for number, name in enumerate(names):
        path = FIXTURES / "ats" / "variants" / name
        whole = take(path, pool=f"direct-{name}")
        add_pool(ports, f"steps-{name}")
        started = start_import(
            ports, io.BytesIO(path.read_bytes()), name, f"steps-{name}", ImportOptions(), 10**9,
            upload_id=f"{number:016x}{name}",
        )  # fmt: skip
        assert import_step(ports, started.id)
        assert ends(read_import(ports.store, started.id)) == ends(whole), name
