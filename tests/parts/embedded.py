"""The ports of one machine, with some of them replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from shared import wiring
from shared.access.pools import add_pool
from shared.config import Settings
from shared.operations.dispatch import deliver
from shared.ports import Ports

# The pools that tests take people into.
POOLS = ("acme", "beta", "direct", "gamma", "mine", "one", "other", "p", "q", "tech", "theirs", "two", "x")


def make_pools(ports: Ports) -> None:
    for pool in POOLS:
        add_pool(ports, pool)


@contextmanager
def embedded(settings: Settings, **replaced: Any) -> Iterator[Ports]:
    """Yield the embedded ports but for these; tasks are delivered over the same, and nothing works on behind them."""
    held: list[Ports] = []
    connected = wiring.connect(settings, lambda _, task, last: deliver(held[0], task, last))
    held.append(replace(connected, **replaced))
    make_pools(held[0])
    try:
        yield held[0]
    finally:
        wiring.thread_queue(connected).stop()
        held[0].store.close()
