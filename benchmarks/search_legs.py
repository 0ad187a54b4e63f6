"""How fast the two legs of a search are among 100,000 people, each against its floor measured in the same run.

    python -m benchmarks.search_legs [--candidates 100000]

Vectors and terms are synthetic (clusters, and a vocabulary in which few terms are common), from a fixed seed. The home
is kept in the temporary folder and used again while the embedded store's code is the same.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, run_alone
from benchmarks.terminal import ROOT
from shared.adapters.sqlite.store import SqliteStore
from shared.models.collections import COLLECTIONS, DIMENSIONS
from shared.ports import Create, Vector

CANDIDATES: Final = 100_000
CLUSTERS: Final = 2_000
REAL: Final = 512  # dimensions the offline model fills; the rest is zero
QUERIES: Final = 60
TOP: Final = 10
WORDS_TOP: Final = 50
CHUNK: Final = 2_000
SMALL_POOL: Final = 10  # one in so many is in the small pool
VOCABULARY: Final = 8_000

Rows = NDArray[np.int64]


def clustered(count: int, dimensions: int, seed: int) -> Vector:
    """Return (count, 768) float32 unit vectors around random centres, zero from `dimensions` on."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((CLUSTERS, dimensions), dtype=np.float32)
    vectors = np.zeros((count, DIMENSIONS), np.float32)
    vectors[:, :dimensions] = centres[rng.integers(CLUSTERS, size=count)]
    vectors[:, :dimensions] += rng.standard_normal((count, dimensions), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def terms_of(count: int, seed: int) -> list[list[str]]:
    """Return about 40 terms a person: some of their trade, the rest from a long-tailed vocabulary."""
    rng = np.random.default_rng(seed)
    ranks = np.minimum(rng.pareto(0.6, (count, 30)) * 12, VOCABULARY - 1).astype(int)
    trades = rng.integers(CLUSTERS // 10, size=count)
    own = rng.integers(40, size=(count, 16))
    return [
        sorted({f"word{rank}" for rank in some} | {f"trade{trade}.{n}" for n in mine})
        for some, trade, mine in zip(ranks.tolist(), trades.tolist(), own.tolist(), strict=True)
    ]


def asked(terms: Sequence[list[str]]) -> list[list[str]]:
    """Return queries: six terms of one person (all met by somebody), or three each of two people (by nobody)."""
    rng = np.random.default_rng(7)
    people = rng.integers(len(terms), size=(QUERIES, 2)).tolist()
    queries = []
    for n, (one, other) in enumerate(people):
        second = terms[one] if n % 2 else terms[other]
        queries.append([*rng.choice(terms[one], 3, replace=False), *rng.choice(second, 3, replace=False)])
    return [[str(term) for term in dict.fromkeys(query)] for query in queries]


def built_home(count: int) -> Path:
    """Return a home with so many people; made once for the same code."""
    code = hashlib.blake2b(digest_size=6)
    for file in [*sorted((ROOT / "shared" / "adapters").glob("*.py")), Path(__file__)]:
        code.update(file.read_bytes())
    home = Path(tempfile.gettempdir()) / "shortlist-bench" / f"legs-{count}-{code.hexdigest()}"
    if not (home / "built").exists():
        for old in home.parent.glob(f"legs-{count}-*"):
            shutil.rmtree(old)
        fill(home, count)
        (home / "built").touch()
    return home


def fill(home: Path, count: int) -> None:
    """Write everybody, and the floor's own full-text index over the same terms."""
    store, terms = opened(home), terms_of(count, 2)
    embeddings, skills = clustered(count, DIMENSIONS, 1), clustered(count, REAL, 3)
    for start in range(0, count, CHUNK):
        groups = []
        for n in range(start, min(start + CHUNK, count)):
            id, pool = f"{n:07}", "small" if n % SMALL_POOL == 0 else "large"
            person = {"pool": pool, "search_terms": terms[n], "embedding": embeddings[n]}
            groups.append(
                [
                    Create(COLLECTIONS["candidates"], id, person),
                    Create(COLLECTIONS["vectors"], id, {"pool": pool, "skill": skills[n]}),
                ]
            )
        store.commit(groups)
    store.close()
    with sqlite3.connect(home / "floor.db") as db:
        db.execute("CREATE VIRTUAL TABLE floor USING fts5(terms, tokenize=\"unicode61 tokenchars '.'\")")
        db.executemany("INSERT INTO floor VALUES (?)", ((" ".join(some),) for some in terms))
    db.close()


def opened(home: Path) -> SqliteStore:
    """Return the store of a home."""
    return SqliteStore(home / "shortlist.db")


def medians(*kinds: Sequence[Callable[[], object]]) -> list[float]:
    """Return the median milliseconds of each kind of run. Kinds take turns, so that a busy machine slows all alike."""
    turns = list(zip(*kinds, strict=True))
    times: list[list[float]] = [[] for _ in kinds]
    for turn in [*turns[:5], *turns]:  # a few to warm up
        for run, took in zip(turn, times, strict=True):
            began = perf_counter()
            run()
            took.append(1000 * (perf_counter() - began))
    return [median(took[5:]) for took in times]


def vector_figures(store: SqliteStore, count: int, kind: str, field: str, real: int) -> list[Figure]:
    """Return speed against a flat scan, and recall, of one vector field; queries lie near people."""
    vectors = clustered(count, real, 1 if field == "embedding" else 3)
    noise = np.zeros((QUERIES, DIMENSIONS), np.float32)
    noise[:, :real] = np.random.default_rng(5).standard_normal((QUERIES, real), dtype=np.float32) / real**0.5
    queries = vectors[:: count // QUERIES][:QUERIES] + noise[: len(vectors[:: count // QUERIES])]
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    everybody, few = np.arange(count), np.arange(0, count, SMALL_POOL)
    ask = [partial(store.nearest, kind, field, query, [], TOP) for query in queries]
    scan = [partial(flat_scan, vectors, query) for query in queries]
    found = leg_figures(f"vector leg, {real} dimensions, {count:,} people", everybody, ask, scan, True)
    ask = [partial(store.nearest, kind, field, query, [("pool", "==", "small")], TOP) for query in queries]
    scan = [partial(flat_scan, vectors, query, few) for query in queries]
    return found + leg_figures(f"vector leg, {real} dimensions, {len(few):,} of {count:,}", few, ask, scan, False)


Asked = Sequence[Callable[[], list[tuple[str, float]]]]


def leg_figures(name: str, rows: Rows, ask: Asked, scan: Sequence[Callable[[], Rows]], whole: bool) -> list[Figure]:
    """Return speed and recall of answers against flat scans, query by query; targets hold where all are searched (a
    small pool holds few of each cluster, its last neighbours are noise)."""
    true = [{f"{rows[row]:07}" for row in exact()} for exact in scan]
    hits = sum(len(some & {id for id, _ in run()}) for some, run in zip(true, ask, strict=True))
    ours, floor = medians(ask, scan)
    note = "floor: numpy float32 flat scan; synthetic vectors"
    return [
        Figure(f"{name}, p50", ours, "ms", floor, 0.6 if whole else None, "low", note),
        Figure(f"{name}, recall@{TOP}", hits / TOP / len(ask), target=0.99 if whole else None),
    ]


def flat_scan(vectors: Vector, query: Vector, rows: Rows | None = None) -> Rows:
    """Return the places (in `rows`, where given) of the largest products, in no order."""
    return np.argpartition((vectors if rows is None else vectors[rows]) @ query, -TOP)[-TOP:]


def word_figures(store: SqliteStore, home: Path, count: int) -> list[Figure]:
    """Return the speed of the keyword leg against an OR query of SQLite's full-text index ranked by bm25."""
    queries = asked(terms_of(count, 2))
    db = sqlite3.connect(home / "floor.db")
    matches = [" OR ".join(f'"{term}"' for term in query) for query in queries]
    asks = [partial(store.search_words, query, [("pool", "==", "large")], WORDS_TOP) for query in queries]
    ours, floor = medians(asks, [partial(ranked, db, match) for match in matches])
    db.close()
    note = f"floor: FTS5 OR, bm25, top {WORDS_TOP}; synthetic terms, half of the queries met by nobody whole"
    return [Figure(f"keyword leg, {count:,} people, p50", ours, "ms", floor, 0.5, "low", note)]


def ranked(db: sqlite3.Connection, match: str) -> list[tuple[int]]:
    """Return the floor's best rows."""
    sql = f"SELECT rowid FROM floor WHERE floor MATCH ? ORDER BY rank LIMIT {WORDS_TOP}"
    return db.execute(sql, (match,)).fetchall()


def open_figure(home: Path, count: int) -> Figure:
    """Return the time from nothing to the first answer of the vector leg."""
    query = clustered(1, DIMENSIONS, 9)[0]
    times = []
    for _ in range(5):
        began = perf_counter()
        store = opened(home)
        store.nearest("candidates", "embedding", query, (), TOP)
        times.append(perf_counter() - began)
        store.close()
    return Figure(f"open {count:,} vectors and answer once", median(times), "s", target=0.15, better="low")


def figures(candidates: int = CANDIDATES) -> list[Figure]:
    """Return the figures of both legs."""
    home = built_home(candidates)
    found = [open_figure(home, candidates)]
    store = opened(home)
    found += vector_figures(store, candidates, "candidates", "embedding", DIMENSIONS)
    found += vector_figures(store, candidates, "vectors", "skill", REAL)
    found += word_figures(store, home, candidates)
    store.close()
    return found


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
