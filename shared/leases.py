"""Who works on a document now, and until when nobody else may: one lease for records, imports and kept answers.

A lease is {token, owner, stage, until}. It ends when its holder releases it, at `until`, or when its owner, a process,
is certainly gone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar, cast

from shared.models.collections import Collection
from shared.ports import Ports, Update, Write

if TYPE_CHECKING:
    from shared.models.documents.records import LeaseData, LeasedDocument

Leased = TypeVar("Leased", bound="LeasedDocument")
LEASE: Final = timedelta(minutes=31)  # outlasts the longest task deadline of Cloud Tasks (30 minutes)


def new_lease(ports: Ports, work: str) -> LeaseData:
    """Return a lease of this process on one document."""
    owner = ports.worker.name
    return {"token": secrets.token_hex(8), "owner": owner, "stage": work, "until": lease_end(ports.now())}


def lease_end(since: str, lasts: timedelta = LEASE) -> str:
    """Return when a lease taken at `since` ends by itself, both UTC ISO microseconds."""
    return (datetime.fromisoformat(since) + lasts).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_held(ports: Ports, lease: LeaseData | None) -> bool:
    """Tell whether the lease still keeps others away: it has not ended, and its owner is not certainly gone."""
    if not lease:
        return False
    return lease["until"] > ports.now() and not ports.worker.is_dead(lease["owner"])


def has_token(lease: LeaseData | None, token: str) -> bool:
    """Tell whether this is the lease of that token: only its holder may save."""
    return lease is not None and lease["token"] == token


def release(
    ports: Ports, kind: Collection[Leased], ids: Sequence[str], token: str, fields: Leased | None = None
) -> None:
    """Give the leases of this token back, and set `fields` with it; what others have leased since stays theirs."""
    changes = cast(Leased, {**cast("LeasedDocument", fields or {}), "lease": None})
    groups: list[list[Write]] = []
    for row in ports.store.get(kind, ids, fields=("lease",)).values():
        document: LeasedDocument = row.data
        if has_token(document.get("lease"), token):
            groups.append([Update(kind, row.id, changes, row.version)])
    ports.store.commit(groups)


class HeldLease:
    """A lease on a document whose work may take longer than the lease: renewed while it goes on."""

    def __init__(self, ports: Ports, kind: Collection[LeasedDocument], id_: str, lease: LeaseData) -> None:
        self._ports = ports
        self._kind = kind
        self._id = id_
        self._lease = lease
        self._renew_at = lease_end(lease["until"], -LEASE / 2)

    def renew(self) -> None:
        """Let the lease last from now on, once half of its time is over; one that is no longer ours stays as it is."""
        now = self._ports.now()
        if now < self._renew_at:
            return
        row = self._ports.store.get(self._kind, [self._id], fields=("lease",)).get(self._id)
        if row is None or not has_token(row.data.get("lease"), self._lease["token"]):
            return
        self._lease = {**self._lease, "until": lease_end(now)}
        self._renew_at = lease_end(now, LEASE / 2)
        self._ports.store.commit([[Update(self._kind, self._id, {"lease": self._lease}, row.version)]])
