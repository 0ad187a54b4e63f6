"""Scheduler's daily door: what nobody will go on with is said to have failed, and old records of uploads go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Request

from functions.edge import check_signature, endpoint, ports

DEPLOYED: Final = "cleanup"
_GIVE_UP_AFTER: Final = timedelta(days=2)  # Eventarc tries for one
_FORGET_AFTER: Final = timedelta(days=90)


@endpoint
def cleanup(request: Request) -> Any:
    """Forget uploads that ended 90 days ago; fail those nobody took in two days. Imports and people stay."""
    from shared.intake.uploads import forget, give_up

    check_signature(request, DEPLOYED)
    now = ports().now()
    return {
        "forgotten": forget(ports(), _before(now, _FORGET_AFTER)),
        "given_up": give_up(ports(), _before(now, _GIVE_UP_AFTER)),
    }


def _before(now: str, by: timedelta) -> str:
    return (datetime.fromisoformat(now) - by).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
