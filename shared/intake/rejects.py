"""Rows an import could not take, as the CSV people mend their export by."""

from __future__ import annotations

import csv
import io
from typing import Any

from shared.ports import Ports

_PAGE = 1000


def rejects_csv(ports: Ports, import_id: str) -> str:
    """Return row, line and reason of every rejected row, in the order of the file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["row", "line", "reason"])
    after: tuple[Any, str] | None = None
    while rows := ports.store.query("rejects", [("import_id", "==", import_id)], limit=_PAGE, after=after):
        writer.writerows([row.data["row"], row.data.get("line"), row.data["reason"]] for row in rows)
        after = (None, rows[-1].id)
    return text.getvalue()
