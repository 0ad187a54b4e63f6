"""A few warm processes that read files: starting one for each would cost more than the reading."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import shared
from shared.errors import UnreadableFile
from shared.models.document_text import ReadDocument
from shared.models.source import Facts
from shared.reading.documents.limits import Limits
from shared.reading.documents.messages import Hung, receive, send

_ROOT: Final = Path(shared.__file__).resolve().parents[1]
_START: Final = 20.0  # seconds a fresh worker may need before it takes its first file, on a busy machine
_GROWN: Final = 256  # megabytes after which a worker is replaced
_FILES: Final = 500  # files after which a worker is replaced, whatever it holds


class Worker:
    """One process and the line to it. Raises what the line raises; a worker that did so is not used again."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        # It gets our search path and nothing else of the environment: no key of anything is worth stealing there.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shared.reading.documents.child", str(os.getpid())],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        theirs.close()
        self._files = 0
        self._memory = 0

    def ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return the worker's answer. Raises EOFError when it died, Hung when it took longer than `seconds`."""
        self._line.settimeout(seconds + _START)
        try:
            send(self._line, head, body)
        except TimeoutError:
            raise Hung from None
        except OSError:
            raise EOFError from None
        started = 0.0 if self._files else _START
        answer, picture = receive(self._line, seconds + started)
        self._files += 1
        self._memory = answer["memory_mb"]
        return answer, picture

    @property
    def alive(self) -> bool:
        """Whether it can take a file."""
        return self._process.poll() is None

    @property
    def spent(self) -> bool:
        """Whether it has done enough and should make room for a fresh one."""
        if self._files >= _FILES:
            return True
        return self._memory >= _GROWN

    def end(self) -> None:
        """Kill the process and wait for it, so that no zombie stays."""
        self._line.close()
        self._process.kill()
        self._process.wait()


class Pool:
    """At most as many workers as processors. Threads share it; each file has its worker for itself."""

    def __init__(self, size: int) -> None:
        self.turn = threading.Semaphore(size)  # held while a processor is used, by other programs that read, too
        self._idle: list[Worker] = []
        self._owner = os.getpid()

    @property
    def ours(self) -> bool:
        """Whether this process started the workers, or a fork inherited the object only."""
        return self._owner == os.getpid()

    def read(self, source: Path | bytes, filename: str, limits: Limits) -> ReadDocument:
        """Read one file. Raises UnreadableFile, also when the worker died or hung over it."""
        return ReadDocument.model_validate(self._ask(source, filename, limits, {})[0]["document"])

    def picture(self, source: Path | bytes, filename: str, page: int, limits: Limits) -> bytes:
        """Return page `page` of a PDF, counted from 0, as a grey PGM picture. Raises as `read` does."""
        return self._ask(source, filename, limits, {"picture": page})[1]

    def parse(self, text: str, today: str, filename: str, limits: Limits) -> Facts:
        """Return what a CV's text says, by our own rules. Raises as `read` does."""
        return Facts.model_validate(self._ask(text.encode(), filename, limits, {"parse": today})[0]["facts"])

    def _ask(
        self, source: Path | bytes, filename: str, limits: Limits, task: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        head = {"filename": filename, "limits": asdict(limits), **task}
        if isinstance(source, Path):
            head["path"] = str(source.resolve())
        with self.turn:
            worker = self._take()
            done = False
            try:
                answer, picture = worker.ask(head, b"" if isinstance(source, Path) else source, limits.seconds)
                done = not answer.get("full") and not worker.spent
            except Hung:
                raise UnreadableFile(f"{filename}: reading it took longer than {limits.seconds} seconds") from None
            except EOFError:
                raise UnreadableFile(f"{filename}: {_DIED}") from None
            finally:
                self._give_back(worker, done)
        if "unreadable" in answer:
            raise UnreadableFile(answer["unreadable"])
        return answer, picture

    def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()  # atomic, and the one used last is the warmest
            if worker.alive:
                return worker
            worker.end()
        return Worker()

    def _give_back(self, worker: Worker, usable: bool) -> None:
        if usable:
            self._idle.append(worker)
        else:
            worker.end()

    def close(self) -> None:
        """End all idle workers."""
        while self._idle:
            self._idle.pop().end()


_DIED: Final = "reading it used more time or memory than a CV may, or broke the reader; ask for it as a simple PDF"
_pool: Pool | None = None
_lock = threading.Lock()


def pool() -> Pool:
    """Return this process's workers; after a fork, new ones."""
    global _pool
    with _lock:
        if _pool is None or not _pool.ours:
            _pool = Pool(max(1, os.cpu_count() or 1))
            atexit.register(_pool.close)
        return _pool
