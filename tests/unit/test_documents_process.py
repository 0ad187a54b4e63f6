"""Files are read in processes that may die: a file ends alone, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.errors import UnreadableFile
from shared.models.source import Facts
from shared.reading.cv import out_of_process as apart
from shared.reading.cv.out_of_process import parse_apart
from shared.reading.cv.parsing import parse_cv
from shared.reading.documents import Limits, read_document
from shared.reading.documents.workers import Pool, pool

ROOT = Path(__file__).parents[2]
CVS = ROOT / "tests" / "fixtures" / "cvs"
LONG = CVS / "pdf_long_cto.pdf"


def test_a_file_can_be_given_as_bytes_or_as_a_path() -> None:
    path = CVS / "docx_plain_en.docx"
    assert read_document(path, "cv.docx") == read_document(path.read_bytes(), "cv.docx")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"^gone\.pdf: there is no such file$"):
        read_document(CVS / "gone.pdf", "gone.pdf")


def test_a_file_that_takes_too_long_ends_alone() -> None:
    workers = Pool(1)
    workers.read(LONG, "cv.pdf", Limits())
    with pytest.raises(UnreadableFile, match=r"^cv\.pdf: reading it took longer than 0 seconds$"):
        workers.read(LONG, "cv.pdf", Limits(seconds=0))
    assert workers.read(LONG, "cv.pdf", Limits()).pages == 5
    workers.close()


def test_a_file_that_needs_too_much_memory_ends_alone(tmp_path: Path) -> None:
    workers = Pool(1)
    large = tmp_path / "large.txt"
    large.write_text("word " * 4_000_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"^large\.txt: reading it (takes more memory|used more time or memory)"):
        workers.read(large, "large.txt", Limits(memory_mb=120))
    assert workers.read(LONG, "cv.pdf", Limits()).pages == 5
    workers.close()


def test_a_worker_that_died_between_files_is_replaced() -> None:
    workers = Pool(1)
    workers.read(LONG, "cv.pdf", Limits())
    (worker,) = workers._idle
    worker._process.kill()
    worker._process.wait()
    assert workers.read(LONG, "cv.pdf", Limits()).pages == 5
    assert workers._idle != [worker]
    workers.close()


def test_a_worker_of_a_large_process_is_kept() -> None:
    large = bytearray(600 << 20)
    large[::4096] = b"x" * len(large[::4096])
    workers = Pool(1)
    workers.read(LONG, "cv.pdf", Limits())
    assert len(workers._idle) == 1
    workers.close()


def test_what_a_text_says_is_read_apart_as_it_is_here() -> None:
    texts = [read_document(CVS / name, name).text for name in ("docx_plain_en.docx", "rtf_ja.rtf", "pdf_office_he.pdf")]
    assert parse_apart([*texts, ""], "2026-11") == [parse_cv(text, "2026-11") for text in (*texts, "")]
    assert parse_apart([], "2026-11") == []


def test_a_text_that_takes_too_long_to_understand_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LIMITS", Limits(seconds=0))
    pool().close()  # a fresh worker is given time to start
    parse_apart(["Ann Lee"], "2026-11")
    (reason,) = parse_apart([read_document(LONG, "cv.pdf").text * 20], "2026-11")
    assert isinstance(reason, str) and "seconds" in reason
    monkeypatch.undo()
    (facts,) = parse_apart(["Ann Lee\nann@example.com"], "2026-11")
    assert isinstance(facts, Facts) and facts.person.name == "Ann Lee"


def test_threads_share_no_more_workers_than_there_are_processors() -> None:
    names = ["docx_plain_en.docx", "pdf_single_de.pdf", "rtf_es.rtf", "empty.pdf"] * 6
    workers = Pool(2)

    def read(name: str) -> str:
        try:
            return workers.read(CVS / name, name, Limits()).kind
        except UnreadableFile:
            return "unreadable"

    with ThreadPoolExecutor(8) as threads:
        kinds = list(threads.map(read, names))
    assert kinds == ["docx", "pdf", "rtf", "unreadable"] * 6
    assert len(workers._idle) <= 2
    workers.close()


def test_a_worker_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_SECRET", "for our eyes only")
    workers = Pool(1)
    workers.read(LONG, "cv.pdf", Limits())
    environment = Path(f"/proc/{workers._idle[0]._process.pid}/environ")
    if not environment.exists():
        pytest.skip("no /proc on this system")
    assert b"SHORTLIST_SECRET" not in environment.read_bytes()
    workers.close()


def test_workers_end_with_the_process_that_started_them() -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom shared.reading.documents import read_document\n"
        "from shared.reading.documents.workers import pool\n"
        f"read_document(Path({str(LONG)!r}), 'cv.pdf')\n"
        "print(pool()._idle[0]._process.pid, flush=True)\ntime.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(300):
        if not running(worker):
            return
        time.sleep(0.1)
    raise AssertionError("the worker outlived its parent")


def running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_what_goes_wrong_quotes_nothing_of_the_file() -> None:
    broken = b"%PDF-1.7\n1 0 obj << /Secret (Jane Roe, 555) >> endobj"
    with pytest.raises(UnreadableFile) as refused:
        read_document(broken, "cv.pdf")
    assert "Jane" not in str(refused.value) and "555" not in str(refused.value)
    assert pool().ours
