"""People who are likely one but share no key: same name and same employer. Flagged for a person, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from sys import intern
from typing import TYPE_CHECKING, Final
from zlib import crc32

from rapidfuzz import fuzz, process

from shared.models.collections import CANDIDATES
from shared.people.resolve.findings import likely_duplicate_write
from shared.people.touched_people import TouchedPeople
from shared.pipeline.helper_processes import HelperProcess
from shared.pipeline.relaxed_gc import rare_collections
from shared.ports import Create, Ports, Stored, Update, Where
from shared.retry import attempts

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, ProposalDocument
    from shared.models.documents.profiles import FlagData

_SIMILAR: Final = 88.0  # rapidfuzz ratio of sorted words, 0 to 100
_PAGE: Final = 5000  # people a query, about
_KEYS: Final = (20, 2000)  # fewest and most keys a query
_HELD: Final = 200_000  # people (30 MB) whose names are held at a time: memory does not grow with the pool
_FLAGGED: Final = 500  # people a commit
_BLOCK: Final = 3000  # a name or an employer with more people than this says nothing
_OTHERS: Final = 20  # flags on one record; more help nobody
_FIELDS: Final = ("pool", "name_key", "employer_key")
Pair = tuple[str, str]
Block = list[tuple[str, str, str]]  # (name, employer, id) of people in one pool who agree in name or in employer
_Found = tuple[Iterable[Block], Callable[[Block], Iterator[Pair]]]  # blocks, and what finds the pairs of one


def flag_likely_duplicates(ports: Ports, written: TouchedPeople, other: HelperProcess | None = None) -> set[str]:
    """Flag likely pairs among people with one of these names or employers; return the ids newly flagged.

    Likely: the same name and a similar latest employer, or a similar name and the same one, and starts there that
    agree as far as both are known. Where those written are many, or most of their pool, everyone of it is compared,
    with the `other` process's help.
    """
    if not (written.are_many or _are_most(ports, written)):
        return _flag_alike(ports, _among(ports, written))
    if other is None:
        return _flag_everyone(ports, written.pool)
    other.begin(_flag_everyone, written.pool, 1, 2)
    return _flag_everyone(ports, written.pool, 0, 2).union(other.result())


def _flag_everyone(ports: Ports, pool: str, part: int = 0, parts: int = 1) -> set[str]:
    with rare_collections():
        return _flag_alike(ports, _everyone(ports, pool, part, parts))


def _flag_alike(ports: Ports, found: Iterable[_Found]) -> set[str]:
    flagged: set[str] = set()
    for blocks, alike in found:
        if pairs := [pair for block in blocks if 1 < len(block) <= _BLOCK for pair in alike(block)]:
            flagged |= _flag(ports, pairs)
    return flagged


def _are_most(ports: Ports, written: TouchedPeople) -> bool:
    """Whether there are fewer people in the pool than names and employers to ask for."""
    asked = len(written.names) + len(written.employers)
    return bool(written.pool) and ports.store.count(CANDIDATES, [("pool", "==", written.pool)]) <= asked


def _among(ports: Ports, written: TouchedPeople) -> Iterator[_Found]:
    """Yield, some at a time, the blocks of those names, then of those employers."""
    for by, keys, alike in (
        ("name_key", sorted(written.names), _alike_employers),
        ("employer_key", sorted(written.employers), _alike_names),
    ):
        start, size = 0, _KEYS[0]
        while start < len(keys):
            blocks: dict[tuple[str, str], Block] = {}
            rows = ports.store.query(CANDIDATES, [(by, "in", keys[start : start + size])], fields=_FIELDS)
            for row in rows:
                if one := _comparable(row):
                    key = row.data["name_key"] if by == "name_key" else row.data["employer_key"]
                    blocks.setdefault((row.data["pool"], key or ""), []).append(one)
            yield blocks.values(), alike
            start += size
            size = max(_KEYS[0], min(_KEYS[1], size * _PAGE // max(1, len(rows))))


def _everyone(ports: Ports, pool: str, part: int, parts: int) -> Iterator[_Found]:
    """Yield the blocks of the whole pool whose names, or employers, are this part's; of a large pool in several rounds,
    each with its share of them."""
    rounds = parts * (1 + ports.store.count(CANDIDATES, [("pool", "==", pool)]) // _HELD)
    for turn in range(part, rounds, parts):
        found: dict[int, dict[str, Block]] = {place: {} for place in _ALIKE}
        for one in _people(ports, pool):
            for place, blocks in found.items():
                key = one[place]
                if rounds == 1 or crc32(key.encode()) % rounds == turn:
                    blocks.setdefault(key, []).append(one)
        for place, blocks in found.items():
            yield blocks.values(), _ALIKE[place]


def _people(ports: Ports, pool: str) -> Iterator[tuple[str, str, str]]:
    after = None
    where: Where = [("pool", "==", pool)]
    while rows := ports.store.query(CANDIDATES, where, limit=_PAGE, after=after, fields=_FIELDS[1:]):
        yield from filter(None, map(_comparable, rows))
        after = (None, rows[-1].id)


def _comparable(row: Stored[CandidateDocument]) -> tuple[str, str, str] | None:
    name, employer = row.data.get("name_key"), row.data.get("employer_key")
    return (intern(name), intern(employer), row.id) if name and employer else None  # both repeat very often


def _alike_employers(block: Block) -> Iterator[Pair]:
    """Pairs of one name whose employers are alike; a key is `employer@start`."""
    starts: dict[str, list[tuple[str, str]]] = {}
    for _, key, id_ in block:
        employer, _, start = key.rpartition("@")
        starts.setdefault(employer, []).append((start, id_))
    employers = list(starts)
    for one, other in [(name, name) for name in employers if len(starts[name]) > 1] + _similar(employers):
        for first, a in starts[one]:
            for second, b in starts[other]:
                if a != b and (first.startswith(second) or second.startswith(first)):
                    yield a, b


def _alike_names(block: Block) -> Iterator[Pair]:
    """Pairs of one employer and start whose names differ, but hardly."""
    ids: dict[str, list[str]] = {}
    for name, _, id_ in block:
        ids.setdefault(name, []).append(id_)
    for one, other in _similar(list(ids)):
        yield from ((a, b) for a in ids[one] for b in ids[other])


_ALIKE: Final = {0: _alike_employers, 1: _alike_names}  # by the place in a block's triple that all of it share


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
    ids = sorted(alike)
    flagged: set[str] = set()
    for start in range(0, len(ids), _FLAGGED):
        flagged |= _flag_some(ports, ids[start : start + _FLAGGED], alike)
    return flagged


def _flag_some(ports: Ports, ids: Sequence[str], alike: Mapping[str, set[str]]) -> set[str]:
    flagged: set[str] = set()
    for _ in attempts("likely duplicates met other writers all the time; try again"):
        rows = ports.store.get(CANDIDATES, ids, fields=("flags", "pool"))
        new_flags = {id_: _new_flags(row, sorted(alike[id_])[:_OTHERS]) for id_, row in rows.items()}
        writes = [_update(rows[id_], flags) for id_, flags in new_flags.items() if flags]
        answers = ports.store.commit([[write] for write in writes])
        ids = [write.id for write, conflict in zip(writes, answers, strict=True) if conflict]
        written = {write.id for write in writes}.difference(ids)
        flagged |= written
        _propose(ports, {id_: new_flags[id_] for id_ in written}, rows)
        if not ids:
            break
    return flagged


def _propose(
    ports: Ports, new_flags: Mapping[str, Sequence[FlagData]], rows: Mapping[str, Stored[CandidateDocument]]
) -> None:
    """Open a proposal for each pair; one that is there already stays as it is."""
    now = ports.now()
    proposals: dict[str, Create[ProposalDocument]] = {}
    for id_, flags in new_flags.items():
        for flag in flags:
            other = flag.get("candidate_id") or ""
            write = likely_duplicate_write(rows[id_].data.get("pool", "default"), id_, other, now)
            proposals[write.id] = write
    ports.store.commit([[write] for write in proposals.values()])


def _new_flags(row: Stored[CandidateDocument], others: Sequence[str]) -> list[FlagData]:
    known = {flag.get("candidate_id") for flag in row.data.get("flags") or ()}
    return [
        {"kind": "possible_duplicate", "detail": "same name and employer, no shared key", "candidate_id": other}
        for other in others
        if other not in known
    ]


def _update(row: Stored[CandidateDocument], flags: Sequence[FlagData]) -> Update[CandidateDocument]:
    return Update(CANDIDATES, row.id, {"flags": [*(row.data.get("flags") or ()), *flags]}, row.version)
