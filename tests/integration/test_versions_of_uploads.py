"""A file in a bucket may be gone or replaced when its event is read: the version told of is taken, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from doors import call
from parts import process
from parts.emulators import storage_server
from parts.storage import bucket

from shared.adapters.gcs.files import GcsFiles
from shared.config import GoogleSettings, Settings
from shared.imports.uploads import list_uploads
from shared.models.batch import Upload
from shared.ports import Ports

pytestmark = pytest.mark.integration

NAME = "incoming/cv/default/ann.txt"


@pytest.fixture
def files() -> Iterator[GcsFiles]:
    with storage_server() as address:
        made = bucket(f"http://{address}", "uploads")
        yield made
        made.close()


@pytest.fixture
def tell(files: GcsFiles, ports: Ports, tmp_path: Path) -> Iterator[Any]:
    """Tell of a version of the file; return its upload."""
    process.use(
        Settings(home=tmp_path, files="gcs", google=GoogleSettings(bucket="uploads")), replace(ports, files=files)
    )

    def told(generation: int) -> Upload:
        data = {"bucket": "uploads", "name": NAME, "generation": str(generation), "size": "9"}
        headers = {"ce_id": "1", "ce_source": "//storage", "ce_specversion": "1.0", "Content-Type": "application/json",
                   "ce_type": "google.cloud.storage.object.v1.finalized"}  # fmt: skip
        assert call("on_upload", data, headers).status_code == 200
        return next(each for each in list_uploads(ports.store, 10) if each.generation == str(generation))

    yield told
    process.use(Settings(home=tmp_path))


def generation(files: GcsFiles) -> int:
    return int(files._bucket.get_blob(NAME).generation)


def test_a_file_replaced_before_it_was_read_is_a_recorded_failure_and_the_new_one_is_taken(
    files: GcsFiles, tell: Any, ports: Ports
) -> None:
    files.write(NAME, b"Ann Lee the first")
    first = generation(files)
    files.write(NAME, b"Ann Lee the second")
    old, new = tell(first), tell(generation(files))
    assert (old.state, new.state) == ("FAILED", "SUCCESS")
    assert "ann.txt: deleted or replaced before it was read" in str(old.error)
    assert ports.store.count("documents") == 1


def test_a_file_deleted_before_it_was_read_is_a_recorded_failure(files: GcsFiles, tell: Any) -> None:
    files.write(NAME, b"Ann Lee")
    first = generation(files)
    files.delete(NAME)
    gone = tell(first)
    assert gone.state == "FAILED" and "deleted or replaced before it was read" in str(gone.error)
