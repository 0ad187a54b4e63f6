"""Reading rows on all cores: child processes that prepare chunks while this one writes."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Final, TypeVar

from shared.errors import Retryable
from shared.intake.prepared import Frame, Prepared, prepare_rows

Rows = Sequence[tuple[int, str, Sequence[str]]]
Result = Callable[[], list[Prepared]]
T = TypeVar("T")
_ORPHAN_CHECK: Final = 1.0  # seconds


class RowReaders:
    """Prepares chunks of rows: `submit` returns at once, calling what it returned waits for the chunk.

    Results must be asked for in the order of `submit`. There is no thread in this process, unlike in the pools of the
    standard library: SQLite gives the interpreter away at every row, and a thread would keep it for milliseconds.
    """

    def __init__(self, frame: Frame, processes: int) -> None:
        """`processes=0` reads in this process, when the result is asked for."""
        self._frame = frame
        self._children: list[Connection] = []
        context = get_context("spawn")
        for _ in range(processes):
            ours, theirs = context.Pipe()
            context.Process(target=_serve, args=(theirs, frame, os.getpid()), daemon=True).start()
            theirs.close()
            self._children.append(ours)
        self._next = cycle(self._children)

    def submit(self, rows: Rows) -> Result:
        """Start to read the rows."""
        if not self._children:
            return lambda: prepare_rows(self._frame, rows)
        child = next(self._next)
        _guarded(lambda: child.send_bytes(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)))
        return lambda: pickle.loads(_guarded(child.recv_bytes))

    def close(self) -> None:
        """Stop; a child ends when its pipe does."""
        for child in self._children:
            child.close()


def _guarded(call: Callable[[], T]) -> T:
    try:
        return call()
    except (EOFError, OSError) as error:
        raise Retryable("a process that reads rows was killed; run the same import again") from error


def _serve(pipe: Connection, frame: Frame, parent: int) -> None:
    """Prepare what comes through the pipe, until it is closed."""
    gc.disable()  # rows are trees without cycles: looking for cycles took a third of the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, waiting), daemon=True).start()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while True:
        prepared = prepare_rows(frame, pickle.loads(waiting.get()))
        try:
            pipe.send_bytes(pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL))
        except OSError:
            os._exit(0)


def _receive(pipe: Connection, waiting: SimpleQueue[bytes]) -> None:
    """Take chunks in while another is being read: otherwise both ends could wait for the other to take theirs."""
    try:
        while True:
            waiting.put(pipe.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)  # what is still being read is no longer wanted


def _end_with(parent: int) -> None:
    """A killed parent may leave its end of the pipe open in a sibling: look for the parent itself."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
