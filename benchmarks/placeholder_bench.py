"""Are false vectors found, is no genuine one taken for one, and how fast is that seen?

python -m benchmarks.placeholder_bench [--texts 10000]

Genuine are the offline encoder's vectors of texts as people of a generated export are embedded by: titles, employers,
skills, schools in many languages, long and short. Random unit vectors stand for an encoder that is not here.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.terminal import Terminal
from shared import wiring
from shared.config import Settings
from shared.models.collections import CANDIDATES
from shared.ports import Ports
from shared.stages.embedding_text import embedding_texts
from shared.vectors.placeholders import SharedVectors, kinds_of

TEXTS: Final = 10_000
VECTORS: Final = 100_000
PAGE: Final = 1_000


def figures(texts: int = TEXTS) -> list[Figure]:
    """Look at genuine vectors, and for planted ones among random ones."""
    return [*_genuine(texts), *_planted()]


def _genuine(count: int) -> list[Figure]:
    """Encode different texts and look at what comes."""
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        home = Path(place) / "home"
        Terminal(home).text("import", str(generated(count)))  # a person has up to four texts
        ports = wiring.connect(Settings(home=home), wiring.deliver_nothing)
        texts = _texts(ports, count)
        ports.store.close()
    began = time.process_time()
    vectors = [reply.value for reply in ports.model.embed(texts, "document")]
    took = time.process_time() - began
    alarms = _alarms(texts, vectors)
    note = f"{took:.1f} s of CPU to encode them"
    return [
        Figure("different texts encoded offline", len(texts), target=count, better="equal", note=note),
        Figure("false alarms on their vectors", len(alarms), target=0, better="equal", note="; ".join(alarms[:3])),
    ]


def _texts(ports: Ports, count: int) -> list[str]:
    texts: dict[str, None] = {}
    for row in ports.store.query(CANDIDATES, fields=("person", "profile", "applications")):
        texts |= dict.fromkeys(embedding_texts(row.data).values())
        if len(texts) >= count:
            break
    return list(texts)[:count]


def _alarms(texts: Sequence[str], vectors: Sequence[Any]) -> list[str]:
    shared = SharedVectors()
    shared.add([str(place) for place in range(len(texts))], vectors)
    alone = [text for text, kind in zip(texts, kinds_of(vectors), strict=True) if kind]
    return alone + [texts[int(id_)] for id_ in shared.ids(lambda ids: {id_: texts[int(id_)] for id_ in ids})]


def _planted() -> list[Figure]:
    """False vectors among many random ones, a page at a time as from a store."""
    rng, shared = np.random.default_rng(5), SharedVectors()
    took, alarms, found = 0.0, 0, 0
    for start in range(0, VECTORS, PAGE):
        page = rng.standard_normal((PAGE, 768)).astype(np.float32)
        page /= np.linalg.norm(page, axis=1, keepdims=True)
        page[0] = 0.414 + 0.001 * np.arange(768)
        began = time.process_time()
        kinds = kinds_of(list(page))
        shared.add([str(start + n) for n in range(1, PAGE)], list(page[1:]))
        took += time.process_time() - began
        found += kinds[0] == "sequential"
        alarms += sum(kind is not None for kind in kinds[1:])
    alarms += len(shared.ids(lambda ids: {id_: id_ for id_ in ids}))
    return [
        Figure(f"{VECTORS:,} vectors looked at", took, "s", target=20, better="low", note="CPU time, two cores shared"),
        Figure("planted placeholders found", found, target=VECTORS // PAGE, better="equal"),
        Figure("false alarms on random vectors", alarms, target=0, better="equal"),
    ]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--texts", TEXTS))
