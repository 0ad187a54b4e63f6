"""What a pool's records are subject to: how many days what is said of people is kept, and whether names are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shared.access import allow
from shared.access.pools import DEFAULT, add_pool, is_pool, list_pools
from shared.errors import InvalidRequest, NotFound
from shared.models.caller import Caller
from shared.models.collections import POOLS
from shared.ports import Ports, Update

if TYPE_CHECKING:
    from shared.models.documents.people import PoolDocument

KINDS: Final = ("row", "cv", "form")
_MOST_DAYS: Final = 36_500


@dataclass(frozen=True)
class Rules:
    """`retention_days`: by kind of source; a kind that is not named is kept. `blind`: recruiters see no names."""

    retention_days: Mapping[str, int] = field(default_factory=dict)
    blind: bool = False

    def to_json(self) -> PoolDocument:
        """Return the rules as JSON values."""
        return {"retention_days": dict(self.retention_days), "blind": self.blind}


def rules_of(ports: Ports, pool: str) -> Rules:
    """Return a pool's rules; a pool without any keeps everything and shows names."""
    row = ports.store.get(POOLS, [pool]).get(pool)
    data: PoolDocument = row.data if row else {}
    return Rules(data.get("retention_days") or {}, bool(data.get("blind")))


def all_rules(ports: Ports) -> dict[str, Rules]:
    """Return the rules of every pool, by name."""
    return {pool: rules_of(ports, pool) for pool in list_pools(ports)}


def set_rules(
    ports: Ports, caller: Caller, pool: str, retention_days: Mapping[str, int] | None = None, blind: bool | None = None
) -> Rules:
    """Set what is given; 0 days keeps a kind of source for good. Raises `NotAllowed` for all but admins, `NotFound`,
    `InvalidRequest`."""
    allow(caller, "administer")
    if not is_pool(ports, pool):
        raise NotFound(f"no pool {pool}")
    for kind, days in (retention_days or {}).items():
        if kind not in KINDS or not 0 <= days <= _MOST_DAYS:
            raise InvalidRequest(f"retention_days: {', '.join(KINDS)}, each 0 (kept) to {_MOST_DAYS}")
    now = rules_of(ports, pool)
    kept = {**now.retention_days, **(retention_days or {})}
    rules = Rules({kind: days for kind, days in kept.items() if days}, now.blind if blind is None else blind)
    if pool == DEFAULT:
        add_pool(ports, pool)
    ports.store.commit([[Update(POOLS, pool, rules.to_json(), None)]])
    return rules
