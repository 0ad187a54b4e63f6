"""CV files at a terminal: taken in, read and admitted, each with its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from shared.cv_files.admit import admit_by_hand
from shared.cv_files.archives import files_of_zip, is_zip_of_files
from shared.cv_files.receive import ShownItem, batch_status, receive_many
from shared.errors import InvalidRequest, UnreadableFile
from shared.ports import Data, Ports
from terminal.command import open_file
from terminal.runs import Run


def take_cvs(ports: Ports, run: Run, paths: Sequence[Path], pool: str, max_bytes: int, admit: bool = False) -> Data:
    """Take the files, and the files of the folders, in; return what became of each. Raises `InvalidRequest`.

    `admit`: those that do not look like a CV, too.
    """
    files = list(_files(paths))
    if not files:
        raise InvalidRequest(f"no files in {', '.join(map(str, paths))}")
    sources: list[str] = []
    batch = receive_many(ports, _contents(files, max_bytes, sources), pool, max_bytes)
    ids = {item["document_id"] for item in batch_status(ports, batch)["items"] if item["document_id"]}
    run.documents(ports, sorted(ids))
    if admit:
        run.documents(ports, admit_by_hand(ports, sorted(ids)))
    status = batch_status(ports, batch)
    outcomes = [_outcome(source, item) for source, item in zip(sources, status["items"], strict=True)]
    return {
        "batch_id": status["batch_id"],
        "status": status["status"],
        "total_files": status["total_files"],
        "processed_files": status["processed_files"],
        "failed_files": status["failed_files"],
        "files": outcomes,
    }


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files as they are, and a folder's own files, not those of its subfolders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        elif path.is_file():
            yield path
        else:
            raise InvalidRequest(f"{path}: no such file or folder")


def _contents(
    paths: Sequence[Path], max_bytes: int, sources: list[str]
) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """Yield name and content of the files and of those in archives; where each is from is added to `sources`."""
    for path in paths:
        with open_file(path) as file:
            content = file.read()
        if not is_zip_of_files(content):
            sources.append(str(path))
            yield path.name, content
            continue
        for name, part in files_of_zip(BytesIO(content), path.name, max_bytes):
            sources.append(f"{path}/{name}")
            yield name, part


def _outcome(source: str, item: ShownItem) -> Data:
    return {
        "file": source,
        "status": item["status"],
        "document_id": item["document_id"],
        "candidate_id": item["candidate_id"],
        "lines": item["lines"],
        "lines_used": item["lines_used"],
        "warnings": item["warnings"],
        "error": item["error_message"],
    }
