"""Rows an import could not take, as the CSV people mend their export by."""

from __future__ import annotations

import csv
import io

from shared.models.collections import REJECTS
from shared.paging import iter_all
from shared.ports import Ports


def rejects_csv(ports: Ports, import_id: str) -> str:
    """Return row, line and reason of every rejected row, in the order of the file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["row", "line", "reason"])
    for row in iter_all(ports.store, REJECTS, [("import_id", "==", import_id)]):
        reject = row.data
        writer.writerow([reject["row"], reject.get("line"), reject["reason"]])
    return text.getvalue()


def write_rejects(ports: Ports, import_id: str) -> str:
    """Keep that CSV beside the import's file; return its path."""
    path = f"imports/{import_id}/rejects.csv"
    ports.files.write(path, rejects_csv(ports, import_id).encode())
    return path
