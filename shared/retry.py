"""Writing while others write the same: read, build the writes from what was read, and again until they are accepted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from shared.errors import Retryable
from shared.ports import Store, Write

ATTEMPTS: Final = 20
_FIRST_WAIT: Final = 0.01  # seconds at most before the second attempt; each later one may wait twice as long
_LONGEST_WAIT: Final = 0.64
T = TypeVar("T")


def attempts(message: str, count: int = ATTEMPTS) -> Iterator[int]:
    """Yield the number of each attempt, 0 first, with a random wait between two; then raise `Retryable(message)`.

    Leave the loop when an attempt succeeded: writers that wait differently long seldom meet again.
    """
    for attempt in range(count):
        if attempt:
            longest = min(_FIRST_WAIT * 2 ** (attempt - 1), _LONGEST_WAIT)
            time.sleep(random.uniform(0, longest))
        yield attempt
    raise Retryable(message)


def write_until_accepted(store: Store, build: Callable[[], tuple[Sequence[Write], T]], what: str) -> T:
    """Commit the writes `build` returns as one group; call it again when others wrote first. Return its result.

    `build` reads what it needs each time, and returns the writes and the result; no writes: there is nothing to do.
    `what`: names the record in the message, such as `candidate 0123`. Raises `Retryable`, and what `build` raises.
    """
    for _ in attempts(f"{what} is being written by others; try again"):
        writes, result = build()
        if not writes or store.commit([writes]) == [None]:
            return result
    raise AssertionError("attempts ends by raising")
