"""Files dropped into the incoming folder of one machine: looked for, and imported where they lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from shared.access.pools import check_pool
from shared.imports.start import run_import, start_import
from shared.imports.uploads import Dropped, check_type, keep_cv, take_once
from shared.models.batch import ImportOptions
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.imports import UploadDocument


def look_for_files(
    ports: Ports, incoming: Path, seen: dict[Path, tuple[int, int]], limits: Mapping[str, int]
) -> list[UploadDocument]:
    """Take every file of `incoming/KIND/POOL/` that has not grown since the last look; return what became of them.

    `seen` carries size and time of change from look to look, `limits` says the most bytes by kind. A folder makes its
    pool: it is the owner's own machine.
    """
    taken = []
    for path in sorted(path for kind in TAKERS for path in incoming.glob(f"{kind}/*/*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        status = path.stat()
        now = (status.st_size, status.st_mtime_ns)
        if seen.get(path) == now and (upload := _take(ports, path, incoming, now, limits)):
            taken.append(upload)
        seen[path] = now
    return taken


def _take(
    ports: Ports, path: Path, incoming: Path, status: tuple[int, int], limits: Mapping[str, int]
) -> UploadDocument | None:
    dropped = Dropped(f"incoming/{path.relative_to(incoming)}", f"{status[1]}-{status[0]}", status[0])
    return take_once(
        ports, dropped, lambda _upload_id: TAKERS[dropped.kind](ports, path, dropped, limits[dropped.kind])
    )


def _take_export(ports: Ports, path: Path, dropped: Dropped, max_bytes: int) -> UploadDocument:
    check_type(path.name)
    with path.open("rb") as stream:
        started = start_import(ports, stream, path.name, check_pool(dropped.pool), ImportOptions(), max_bytes)
    return {"state": run_import(ports, started.id).state, "import_id": started.id}


def _take_cv(ports: Ports, path: Path, dropped: Dropped, max_bytes: int) -> UploadDocument:
    check_pool(dropped.pool)
    with path.open("rb") as stream:
        return keep_cv(ports, dropped, stream.read(max_bytes + 1), max_bytes)


# What is done with the files of each folder below the incoming one.
TAKERS: Final[dict[str, Callable[[Ports, Path, Dropped, int], UploadDocument]]] = {"csv": _take_export, "cv": _take_cv}
