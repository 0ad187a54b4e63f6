"""What every `Files` promises. A new backend adds one line to FILES."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from parts.emulators import storage_server
from parts.storage import bucket

from shared.adapters.gcs.files import GcsFiles
from shared.adapters.local.folder import FolderFiles
from shared.errors import InvalidRequest, NotFound, Retryable
from shared.ports import Files

FILES: dict[str, Callable[[Path, str], Files]] = {
    "folder": lambda folder, _: FolderFiles(folder / "files"),
    "gcs": lambda _, server: bucket(server),
}
OUTSIDE = {"gcs"}  # what needs the server
BIG = secrets.token_bytes(9_500_000)  # more than two requests in either direction


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with storage_server() as address:
        yield f"http://{address}"


@pytest.fixture(params=[pytest.param(name, marks=[pytest.mark.integration] * (name in OUTSIDE)) for name in FILES])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Files]:
    server = request.getfixturevalue("server") if request.param in OUTSIDE else ""
    made = FILES[request.param](tmp_path, server)
    yield made
    if isinstance(made, GcsFiles):
        made.close()


class Dribbles(io.RawIOBase):
    """A source that gives less than it is asked for, as sockets and decoders do, and cannot seek."""

    def __init__(self, content: bytes) -> None:
        self._left = BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._left.read(min(len(buffer), 700_001))
        buffer[: len(data)] = data
        return len(data)


class BreaksOff(BytesIO):
    """A source that is gone before its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError("gone")
        return super().read(10)


def test_where_nothing_is_nothing_is_found(files: Files) -> None:
    assert not files.exists("imports/1/people.csv")
    assert list(files.list("imports/")) == []
    files.delete("imports/1/people.csv")
    with pytest.raises(NotFound, match=r"imports/1/people\.csv"):
        files.open("imports/1/people.csv")


def test_what_was_written_is_read_listed_and_deleted(files: Files) -> None:
    assert files.write("imports/1/people.csv", b"name\n") == 5
    assert files.write("imports/2/a b ü.csv", BytesIO(b"x" * 3_000_000)) == 3_000_000
    with files.open("imports/1/people.csv") as file:
        assert file.read() == b"name\n"
    assert files.exists("imports/2/a b ü.csv")
    assert not files.exists("imports/2")
    assert list(files.list("imports/")) == ["imports/1/people.csv", "imports/2/a b ü.csv"]
    assert list(files.list("imports/1/peo")) == ["imports/1/people.csv"]
    assert list(files.list("")) == ["imports/1/people.csv", "imports/2/a b ü.csv"]
    files.delete("imports/1/people.csv")
    assert list(files.list("imports/1")) == []


def test_a_large_file_comes_back_as_it_was_sent_from_any_kind_of_stream(files: Files) -> None:
    sources = [BytesIO(BIG), cast(BinaryIO, Dribbles(BIG)), io.BufferedReader(Dribbles(BIG), 1 << 20), BIG]
    for source in sources:
        assert files.write("big", source) == len(BIG)  # type: ignore[arg-type]
        with files.open("big") as file:
            assert file.read() == BIG


def test_a_stream_is_written_from_where_it_stands(files: Files) -> None:
    source = BytesIO(b"read already, the rest")
    source.seek(14)
    assert files.write("rest", source) == 8
    with files.open("rest") as file:
        assert file.read() == b"the rest"


@pytest.mark.parametrize("source", [b"", BytesIO()])
def test_an_empty_file_is_a_file(files: Files, source: BinaryIO | bytes) -> None:
    assert files.write("empty", source) == 0
    assert files.exists("empty")
    with files.open("empty") as file:
        assert (file.read(), file.seek(0, io.SEEK_END), file.read(10)) == (b"", 0, b"")


def test_a_file_is_read_from_any_place_in_any_portions(files: Files) -> None:
    files.write("big", BytesIO(BIG))
    with files.open("big") as file:
        assert file.seek(0, io.SEEK_END) == file.tell() == len(BIG)
        assert file.read(1) == b""
        file.seek(5_000_000)
        assert file.read(3) == BIG[5_000_000:5_000_003]
        assert b"".join(iter(lambda: file.read(333_333), b"")) == BIG[5_000_003:]
        file.seek(7)
        assert file.read(6_000_000) == BIG[7:6_000_007]
        assert file.readline() == BIG[6_000_007 : BIG.index(b"\n", 6_000_007) + 1]
        file.seek(len(BIG) - 2)
        assert file.read(100) == BIG[-2:]
        file.seek(10, io.SEEK_END)
        assert file.read() == b""


def test_the_last_write_wins_whole(files: Files) -> None:
    files.write("a.csv", b"a long first version")
    files.write("a.csv", BytesIO(b"short"))
    with files.open("a.csv") as file:
        assert file.read() == b"short"


def test_a_write_that_breaks_off_leaves_the_old_file_and_no_scraps(files: Files) -> None:
    files.write("a.csv", b"old")
    with pytest.raises(Retryable, match=r"a\.csv"):
        files.write("a.csv", BreaksOff(b"new" * 100))
    with pytest.raises(Retryable):
        files.write("b.csv", BreaksOff(b"new" * 100))
    with files.open("a.csv") as file:
        assert file.read() == b"old"
    assert list(files.list("")) == ["a.csv"]


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../secret", "", "a\0b"])
def test_a_path_stays_inside(files: Files, path: str) -> None:
    with pytest.raises(InvalidRequest):
        files.open(path)
    with pytest.raises(InvalidRequest):
        files.write(path, b"")
