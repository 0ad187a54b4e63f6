"""People who are likely one but share no key: same name and same employer. Flagged for a person, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from rapidfuzz import fuzz, process

from shared.ports import Data, Ports, Stored, Update

_SIMILAR: Final = 88.0  # rapidfuzz token_sort_ratio, 0 to 100
_KEYS_A_QUERY: Final = 30  # Firestore's limit for `in`
_BLOCK: Final = 3000  # a name or an employer with more people than this says nothing
_OTHERS: Final = 20  # flags on one record; more help nobody
_FIELDS: Final = ("pool", "name_key", "employer_key")


def flag_likely_duplicates(ports: Ports, names: Iterable[str], employers: Iterable[str]) -> set[str]:
    """Flag likely pairs among people with one of these names or employers; return the ids newly flagged."""
    flagged: set[str] = set()
    for pairs in (_same_block(ports, "name_key", names), _same_block(ports, "employer_key", employers)):
        for found in pairs:
            flagged |= _flag(ports, found)
    return flagged


def _same_block(ports: Ports, block: str, keys: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    """Yield pairs that agree in `block` and are alike in the other of name and employer."""
    other = "employer_key" if block == "name_key" else "name_key"
    wanted = sorted(keys)
    for start in range(0, len(wanted), _KEYS_A_QUERY):
        rows = ports.store.query("candidates", [(block, "in", wanted[start : start + _KEYS_A_QUERY])], fields=_FIELDS)
        groups: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            if row.data.get(other):
                groups[row.data["pool"], row.data[block]][row.data[other]].append(row.id)
        found = [pair for group in groups.values() for pair in _alike(group, same_too=block == "name_key")]
        if found:
            yield found


def _alike(group: Mapping[str, list[str]], same_too: bool) -> Iterator[tuple[str, str]]:
    values = list(group)
    if sum(map(len, group.values())) > _BLOCK:
        return
    if same_too:
        for ids in group.values():
            yield from combinations(sorted(ids), 2)
    if len(values) < 2:
        return
    scores = process.cdist(values, values, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR)
    for one, other in zip(*scores.nonzero(), strict=True):
        if one < other:
            yield from ((a, b) for a in group[values[one]] for b in group[values[other]])


def _flag(ports: Ports, pairs: Sequence[tuple[str, str]]) -> set[str]:
    ids = sorted({id_ for pair in pairs for id_ in pair})
    rows = ports.store.get("candidates", ids, fields=("profile", "flags"))
    alike: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        if one in rows and other in rows and _same_start(rows[one].data, rows[other].data):
            alike[one].append(other)
            alike[other].append(one)
    writes = [write for id_, others in alike.items() if (write := _update(rows[id_], others[:_OTHERS]))]
    answers = ports.store.commit([[write] for write in writes])
    return {write.id for write, conflict in zip(writes, answers, strict=True) if not conflict}


def _update(row: Stored, others: Sequence[str]) -> Update | None:
    flags: list[Data] = row.data.get("flags") or []
    known = {flag.get("candidate_id") for flag in flags}
    more = [
        {"kind": "possible_duplicate", "detail": "same name and employer, no shared key", "candidate_id": other}
        for other in others
        if other not in known
    ]
    return Update("candidates", row.id, {"flags": flags + more}, row.version) if more else None


def _same_start(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the latest positions can be one: their starts agree as far as both are known."""
    first, second = _start(one), _start(other)
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _start(data: Mapping[str, Any]) -> str:
    experiences = (data.get("profile") or {}).get("experiences") or [{}]
    return experiences[0].get("start") or ""
