"""Files dropped into the incoming folder of one machine: looked for, and imported where they lie."""

from __future__ import annotations

from pathlib import Path

from shared.intake.imports import check_pool, run_import, start_import
from shared.intake.uploads import Dropped, check_type, take_once
from shared.models.batch import ImportOptions
from shared.ports import Data, Ports


def look_for_files(ports: Ports, incoming: Path, seen: dict[Path, tuple[int, int]], max_bytes: int) -> list[Data]:
    """Take every file of `incoming/csv/POOL/` that has not grown since the last look; return what became of them.

    `seen` carries size and time of change from look to look. A folder makes its pool: it is the owner's own machine.
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
    def take(_upload_id: str) -> Data:
        check_type(path.name)
        with path.open("rb") as stream:
            started = start_import(ports, stream, path.name, check_pool(path.parent.name), ImportOptions(), max_bytes)
        return {"state": run_import(ports, started.id).state, "import_id": started.id}

    dropped = Dropped(f"incoming/{path.relative_to(incoming)}", f"{status[1]}-{status[0]}", status[0])
    return take_once(ports, dropped, take)
