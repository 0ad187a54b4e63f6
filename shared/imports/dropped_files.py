"""Files dropped into the incoming folder of one machine: looked for, and imported where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from shared.imports.start import run_import, start_import
from shared.imports.uploads import DroppedFile, check_type, keep_cv, take_once
from shared.models.batch import ImportOptions
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.imports import UploadDocument

FileStatus = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


def take_dropped_files(
    ports: Ports, incoming: Path, last_status: dict[Path, FileStatus], limits: Mapping[str, int]
) -> list[UploadDocument]:
    """Take every file of `incoming/KIND/POOL/` that has not changed since the last look; return their uploads.

    `last_status` is kept from look to look, `limits` says the most bytes by kind. A file in the folder of a
    pool that does not exist stays where it is and is listed as rejected.
    """
    uploads = []
    for path in _files(incoming):
        status = path.stat()
        current = (status.st_size, status.st_mtime_ns)
        if last_status.get(path) == current:
            upload = _take(ports, path, incoming, current, limits)
            if upload:
                uploads.append(upload)
        last_status[path] = current
    return uploads


def _files(incoming: Path) -> Iterator[Path]:
    paths = [path for kind in HANDLERS for path in incoming.glob(f"{kind}/*/*")]
    for path in sorted(paths):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _take(
    ports: Ports, path: Path, incoming: Path, status: FileStatus, limits: Mapping[str, int]
) -> UploadDocument | None:
    size, changed = status
    dropped = DroppedFile(f"incoming/{path.relative_to(incoming)}", f"{changed}-{size}", size)

    def take(_upload_id: str) -> UploadDocument:
        return HANDLERS[dropped.kind](ports, path, dropped, limits[dropped.kind])

    return take_once(ports, dropped, take)


def _take_export(ports: Ports, path: Path, dropped: DroppedFile, max_bytes: int) -> UploadDocument:
    check_type(path.name)
    with path.open("rb") as stream:
        started = start_import(ports, stream, path.name, dropped.pool, ImportOptions(), max_bytes)
    return {"state": cast(Any, run_import(ports, started.id).state), "import_id": started.id}


def _take_cv(ports: Ports, path: Path, dropped: DroppedFile, max_bytes: int) -> UploadDocument:
    with path.open("rb") as stream:
        return keep_cv(ports, dropped, stream.read(max_bytes + 1), max_bytes)


# What is done with the files of each folder below the incoming one.
HANDLERS: Final[dict[str, Callable[[Ports, Path, DroppedFile, int], UploadDocument]]] = {
    "csv": _take_export,
    "cv": _take_cv,
}
