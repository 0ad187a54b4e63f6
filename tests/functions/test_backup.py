"""A home can be backed up while others work on it, and restored; whatever is killed, there is a whole one or none."""

from __future__ import annotations

import io
import json
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from parts.terminal import ROOT, ask_here, shortlist, typed

from shared.adapters.sqlite.store import SqliteStore
from shared.errors import InvalidRequest, ShortlistError, UnreadableFile
from shared.models.collections import COLLECTIONS, SCHEMA_VERSION
from shared.operations.backup import restore
from shared.operations.encryption import DecryptingReader, EncryptingWriter

PASSPHRASE = "correct horse"
# Runs a command of the terminal and kills itself by the N-th call of a function: MODULE CLASS METHOD N WORDS...
KILLED = """
import importlib, os, signal, sys
module, owner, method, count = sys.argv[1:5]
target = getattr(importlib.import_module(module), owner)
original, calls = getattr(target, method), []
def killing(*arguments):
    calls.append(1)
    if len(calls) == int(count):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments)
setattr(target, method, killing)
from cli import main
main(sys.argv[5:])
"""


def killed(module: str, owner: str, method: str, count: int, *words: str | Path) -> None:
    command = [sys.executable, "-c", KILLED, module, owner, method, str(count), *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("operations") / "home"
    for words in (["import", "samples/candidates.csv"], ["run"]):
        assert shortlist(home, *words).returncode == 0
    return home


@pytest.fixture
def archive(home: Path, tmp_path: Path) -> Path:
    target = tmp_path / "home.backup"
    assert typed(home, "backup", target).returncode == 0
    return target


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


def documents(home: Path) -> dict[str, dict[str, Any]]:
    store = SqliteStore(home / "shortlist.db")
    try:
        return {kind: {row.id: row.data for row in store.query(kind)} for kind in COLLECTIONS}
    finally:
        store.close()


def vectors(home: Path) -> dict[str, np.ndarray[Any, Any]]:
    store = SqliteStore(home / "shortlist.db")
    try:
        rows = store.query("candidates", fields=("embedding",))
        return {row.id: row.data["embedding"] for row in rows if "embedding" in row.data}
    finally:
        store.close()


def test_a_restored_home_has_every_document_vector_and_file(home: Path, archive: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    done = typed(restored, "restore", archive)
    assert done.returncode == 0, done.stderr
    assert documents(restored) == documents(home)
    before, after = vectors(home), vectors(restored)
    assert set(after) == set(before) and len(after) > 90
    assert all(np.array_equal(before[id_], after[id_]) for id_ in before)
    files = {path.relative_to(home) for path in (home / "files").rglob("*") if path.is_file()}
    assert files and all((restored / path).read_bytes() == (home / path).read_bytes() for path in files)


def test_an_import_into_a_restored_home_knows_everybody(archive: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    typed(restored, "restore", archive)
    before = documents(restored)
    rows = tmp_path / "rows.csv"
    rows.write_bytes((ROOT / "samples" / "candidates.csv").read_bytes() + b"\n")  # another file, with the same rows
    done = typed(restored, "import", rows)
    assert done.returncode == 0, done.stderr
    after = documents(restored)
    assert len(after["imports"]) == 1 + len(before["imports"])
    assert set(after["candidates"]) == set(before["candidates"]) and set(after["keys"]) == set(before["keys"])


def test_a_backup_is_for_its_owner_alone_and_says_that_it_is_not_encrypted(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "home.backup"
    done = typed(home, "backup", target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert "not encrypted" in done.stderr
    assert not (home / ".backup").exists()


def test_a_backup_never_replaces_a_file(home: Path, archive: Path) -> None:
    before = archive.read_bytes()
    done = typed(home, "backup", archive)
    assert (done.returncode, archive.read_bytes()) == (2, before)
    assert "exists" in done.stderr


def test_an_encrypted_backup_shows_nobody_and_opens_with_its_passphrase_alone(
    home: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    target, restored = tmp_path / "home.backup", tmp_path / "restored"
    done = typed(home, "backup", target, "--passphrase-file", passphrase_file)
    assert done.returncode == 0 and "not encrypted" not in done.stderr
    content = target.read_bytes()
    assert b"Kestrelwand" not in content and (home / "key.secret").read_bytes() not in content
    assert typed(restored, "restore", target).returncode == 2
    wrong = tmp_path / "wrong"
    wrong.write_text("another\n")
    assert typed(restored, "restore", target, "--passphrase-file", wrong).returncode == 2
    assert not restored.exists()
    assert typed(restored, "restore", target, "--passphrase-file", passphrase_file).returncode == 0
    assert documents(restored) == documents(home)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_killed_backup_leaves_no_file_of_that_name_and_the_next_one_succeeds(
    home: Path, tmp_path: Path, count: int
) -> None:
    target = tmp_path / "home.backup"
    before = documents(home)
    killed("shared.operations.archive", "ArchiveWriter", "add", count, "--home", home, "backup", target)
    assert not target.exists()
    assert documents(home) == before
    assert typed(home, "backup", target).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home.backup"]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_killed_restore_leaves_no_home_and_the_next_one_succeeds(
    home: Path, archive: Path, tmp_path: Path, count: int
) -> None:
    restored = tmp_path / "restored"
    killed("shared.operations.archive", "ArchiveReader", "_write", count, "--home", restored, "restore", archive)
    assert not restored.exists()
    assert typed(restored, "restore", archive).returncode == 0
    assert documents(restored) == documents(home)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home.backup", "restored"]


def test_a_home_that_holds_anything_is_not_restored_over(home: Path, archive: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    restored.mkdir()
    (restored / "notes.txt").write_text("mine")
    done = typed(restored, "restore", archive)
    assert done.returncode == 2 and "holds something already" in done.stderr
    assert [path.name for path in restored.iterdir()] == ["notes.txt"]


def test_files_that_are_gone_are_listed_when_backing_up_and_when_restoring(archive: Path, tmp_path: Path) -> None:
    restored, again, target = tmp_path / "restored", tmp_path / "again", tmp_path / "second.backup"
    typed(restored, "restore", archive)
    (gone,) = (path for path in (restored / "files").rglob("*") if path.is_file())
    gone.unlink()
    name = gone.relative_to(restored).as_posix()
    assert ask_here(restored, "backup", target)["missing"] == [name]
    assert ask_here(again, "restore", target)["missing"] == [name]


def test_what_is_written_meanwhile_is_in_a_backup_wholly_or_not_at_all(home: Path, tmp_path: Path) -> None:
    """Another process imports and embeds the whole time; every backup made meanwhile is one moment of it."""
    busy = tmp_path / "busy"
    commands = [["import", "samples/candidates.csv"], ["run"]]
    words = [[sys.executable, "-m", "cli", "--home", str(busy), *command] for command in commands]
    assert subprocess.run(words[0], cwd=ROOT, capture_output=True, check=False).returncode == 0
    with subprocess.Popen(words[1], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        number = 0
        while running.poll() is None:
            target, restored = tmp_path / f"{number}.backup", tmp_path / f"{number}"
            assert typed(busy, "backup", target).returncode == 0
            assert typed(restored, "restore", target).returncode == 0
            check_whole(restored)
            number += 1
    assert number > 0


def check_whole(home: Path) -> None:
    """Every person that was embedded has the vector of their own text; the database is sound."""
    with sqlite3.connect(home / "shortlist.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = vectors(home)
    for id_, data in documents(home)["candidates"].items():
        if data.get("stages", {}).get("embed", {}).get("state") == "done":
            assert np.linalg.norm(found[id_]) == pytest.approx(1.0, abs=1e-3)


def changed_header(archive: Path, target: Path, **fields: Any) -> None:
    """Write the archive anew with another header."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as changed:
        for member in source:
            file = source.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name == "header.json":
                content = json.dumps({**json.loads(content), **fields}).encode()
                member.size = len(content)
            changed.addfile(member, io.BytesIO(content))


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_written(archive: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.backup"
    changed_header(archive, newer, schema_version=SCHEMA_VERSION + 1)
    done = typed(tmp_path / "restored", "restore", newer)
    assert done.returncode == 1 and "newer Shortlist" in done.stderr
    assert not (tmp_path / "restored").exists()


def test_a_backup_whose_secret_is_of_another_home_is_refused(archive: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.backup"
    changed_header(archive, foreign, secret_fingerprint="0" * 16)
    done = typed(tmp_path / "restored", "restore", foreign)
    assert done.returncode == 2 and "another home" in done.stderr
    assert not (tmp_path / "restored").exists()


def open_nothing(folder: Path) -> SqliteStore:
    return SqliteStore(folder / "shortlist.db")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.99])
def test_a_backup_that_was_cut_off_is_refused(archive: Path, tmp_path: Path, share: float) -> None:
    cut = tmp_path / "cut.backup"
    content = archive.read_bytes()
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        restore(cut, tmp_path / "restored", open_nothing, None)
    assert not (tmp_path / "restored").exists()


def test_a_backup_with_a_changed_byte_is_refused(archive: Path, tmp_path: Path) -> None:
    changed = bytearray(archive.read_bytes())
    changed[len(changed) // 2] ^= 1
    archive.write_bytes(changed)
    with pytest.raises(UnreadableFile):
        restore(archive, tmp_path / "restored", open_nothing, None)
    assert not (tmp_path / "restored").exists()


def hostile(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[tarfile.TarFile], None]:
    def add(archive: tarfile.TarFile) -> None:
        member = tarfile.TarInfo(name)
        member.type = kind
        member.linkname = "/etc/passwd"
        archive.addfile(member)

    return add


@pytest.mark.parametrize(
    "add",
    [
        hostile("../outside"),
        hostile("/tmp/outside"),
        hostile("files/../../outside"),
        hostile("key.secret", tarfile.SYMTYPE),
        hostile("key.secret", tarfile.LNKTYPE),
        hostile("files/pipe", tarfile.FIFOTYPE),
    ],
)
def test_nothing_is_written_outside_of_the_home_whatever_an_archive_names(
    tmp_path: Path, add: Callable[[tarfile.TarFile], None]
) -> None:
    target = tmp_path / "hostile.backup"
    header = {"format": 1, "schema_version": 1, "secret_fingerprint": "", "created_at": ""}
    content = json.dumps(header).encode()
    with tarfile.open(target, "w") as archive:
        member = tarfile.TarInfo("header.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        add(archive)
    with pytest.raises(UnreadableFile):
        restore(target, tmp_path / "restored", open_nothing, None)
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.backup"]


@pytest.mark.parametrize("content", [b"", b"no backup at all", b"\0" * 2048])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UnreadableFile):
        restore(tmp_path / "file", tmp_path / "restored", open_nothing, None)


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    with EncryptingWriter(target, PASSPHRASE) as writer:
        writer.write(plain)
    return target.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return DecryptingReader(io.BytesIO(content), passphrase).readall() or b""


CHUNK = (1 << 20) + 16 + 4  # bytes a full chunk takes: what is sealed, its tag, its length


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_what_was_encrypted_comes_back(size: int) -> None:
    plain = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(plain[:size])) == plain[:size]


def test_chunks_cannot_be_left_out_moved_or_cut_off() -> None:
    content = sealed(bytes(3 << 20) + b"end")
    head = len(content) - 3 * CHUNK - len(b"end") - 20
    first, second = content[head : head + CHUNK], content[head + CHUNK : head + 2 * CHUNK]
    rest = content[head + 2 * CHUNK :]
    start = content[:head]
    for wrong in (
        start + second + first + rest,
        start + first + rest,
        start + first + second,
        start + first + second[:9],
    ):
        with pytest.raises(ShortlistError):
            opened(wrong)


def test_a_wrong_passphrase_is_said_to_be_wrong() -> None:
    with pytest.raises(InvalidRequest, match="passphrase"):
        opened(sealed(b"text"), "another")
