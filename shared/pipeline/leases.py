"""Who works on a record now, and until when nobody else may."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from shared.ports import Data, Ports

LEASE: Final = timedelta(minutes=31)  # outlasts the longest task deadline of Cloud Tasks (30 minutes)


def new_lease(ports: Ports, work: str) -> Data:
    """Return a lease of this process on one record, as models/candidate.py describes it."""
    until = datetime.fromisoformat(ports.now()) + LEASE
    end = until.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"token": secrets.token_hex(8), "owner": ports.worker.name, "stage": work, "until": end}


def is_held(ports: Ports, lease: Data | None) -> bool:
    """Whether the lease still keeps others away: neither over, nor of a process that is certainly gone."""
    return bool(lease) and lease["until"] > ports.now() and not ports.worker.is_dead(lease["owner"])  # type: ignore[index]
