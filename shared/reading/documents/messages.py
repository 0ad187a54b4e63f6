"""What a worker process and the one that started it say to each other: a length, a JSON head, bytes."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any, Final

_LENGTHS: Final = struct.Struct("!II")


class Hung(Exception):
    """The other side did not answer in time."""


def send(channel: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one message. Raises OSError when the other side is gone or does not take it in the channel's time."""
    text = json.dumps(head).encode()
    channel.sendall(_LENGTHS.pack(len(text), len(body)) + text + body)


def receive(channel: socket.socket, seconds: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Receive one message. Raises EOFError when the other side is gone, Hung after `seconds`."""
    until = None if seconds is None else time.monotonic() + seconds
    head_length, body_length = _LENGTHS.unpack(_exactly(channel, _LENGTHS.size, until))
    head: dict[str, Any] = json.loads(_exactly(channel, head_length, until))
    return head, _exactly(channel, body_length, until)


def _exactly(channel: socket.socket, size: int, until: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        if until is not None:
            channel.settimeout(max(0.001, until - time.monotonic()))
        try:
            part = channel.recv(min(1 << 20, size - len(parts)))
        except TimeoutError:
            raise Hung from None
        except OSError:
            raise EOFError from None
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
