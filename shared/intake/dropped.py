"""Files dropped into the incoming folder: taken once each, and every refusal written down."""

from __future__ import annotations

import logging
from pathlib import Path

from shared.errors import ShortlistError
from shared.intake.identity import keyed_hash
from shared.intake.imports import check_pool, run_import, start_import
from shared.models.batch import ImportOptions
from shared.ports import Create, Data, Ports, Update

log = logging.getLogger("shortlist.dropped")


def look_for_files(ports: Ports, incoming: Path, seen: dict[Path, tuple[int, int]], max_bytes: int) -> list[Data]:
    """Take every file of `incoming/csv/POOL/` that has not grown since the last look; return what became of them.

    `seen` carries size and time of change from look to look.
    """
    taken = []
    for path in sorted(incoming.glob("csv/*/*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        status = path.stat()
        now = (status.st_size, status.st_mtime_ns)
        if seen.get(path) == now and (upload := _take(ports, path, incoming, now, max_bytes)):
            taken.append(upload)
        seen[path] = now
    return taken


def _take(ports: Ports, path: Path, incoming: Path, status: tuple[int, int], max_bytes: int) -> Data | None:
    name, generation = f"incoming/{path.relative_to(incoming)}", f"{status[1]}-{status[0]}"
    upload_id = keyed_hash(ports.key_secret, name, generation)
    upload: Data = {"id": upload_id, "name": name, "generation": generation, "state": "RUNNING", "at": ports.now()}
    if ports.store.commit([[Create("uploads", upload_id, upload)]]) != [None]:
        state = ports.store.get("uploads", [upload_id], fields=("state",))[upload_id].data["state"]
        if state != "RUNNING":
            return None  # taken before; a RUNNING one was interrupted and is taken up again
    try:
        with path.open("rb") as stream:
            started = start_import(ports, stream, path.name, check_pool(path.parent.name), ImportOptions(), max_bytes)
        outcome: Data = {"state": run_import(ports, started.id).state, "import_id": started.id}
    except ShortlistError as error:
        if error.again:
            raise
        outcome = {"state": "FAILED", "error": str(error)}
        log.warning("upload %s refused: %s", upload_id, type(error).__name__)
    ports.store.commit([[Update("uploads", upload_id, outcome, None)]])
    return {**upload, **outcome}
