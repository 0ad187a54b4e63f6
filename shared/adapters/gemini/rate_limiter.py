"""One rate for all calls of a process: below the quota that is configured, or finding the one there is."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from shared.adapters.gemini.quota_controller import QuotaController
from shared.errors import OutOfQuota

FIRST_GUESS: Final = 300.0  # calls a minute, where no quota is configured
DAILY_REST: Final = 600.0  # seconds without a call once the day's quota is used up; then one call asks again
DAILY: Final = "the daily quota of Gemini is used up"


class RateLimiter:
    """Thread-safe. `clock` gives monotonic seconds; `wait(event, seconds)` sleeps until woken or the time is over."""

    def __init__(
        self,
        per_minute: int = 0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float | None], object] = threading.Event.wait,
    ) -> None:
        self._controller = QuotaController(per_minute or FIRST_GUESS, known=per_minute > 0)
        self._clock, self._wait = clock, wait
        self._turn = threading.Lock()  # one thread waits for the next slot, the others for their turn
        self._state = threading.Lock()
        self._changed = threading.Event()
        self._flying = 0
        self._daily_until = -math.inf

    def take(self, patience: float = math.inf) -> float:
        """Wait until a call may go out; return the time it does, for `accepted`, `refused` or `lost`.

        Raises `OutOfQuota` when the day's quota is used up, or when more than `patience` seconds of silence are asked.
        """
        with self._turn:
            while True:
                with self._state:
                    now = self._clock()
                    self._refuse(now, patience)
                    at = self._controller.when(now, self._flying)
                    if at <= now:
                        self._controller.sent(now)
                        self._flying += 1
                        return now
                    self._changed.clear()
                self._wait(self._changed, None if at == math.inf else at - now)

    def accepted(self, sent_at: float) -> None:
        """The call sent then was let in."""
        with self._ended():
            self._controller.accepted(sent_at, self._clock())

    def lost(self, sent_at: float) -> None:
        """The call sent then got no answer, or one that says nothing of the quota."""
        with self._ended():
            self._controller.lost(sent_at)

    def refused(self, sent_at: float, wait: float | None = None, daily: bool = False) -> None:
        """The call sent then was over the quota. `wait`: the seconds the service asked for, if it did."""
        with self._ended():
            now = self._clock()
            self._controller.refused(sent_at, now, wait)
            if daily:
                self._daily_until = now + DAILY_REST

    def _refuse(self, now: float, patience: float) -> None:
        if now < self._daily_until:
            raise OutOfQuota(DAILY, self._daily_until - now)
        silence = self._controller.pause_until - now
        if silence > patience:
            raise OutOfQuota(f"Gemini asks for {silence:.0f} seconds without a call", silence)

    @contextmanager
    def _ended(self) -> Iterator[None]:
        """Hold the state while one call's end is noted; whoever waits for a slot looks again after it."""
        with self._state:
            self._flying -= 1
            yield
            self._changed.set()
