"""The process that reads: it may be killed, run out of memory or crash, and takes one file with it at most."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any, Final

from shared.errors import UnreadableFile
from shared.reading.documents.extract import extract
from shared.reading.documents.limits import Limits
from shared.reading.documents.messages import Hung, receive, send
from shared.reading.documents.pictures import rendered

_LOOK_AROUND: Final = 10.0  # seconds without a file after which a worker looks whether its parent lives
_NICE: Final = 5  # steps behind the process that answers people
BROKEN: Final = "it could not be read; the file is damaged or not what its name says"
TOO_BIG: Final = "reading it takes more memory than a CV may; ask for it as a simple PDF"


def serve(channel: socket.socket, parent: int) -> None:
    """Read files until the parent hangs up or dies, or until memory ran out once."""
    while True:
        try:
            head, body = receive(channel, _LOOK_AROUND)
        except Hung:
            if os.getppid() != parent:
                return
            continue
        except EOFError:
            return
        limits = Limits(**head["limits"])
        restrict(limits)
        channel.settimeout(None)
        answer, picture = answered(head, body, limits)
        send(channel, answer | {"memory_mb": memory_mb()}, picture)
        if answer.get("full"):
            return


def memory_mb() -> int:
    """Return what this process holds now. Its peak would not do: that starts with the peak of whoever started it."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * resource.getpagesize() >> 20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def answered(head: dict[str, Any], body: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Do one task: `document`, `facts` or a page's picture, or `unreadable` with a sentence that quotes nothing."""
    name = head["filename"]
    try:
        content = Path(head["path"]).read_bytes() if head.get("path") else body
        if head.get("picture") is not None:
            return {}, rendered(content, head["picture"])
        if head.get("parse"):
            return {"facts": parsed(content.decode(), head["parse"])}, b""
        return {"document": extract(content, name, limits).model_dump()}, b""
    except UnreadableFile as error:
        return {"unreadable": str(error)}, b""
    except MemoryError:
        return {"unreadable": f"{name}: {TOO_BIG}", "full": True}, b""
    except Exception:  # a parser met what nobody thought of; its message may quote the file
        return {"unreadable": f"{name}: {BROKEN}"}, b""


def parsed(text: str, today: str) -> dict[str, Any]:
    """Return a text's facts as JSON values."""
    from shared.reading.cv.parsing import parse_cv  # its words take longer to load than a file to read

    return parse_cv(text, today).model_dump(mode="json", exclude_defaults=True)


def restrict(limits: Limits) -> None:
    """Limit this process: CPU from now on, address space over all. Only soft limits, so that each file starts anew."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds + 1
    _soft(resource.RLIMIT_CPU, seconds)
    _soft(resource.RLIMIT_AS, limits.memory_mb << 20)
    _soft(resource.RLIMIT_CORE, 0)


def _soft(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
        resource.setrlimit(which, (value, hard))


def main() -> None:
    """Serve on the socket that stands in for standard input. The argument is the parent's process id."""
    os.nice(_NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    serve(socket.socket(fileno=os.dup(0)), int(sys.argv[1]))


if __name__ == "__main__":
    main()
