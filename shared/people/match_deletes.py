"""Matches go with the job or the person they are of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from shared.models.collections import MATCHES
from shared.ports import Delete, Ports, Write


def match_deletes(ports: Ports, side: Literal["job_id", "candidate_id"], ids: Iterable[str]) -> list[Write]:
    """Return writes that remove every match of these jobs or candidates."""
    rows = [row for id_ in ids for row in ports.store.query(MATCHES, [(side, "==", id_)], fields=())]
    return [Delete(MATCHES, row.id) for row in rows]
