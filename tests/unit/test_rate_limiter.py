"""One rate for all calls: below a known quota, finding an unknown one, silent when asked, on a clock of our own."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.quota_simulator import GUESSES, Case, simulate
from shared.adapters.gemini.quota_controller import MARGIN, QuotaController
from shared.adapters.gemini.rate_limiter import DAILY_REST, RateLimiter
from shared.errors import OutOfQuota


class FakeClock:
    """Time passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def wait(self, event: threading.Event, seconds: float | None) -> None:
        assert seconds is not None, "nobody would ever wake this thread"
        with self._lock:
            self.now += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def limiter(clock: FakeClock) -> Callable[[int], RateLimiter]:
    return lambda per_minute: RateLimiter(per_minute, clock, clock.wait)


def test_a_known_quota_is_used_to_97_percent_and_never_passed(
    limiter: Callable[[int], RateLimiter], clock: FakeClock
) -> None:
    steady, sent = limiter(300), []
    while clock.now < 1600:
        at = steady.take()
        steady.accepted(at)
        sent.append(at)
    assert len(sent) >= 0.97 * 3000
    most = max(sum(start <= other < start + 60 for other in sent) for start in sent[::7])
    assert most <= 300


@pytest.mark.parametrize("quota", [300, 2000])
@pytest.mark.parametrize("kind", ["slide60", "bucket1", "bucket5", "minute"])
def test_a_known_quota_is_used_to_97_percent_with_under_one_percent_refused(quota: int, kind: str) -> None:
    result = simulate(Case(quota, None, kind, seconds=300))  # type: ignore[arg-type]
    assert result.used >= 0.97 and result.refused < 0.01


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize("kind", ["slide60", "bucket5", "minute"])
def test_an_unknown_quota_is_found_from_any_first_guess(guess: float, kind: str) -> None:
    result = simulate(Case(300, guess, kind))  # type: ignore[arg-type]
    assert result.used >= 0.80 and result.refused <= 0.03


def test_after_a_refusal_all_are_silent_as_long_as_asked(
    limiter: Callable[[int], RateLimiter], clock: FakeClock
) -> None:
    steady = limiter(6000)
    first = steady.take()
    steady.refused(first, wait=37.0)
    assert steady.take() >= first + 37.0


def test_a_closed_controller_lets_one_call_through_at_a_time() -> None:
    controller = QuotaController(6000, known=True)
    controller.sent(0.0)
    controller.refused(0.0, 0.1, 1.0)
    controller.sent(1.2)
    assert controller.when(1.3, 1) == float("inf")
    controller.lost(1.2)
    assert controller.when(1.4, 0) == 1.4
    controller.sent(1.4)
    controller.accepted(1.4, 1.5)
    assert controller.when(2.0, 0) == 2.0


def test_calls_refused_together_are_one_refusal() -> None:
    controller = QuotaController(6000, known=True)
    for place in range(20):
        controller.sent(place / 100)
    for place in range(20):
        controller.refused(place / 100, 0.5, None)
    controller.sent(5.0)
    controller.accepted(5.0, 5.1)
    assert controller.rate >= 0.7 * 6000


def test_a_refusal_after_idling_does_not_shrink_the_rate_to_nothing() -> None:
    controller = QuotaController(300, known=True)
    controller.sent(0.0)
    controller.accepted(0.0, 0.3)
    controller.sent(500.0)
    controller.refused(500.0, 500.3, 1.0)
    controller.sent(502.0)
    controller.accepted(502.0, 502.3)
    assert controller.rate >= 0.7 * 300


def test_what_a_slow_process_missed_is_made_up_for_a_little() -> None:
    controller, interval = QuotaController(600, known=True), 60 / (600 * MARGIN)
    controller.sent(100.0)
    late = 100.0 + 3.01 * interval
    burst = 0
    while controller.when(late, burst) <= late:
        controller.sent(late)
        burst += 1
    assert burst == 3


def test_a_daily_quota_stops_everything_and_is_asked_about_again_later(
    limiter: Callable[[int], RateLimiter], clock: FakeClock
) -> None:
    steady = limiter(300)
    steady.refused(steady.take(), daily=True)
    with pytest.raises(OutOfQuota, match="daily"):
        steady.take()
    clock.now += DAILY_REST + 60
    steady.accepted(steady.take())


def test_silence_longer_than_our_patience_is_passed_on(limiter: Callable[[int], RateLimiter]) -> None:
    steady = limiter(300)
    steady.refused(steady.take(), wait=600.0)
    with pytest.raises(OutOfQuota) as raised:
        steady.take(patience=90.0)
    assert raised.value.wait is not None and raised.value.wait > 500


def test_many_threads_share_one_rate(limiter: Callable[[int], RateLimiter]) -> None:
    steady = limiter(600)
    with ThreadPoolExecutor(8) as pool:
        sent = sorted(pool.map(lambda _: _one(steady), range(400)))
    apart = [later - earlier for earlier, later in itertools.pairwise(sent)]
    assert min(apart) >= 0.99 * 60 / 600


def _one(limiter: RateLimiter) -> float:
    at = limiter.take()
    limiter.accepted(at)
    return at
