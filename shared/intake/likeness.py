"""People who are likely one but share no key: same name and same employer. Flagged for a person, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from rapidfuzz import fuzz, process

from shared.ports import Data, Ports, Stored, Update

_SIMILAR: Final = 88.0  # rapidfuzz ratio of sorted words, 0 to 100
_KEYS_A_QUERY: Final = 60
_BLOCK: Final = 3000  # a name or an employer with more people than this says nothing
_OTHERS: Final = 20  # flags on one record; more help nobody
_FIELDS: Final = ("pool", "name_key", "employer_key")
Pair = tuple[str, str]


def flag_likely_duplicates(ports: Ports, names: Iterable[str], employers: Iterable[str]) -> set[str]:
    """Flag likely pairs among people with one of these names or employers; return the ids newly flagged.

    Likely: the same name and a similar latest employer, or a similar name and the same one, and starts there that
    agree as far as both are known.
    """
    flagged: set[str] = set()
    for blocks, alike in (
        (_blocks(ports, "name_key", "employer_key", names), _alike_employers),
        (_blocks(ports, "employer_key", "name_key", employers), _alike_names),
    ):
        for found in blocks:
            if pairs := [pair for block in found if len(block) > 1 for pair in alike(block)]:
                flagged |= _flag(ports, pairs)
    return flagged


def _blocks(ports: Ports, by: str, other: str, keys: Iterable[str]) -> Iterator[Iterable[Sequence[tuple[str, str]]]]:
    """Yield, some at a time, the blocks of people who agree in `by`: (other key, id) each."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), _KEYS_A_QUERY):
        blocks: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        where = [(by, "in", wanted[start : start + _KEYS_A_QUERY])]
        for row in ports.store.query("candidates", where, fields=_FIELDS):  # type: ignore[arg-type]
            if (value := row.data.get(other)) is not None:
                blocks[row.data["pool"], row.data[by]].append((value, row.id))
        yield [block for block in blocks.values() if len(block) <= _BLOCK]


def _alike_employers(block: Sequence[tuple[str, str]]) -> Iterator[Pair]:
    """Pairs of one name whose employers are alike; a key is `employer@start`."""
    starts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, id_ in block:
        employer, _, start = key.rpartition("@")
        starts[employer][start].append(id_)
    employers = list(starts)
    for one, other in [(name, name) for name in employers] + _similar(employers):
        for first, ids in starts[one].items():
            for second, others in starts[other].items():
                if first.startswith(second) or second.startswith(first):
                    yield from ((a, b) for a in ids for b in others if a != b)


def _alike_names(block: Sequence[tuple[str, str]]) -> Iterator[Pair]:
    """Pairs of one employer and start whose names differ, but hardly."""
    ids: dict[str, list[str]] = defaultdict(list)
    for name, id_ in block:
        ids[name].append(id_)
    for one, other in _similar(list(ids)):
        yield from ((a, b) for a in ids[one] for b in ids[other])


def _similar(values: Sequence[str]) -> list[Pair]:
    if len(values) < 2:
        return []
    ordered = [" ".join(sorted(value.split())) for value in values]
    if len(values) < 8:  # the matrix costs more than it saves
        pairs = combinations(range(len(values)), 2)
        near = [(a, b) for a, b in pairs if fuzz.ratio(ordered[a], ordered[b], score_cutoff=_SIMILAR)]
    else:
        scores = process.cdist(ordered, ordered, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
        near = [(a, b) for a, b in zip(*scores.nonzero(), strict=True) if a < b]
    return [(values[a], values[b]) for a, b in near]


def _flag(ports: Ports, pairs: Sequence[Pair]) -> set[str]:
    alike: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        alike[one].add(other)
        alike[other].add(one)
    rows = ports.store.get("candidates", sorted(alike), fields=("flags",))
    writes = [write for id_, row in rows.items() if (write := _update(row, sorted(alike[id_])[:_OTHERS]))]
    answers = ports.store.commit([[write] for write in writes])
    return {write.id for write, conflict in zip(writes, answers, strict=True) if not conflict}


def _update(row: Stored, others: Sequence[str]) -> Update | None:
    flags: list[Mapping[str, Any]] = row.data.get("flags") or []
    known = {flag.get("candidate_id") for flag in flags}
    more: list[Data] = [
        {"kind": "possible_duplicate", "detail": "same name and employer, no shared key", "candidate_id": other}
        for other in others
        if other not in known
    ]
    return Update("candidates", row.id, {"flags": [*flags, *more]}, row.version) if more else None
