"""Write `infra/firestore.indexes.json` anew from the kinds of query in `query_shapes.py`.

PYTHONPATH=tests .venv/bin/python -m parts.write_indexes
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from parts.indexes import derived
from parts.query_shapes import SHAPES
from shared.models.collections import COLLECTIONS

FILE: Final = Path(__file__).resolve().parents[2] / "infra" / "firestore.indexes.json"


def contents() -> str:
    """Return what the file has to hold."""
    return json.dumps(derived(SHAPES, COLLECTIONS), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(contents())
