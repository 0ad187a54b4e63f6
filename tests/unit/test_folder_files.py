"""What only a folder can get wrong; the rest is in tests/contracts/test_files.py."""

from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path

import pytest

from shared.adapters.local.folder import FolderFiles
from shared.errors import InvalidRequest, Retryable, StorageFull


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


def test_a_write_that_breaks_off_leaves_no_scraps_in_the_folder(tmp_path: Path, files: FolderFiles) -> None:
    class BreaksOff(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError("gone")

    with pytest.raises(Retryable):
        files.write("a.csv", BreaksOff())
    assert list((tmp_path / "files").rglob("*")) == []


def test_a_full_disk_says_so(files: FolderFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull, match=r"a\.csv: the disk is full"):
        files.write("a.csv", b"new")
    assert not files.exists("a.csv")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, files: FolderFiles) -> None:
    files.write("a", b"")
    (tmp_path / "outside").mkdir()
    (tmp_path / "files" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(InvalidRequest):
        files.write("link/b", b"")
