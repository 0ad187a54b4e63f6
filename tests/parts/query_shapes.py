"""Every kind of query the tests send to Firestore: `infra/firestore.indexes.json` is worked out from these."""

from __future__ import annotations

from typing import Final

from parts.indexes import Shape

SHAPES: Final = frozenset[Shape]()
