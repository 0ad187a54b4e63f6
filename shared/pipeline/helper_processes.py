"""Work of an import in processes of their own, each with its own connection to the same store."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final

from shared.errors import Retryable, ShortlistError
from shared.ports import Ports

_ORPHAN_CHECK: Final = 1.0  # seconds
Connect = Callable[[], Ports]  # picklable: the other processes connect by themselves
Job = Callable[..., Any]  # takes the ports first; it, what else it takes and what it returns are picklable


class Beside:
    """A process beside this one: it does one job after the other."""

    def __init__(self, connect: Connect) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, connect, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, job: Job, *args: Any) -> None:
        """Let it do this, while we do something else."""
        try:
            self._pipe.send((job, args))
        except BrokenPipeError as error:
            raise _killed() from error

    def result(self) -> Any:
        """Wait for what it was told last. Raises what the job raised, and `Retryable` when the process was killed."""
        try:
            found = self._pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            raise _killed() from error
        if isinstance(found, Exception):
            raise found
        return found

    def stop(self) -> None:
        """End the process: at any moment, because every chunk is written whole or not at all."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


@contextmanager
def beside(connect: Connect, count: int) -> Iterator[list[Beside]]:
    """Lend so many processes."""
    others = [Beside(connect) for _ in range(count)]
    try:
        yield others
    finally:
        for other in others:
            other.stop()


def _killed() -> Retryable:
    return Retryable("a process of this import was killed; run the same import again")


def _work(pipe: Connection, connect: Connect, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    import_module("shared.imports.start")  # what the jobs will need, while the first of them is still being prepared
    ports: Ports | None = None
    while True:
        job, args = pipe.recv()
        try:
            ports = ports or connect()
            pipe.send(job(ports, *args))
        except ShortlistError as error:
            pipe.send(error)


def _end_with(parent: int) -> None:
    """A killed parent tells nobody; its processes must not go on without it."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
