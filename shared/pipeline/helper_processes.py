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
Connect = Callable[[], Ports]  # picklable: each process connects by itself
Job = Callable[..., Any]  # takes the ports first; the job, its arguments and its result are picklable


class HelperProcess:
    """A second process that does one job after the other."""

    def __init__(self, connect: Connect, preload: str | None = None) -> None:
        context = get_context("spawn")
        self._pipe, child_pipe = context.Pipe()
        arguments = (child_pipe, connect, os.getpid(), preload)
        self._process = context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        child_pipe.close()

    def begin(self, job: Job, *args: Any) -> None:
        """Start a job in the process and return at once. Raises `Retryable` when the process was killed."""
        try:
            self._pipe.send((job, args))
        except BrokenPipeError as error:
            raise _killed() from error

    def result(self) -> Any:
        """Wait for the job and return its result. Raises what it raised; `Retryable` when the process was killed."""
        try:
            result = self._pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            raise _killed() from error
        if isinstance(result, Exception):
            raise result
        return result

    def stop(self) -> None:
        """End the process: at any moment, because every chunk is written whole or not at all."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


@contextmanager
def helper_processes(connect: Connect, count: int, preload: str | None = None) -> Iterator[list[HelperProcess]]:
    """Start `count` processes and stop them at the end.

    `preload`: name of the module whose functions will be the jobs; it is imported while the first job is prepared.
    """
    processes = [HelperProcess(connect, preload) for _ in range(count)]
    try:
        yield processes
    finally:
        for process in processes:
            process.stop()


def _killed() -> Retryable:
    return Retryable("a process of this import was killed; run the same import again")


def _work(pipe: Connection, connect: Connect, parent: int, preload: str | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is handled by the parent
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if preload:
        import_module(preload)
    ports: Ports | None = None
    while True:
        job, args = pipe.recv()
        try:
            ports = ports or connect()
            pipe.send(job(ports, *args))
        except ShortlistError as error:
            pipe.send(error)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: a killed parent cannot stop it."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
