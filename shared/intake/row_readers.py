"""Reading rows on all cores: child processes that prepare chunks while this one writes."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from shared.intake.prepared import Frame, Prepared, prepare_rows

Rows = Sequence[tuple[int, str, Sequence[str]]]
Result = Callable[[], list[Prepared]]
_frame: Frame | None = None
_ORPHAN_CHECK: Final = 1.0  # seconds


class RowReaders:
    """Prepares chunks of rows: `submit` returns at once, calling what it returned waits for the chunk."""

    def __init__(self, frame: Frame, processes: int) -> None:
        """`processes=0` reads in this process, when the result is asked for."""
        self._frame = frame
        self._pool: ProcessPoolExecutor | None = None
        if processes:
            self._pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (frame, os.getpid()))

    def submit(self, rows: Rows) -> Result:
        """Start to read the rows."""
        if self._pool is None:
            return lambda: prepare_rows(self._frame, rows)
        future: Future[list[Prepared]] = self._pool.submit(_prepare, rows)
        return future.result

    def close(self) -> None:
        """Stop; chunks nobody waits for are dropped."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _begin(frame: Frame, parent: int) -> None:
    global _frame
    _frame = frame
    gc.disable()  # rows are trees without cycles: looking for cycles took a third of the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed parent closes nothing; without this its readers would wait for it for ever."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)


def _prepare(rows: Rows) -> list[Prepared]:
    assert _frame is not None
    return prepare_rows(_frame, rows)
