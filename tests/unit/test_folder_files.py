"""The `Files` port over a folder."""

from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path

import pytest

from shared.adapters.folder import FolderFiles
from shared.errors import NoSpace, NotFound, Retryable, WrongCall


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


def test_an_empty_folder_answers(files: FolderFiles) -> None:
    assert not files.exists("imports/1/people.csv")
    assert list(files.list("imports/")) == []
    files.delete("imports/1/people.csv")
    with pytest.raises(NotFound, match=r"imports/1/people\.csv"):
        files.open("imports/1/people.csv")


def test_what_was_written_is_read_listed_and_deleted(files: FolderFiles) -> None:
    assert files.write("imports/1/people.csv", b"name\n") == 5
    assert files.write("imports/2/a b ü.csv", BytesIO(b"x" * 3_000_000)) == 3_000_000
    with files.open("imports/1/people.csv") as file:
        assert file.read() == b"name\n"
    assert list(files.list("imports/")) == ["imports/1/people.csv", "imports/2/a b ü.csv"]
    assert list(files.list("imports/1/peo")) == ["imports/1/people.csv"]
    assert list(files.list("")) == ["imports/1/people.csv", "imports/2/a b ü.csv"]
    files.delete("imports/1/people.csv")
    assert list(files.list("imports/1")) == []


class BreaksOff(BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError("gone")
        return super().read(10)


def test_a_write_that_breaks_off_leaves_the_old_file_and_no_scraps(tmp_path: Path, files: FolderFiles) -> None:
    files.write("a.csv", b"old")
    with pytest.raises(Retryable):
        files.write("a.csv", BreaksOff(b"new" * 100))
    with files.open("a.csv") as file:
        assert file.read() == b"old"
    assert [path.name for path in (tmp_path / "files").rglob("*")] == ["a.csv"]


def test_a_full_disk_says_so(files: FolderFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoSpace, match=r"a\.csv: the disk is full"):
        files.write("a.csv", b"new")
    assert not files.exists("a.csv")


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../secret", "", "a\0b"])
def test_a_path_cannot_leave_the_folder(files: FolderFiles, path: str) -> None:
    with pytest.raises(WrongCall):
        files.open(path)
    with pytest.raises(WrongCall):
        files.write(path, b"")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, files: FolderFiles) -> None:
    files.write("a", b"")
    (tmp_path / "outside").mkdir()
    (tmp_path / "files" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(WrongCall):
        files.write("link/b", b"")
