"""When the next call may go out: pacing below a known quota, or finding an unknown one. No clock, no threads."""

from __future__ import annotations

import bisect
import random
from collections.abc import Callable
from math import inf
from typing import Final

WINDOW: Final = 60.5  # seconds: a quota counts calls a minute; half a second for clocks and networks that differ
MARGIN: Final = 0.985  # of the quota is aimed at
CATCH_UP: Final = 1.0  # seconds a slow process may be behind and still make up for it; later it starts afresh
IDLE: Final = 30.0  # seconds without a call after which what was accepted before says nothing of the quota any more
STEP: Final = 5.0  # seconds between two steps of growth
REST: Final = 15.0  # seconds from an opening to the first step of growth; four times longer each time growing failed
LONGEST_REST: Final = 600.0
GROW: Final = 1.15
CEILING: Final = 1e6  # calls a minute: more than anybody is given
SHORTEST_PAUSE: Final = 0.3
FIRST_PAUSE: Final = 10.0  # seconds after the first refusal, where the service names no time
SHORT_WINDOW: Final = 12.0  # seconds to measure over, where more fits into a minute than was once refused in one
_Uniform = Callable[[float, float], float]


class QuotaController:
    """The controller. Times are seconds of any one clock; it starts with the first call.

    Calls are paced under a log of the last minute. A refusal closes the way; then one call at a time is let through
    until one is accepted, and what was accepted in the minute before the refusal is taken as the quota. While nothing
    is refused the rate grows, ever more rarely once growing was refused. With `known`, `per_minute` is the quota
    itself: it is used at once, never passed, and left only a step at a time.
    """

    def __init__(self, per_minute: float, known: bool, uniform: _Uniform = random.uniform) -> None:
        self.rate = per_minute  # calls a minute
        self._known, self._learned, self._uniform = known, known, uniform
        self._top = per_minute if known else CEILING
        self._log: list[float] = []  # when the calls went out that were accepted or are under way
        self._slot = -inf  # the time the last call was due
        self._last = self._began = -inf  # the last call, and the first of this stretch of work
        self._pause_until = self._cut = -inf  # calls sent before the cut say nothing of the quota as it is now
        self._next_growth = -inf
        self._rest, self._best, self._said = REST, 0.0, -1.0
        self._refusals = 0  # in a row; more than none: closed
        self._refused_at = self._closed_at = 0.0
        self._probing = self._short = self._held_back = False
        self._in_window_at_first = inf  # calls in the window when one was first refused

    @property
    def pause_until(self) -> float:
        """The time until which the service asked for silence."""
        return self._pause_until

    def when(self, now: float, flying: int) -> float:
        """Return the earliest time for a next call with `flying` calls under way; inf: only after one of them ends."""
        if now < self._pause_until:
            return self._pause_until
        if self._refusals:
            return inf if self._probing else now
        sent = self._sent_between(now - WINDOW, now)
        if not self._learned and flying >= 2 + max(0, sent - flying - 16) / 3:
            return inf  # slow start: a few at once, then a third of what was accepted
        if now >= self._next_growth:
            self._grow(now)
        due = self._slot + 60 / (self.rate * MARGIN)
        if self._learned and sent >= self.rate:
            due = max(due, self._log[-sent] + WINDOW + 1e-6)
        if due <= now:
            return now
        self._held_back = True
        return min(due, max(self._next_growth, now + 1e-3))

    def sent(self, now: float) -> None:
        """Note that a call goes out now."""
        if now - self._last > IDLE and not self._refusals:
            self._began = now
            self._next_growth = max(now + STEP, self._next_growth)
        self._last = now
        due = self._slot + 60 / (self.rate * MARGIN)
        self._slot = due if now - due < CATCH_UP else now
        self._log.append(now)
        self._probing = self._refusals > 0
        if len(self._log) % 1000 == 0:
            del self._log[: bisect.bisect(self._log, now - 2.5 * WINDOW)]

    def accepted(self, sent_at: float, now: float) -> None:
        """Note that the call sent then was let in: a closed controller opens."""
        if not self._refusals or sent_at < self._cut:
            return
        measured = self._measured(now)
        if measured > 1.2 * self._best or self._known:
            self._rest = REST
        else:
            self._rest = min(LONGEST_REST, 4 * self._rest)
        self._best = max(measured, 0.9 * self._best)
        least = 0.7 * self.rate if self._known else 1.0
        self.rate = max(1.0, least, min(measured, self.rate))
        self._learned, self._held_back, self._refusals = True, False, 0
        self._next_growth = now + self._rest * self._uniform(0.8, 1.2)

    def lost(self, sent_at: float) -> None:
        """Note that the call sent then ended without an answer about the quota; while closed, another may try."""
        if sent_at >= self._cut:
            self._probing = False

    def refused(self, sent_at: float, now: float, wait: float | None) -> None:
        """Note that the call sent then was over the quota. `wait`: the seconds the service asked for, if it did."""
        place = bisect.bisect_left(self._log, sent_at)
        if place < len(self._log) and self._log[place] == sent_at:
            del self._log[place]
        if sent_at < self._cut:
            return
        if not self._refusals:
            self._close(sent_at, now)
        self._refusals += 1
        self._cut, self._probing = now, False
        self._pause_until = now + max(SHORTEST_PAUSE, self._pause(now, wait))

    def _grow(self, now: float) -> None:
        if self._held_back and self.rate < self._top:
            self.rate = min(self._top, self.rate * (GROW if self._learned else 2))
        self._held_back = False
        self._next_growth = now + (STEP if self._rest == REST else 3 * STEP)

    def _close(self, sent_at: float, now: float) -> None:
        self._refused_at, self._closed_at = sent_at, now
        in_window = self._sent_between(sent_at - 60, sent_at)
        self._short = in_window > 1.2 * self._in_window_at_first + 2
        self._in_window_at_first = min(self._in_window_at_first, in_window)

    def _measured(self, now: float) -> float:
        """Return calls a minute accepted before the refusal."""
        at = self._refused_at

        def rate(seconds: float, until: float) -> float:
            stretch = max(1.0, min(seconds, until - self._began))
            return 60 * self._sent_between(at - seconds - 1e-9, at) / stretch

        measured = rate(60.0, at if self._learned else now)
        if self._short and now - self._closed_at < SHORT_WINDOW:
            measured = max(measured, rate(SHORT_WINDOW, at))
        return measured

    def _pause(self, now: float, asked: float | None) -> float:
        """Return how long to be silent: what was asked, unless it is the same constant each time."""
        sent = self._sent_between(now - WINDOW, now)
        until_free = self._log[-sent] + WINDOW - now if sent else 60.0
        if self._learned:
            own = min(30.0, 3.0 ** (self._refusals - 1))
        else:
            own = min(until_free, FIRST_PAUSE) if self._refusals == 1 else max(until_free, FIRST_PAUSE)
        constant, self._said = asked == self._said, -1.0 if asked is None else asked
        if asked is None:
            return own
        return min(asked, max(own, until_free)) if constant else asked

    def _sent_between(self, after: float, until: float) -> int:
        return bisect.bisect_right(self._log, until) - bisect.bisect_right(self._log, after)
