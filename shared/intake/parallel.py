"""An import on all cores: its slices in processes of their own, each with its own connection to the same store."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

from shared.errors import Retryable, ShortlistError
from shared.intake.slices import Progress, run_slice
from shared.intake.written import Written
from shared.ports import Data, Ports

_ORPHAN_CHECK: Final = 1.0  # seconds
Connect = Callable[[], Ports]  # picklable: the other processes connect by themselves


def run_slices(ports: Ports, document: Data, connect: Connect | None, progress: Progress | None = None) -> Written:
    """Do all slices of an import: side by side when `connect` is given, else one after the other."""
    written = Written()
    parts = range(document["parts"])
    if connect is None:
        for part in parts:
            written.add(run_slice(ports, document, part, progress))
        return written
    others = [_Slice(connect, document, part) for part in parts[1:]]
    try:
        written.add(run_slice(ports, document, 0, progress))
        for other in others:
            written.add(other.result())
    finally:
        for other in others:
            other.stop()
    return written


class _Slice:
    """A slice in a process of its own."""

    def __init__(self, connect: Connect, document: Data, part: int) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(theirs, connect, document, part, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()

    def result(self) -> Written:
        """Wait for the slice. Raises what it raised, and `Retryable` when it was killed."""
        try:
            found = self._pipe.recv()
        except EOFError as error:
            raise Retryable("a process of this import was killed; run the same import again") from error
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Written)
        return found

    def stop(self) -> None:
        """End the process: at any moment, because every chunk is written whole or not at all."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection, connect: Connect, document: Data, part: int, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        ports = connect()
        pipe.send(run_slice(ports, document, part))
        ports.store.close()
    except ShortlistError as error:
        pipe.send(error)


def _end_with(parent: int) -> None:
    """A killed parent tells nobody; its slices must not go on without it."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
