"""Under every fault at once nobody is lost, done twice or paid for twice; what failed says why and can be retried."""

from __future__ import annotations

import pytest
from parts.stack import Stack

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.rehearse_stack import rehearse

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def found(stack: Stack) -> list[Figure]:
    return rehearse(stack, candidates=60, kills=5, seed=1, progress=print)


def test_nothing_is_lost_or_done_twice_and_what_failed_is_done_once_the_faults_are_gone(found: list[Figure]) -> None:
    assert not missed(found), figures_table(found)


def test_the_rehearsal_met_what_it_rehearses(found: list[Figure], stack: Stack) -> None:
    met = set(stack.gemini.outcomes)
    assert {"429", "500", "503", "cut", "spii", "safety", "slow", "count"} <= met
    assert any(delivery.status in (0, 503) for delivery in stack.tasks.deliveries)
    killed = next(figure for figure in found if figure.name == "kills that found a task at work")
    assert killed.measured >= 3
