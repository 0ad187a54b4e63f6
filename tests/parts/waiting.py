"""Waiting for what other threads and processes do, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], bool], seconds: float = 120, every: float = 0.1) -> None:
    """Return as soon as this holds; fail when it has not by then."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"it did not happen within {seconds:g} seconds"
        time.sleep(every)
