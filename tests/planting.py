"""Placeholders as other systems left them, put into the embedded store's own files behind its back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np


def plant(home: Path, id_: str, vector: Any, collection: str = "candidates", field: str = "embedding") -> None:
    """Overwrite the stored vector of a record with whatever is given: (768,) numbers."""
    name = f"{collection}.{field}"
    with sqlite3.connect(home / "shortlist.db") as db:
        ((slot,),) = db.execute(f'SELECT slot FROM "slots {name}" WHERE id = ?', [id_]).fetchall()
    db.close()
    row = np.asarray(vector, np.float32)
    with (home / "vectors" / f"{name}.f32").open("r+b") as file:
        file.seek(slot * row.nbytes)
        file.write(row.tobytes())
