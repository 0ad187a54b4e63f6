"""Every call to Gemini goes out here: at our rate, retried where that can help, at most so many at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from shared.adapters.gemini.faults import Fault, read_fault
from shared.adapters.gemini.rate_limiter import RateLimiter
from shared.errors import Misconfigured, Retryable, ShortlistError
from shared.ports import Reply

TRIES: Final = 6
FIRST_WAIT: Final = 0.5  # seconds before the second try of a failed call; doubled each time, and shaken
LONGEST_WAIT: Final = 30.0
PATIENCE: Final = 90.0  # seconds of silence we keep; asked for more, the task comes again later
BATCH_SECONDS: Final = 300.0  # after that, what of a batch was not asked comes again: a function has an end
A = TypeVar("A")
T = TypeVar("T")


class Calls:
    """Thread-safe. `jitter` gives numbers from 0 to 1."""

    def __init__(
        self,
        limiter: RateLimiter,
        concurrency: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._limiter, self._clock, self._sleep, self._jitter = limiter, clock, sleep, jitter
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="gemini")  # threads start as they are needed

    def carry_out(self, send: Callable[[], A], variable: str) -> A:
        """Return the answer of one call. Raises `OutOfQuota`, `Retryable`, `Misconfigured`, `Permanent`."""
        for attempt in range(1, TRIES + 1):
            sent_at = self._limiter.take(PATIENCE)
            try:
                answer = send()
            except Exception as error:
                fault = read_fault(error, variable)
                self._note(sent_at, fault)
                if fault is None:
                    raise
                if fault.kind not in ("quota", "again") or attempt == TRIES:
                    raise fault.as_error() from error
            except BaseException:
                self._limiter.lost(sent_at)
                raise
            else:
                self._limiter.accepted(sent_at)
                return answer
            if fault.kind == "again":
                self._sleep(self._wait(attempt, fault))
        raise AssertionError("the last try returns or raises")

    def each(self, asks: Sequence[Callable[[], Reply[T]]]) -> list[Reply[T]]:
        """Carry the asks out side by side; one reply each, in order. An error of one is in its reply.

        Raises the first error where no ask was answered: then there is nothing to keep.
        """
        until = self._clock() + BATCH_SECONDS
        if len(asks) == 1:
            found = [_outcome(asks[0])]
        else:
            futures = [self._pool.submit(self._unless_late, ask, until) for ask in asks]
            found = _all_of(futures)
        errors = [each for each in found if isinstance(each, ShortlistError)]
        if errors and len(errors) == len(found):
            raise errors[0]
        return [_as_reply(each) if isinstance(each, ShortlistError) else each for each in found]

    def _unless_late(self, ask: Callable[[], Reply[T]], until: float) -> Reply[T] | ShortlistError:
        if self._clock() > until:
            return Retryable("the time of this batch is over")
        return _outcome(ask)

    def _note(self, sent_at: float, fault: Fault | None) -> None:
        if fault and fault.kind in ("quota", "daily"):
            self._limiter.refused(sent_at, fault.wait, daily=fault.kind == "daily")
        elif fault is None or fault.kind == "again":
            self._limiter.lost(sent_at)
        else:
            self._limiter.accepted(sent_at)

    def _wait(self, attempt: int, fault: Fault) -> float:
        growing = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (attempt - 1)) * (0.5 + self._jitter())
        return max(growing, min(fault.wait or 0.0, PATIENCE))


def _outcome(ask: Callable[[], Reply[T]]) -> Reply[T] | ShortlistError:
    try:
        return ask()
    except (Retryable, Misconfigured) as error:
        return error
    except ShortlistError as error:  # this one can never be done
        return Reply(None, str(error))


def _all_of(futures: Sequence[Future[A]]) -> list[A]:
    try:
        return [future.result() for future in futures]
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def _as_reply(error: ShortlistError) -> Reply[T]:
    return Reply(None, str(error), retryable=isinstance(error, Retryable))
