"""A home that must not be opened is refused with the remedy, before anything in it is changed."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from parts.terminal import ROOT, ask_here, shortlist, typed

from shared.models.collections import SCHEMA_VERSION
from shared.operations.secret import secret_fingerprint

ROWS = "Name,Email\n" + "".join(f"{name} Keyhole,{name.lower()}@keyhole.example.org\n" for name in ("Ann", "Bob", "Cy"))


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS)
    return path


@pytest.fixture
def home(tmp_path: Path, rows: Path) -> Path:
    home = tmp_path / "home"
    assert typed(home, "import", rows).returncode == 0
    return home


def contents(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir() if path.is_file() and ".turn" not in path.name}


def test_a_home_whose_secret_is_lost_is_refused_and_gets_no_new_one(home: Path, rows: Path) -> None:
    (home / "key.secret").unlink()
    before = contents(home)
    done = typed(home, "import", rows)
    assert done.returncode == 1
    assert "key.secret is missing" in done.stderr and "backup" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert contents(home) == before


def test_a_home_with_the_secret_of_another_is_refused(home: Path, rows: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    typed(other, "import", rows)
    shutil.copy(other / "key.secret", home / "key.secret")
    done = typed(home, "import", rows)
    assert done.returncode == 1 and "not the secret this home was made with" in done.stderr
    shutil.rmtree(other)


def test_a_home_of_a_newer_version_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "shortlist.db") as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    done = typed(home, "stats")
    assert done.returncode == 1 and "newer Shortlist" in done.stderr


def test_a_home_of_before_versions_is_copied_then_migrated(home: Path) -> None:
    with sqlite3.connect(home / "shortlist.db") as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TABLE home")
        db.execute("UPDATE candidates SET pool = 'sales', doc = replace(CAST(doc AS TEXT), '\"default\"', '\"sales\"')")
    assert ask_here(home, "stats")["total"] == 3
    assert "sales" in typed(home, "pools").stdout
    copy = home / f"shortlist.before-version-{SCHEMA_VERSION}.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM candidates WHERE pool = 'sales'").fetchone() == (3,)
    with sqlite3.connect(home / "shortlist.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        fingerprint = secret_fingerprint((home / "key.secret").read_bytes())
        assert db.execute("SELECT value FROM home").fetchall() == [(fingerprint,)]


def test_a_fingerprint_is_the_beginning_of_a_keyed_hash_of_fixed_words() -> None:
    assert secret_fingerprint(bytes(32)) == "86d24a66bc671ccb"  # openssl dgst -sha256 -mac HMAC -macopt hexkey:00…


@pytest.mark.parametrize("below", [False, True])
def test_a_home_that_cannot_be_made_ends_in_one_sentence(tmp_path: Path, below: bool) -> None:
    (tmp_path / "file").write_text("x")
    home = tmp_path / "file" / "home" if below else tmp_path / "file"
    done = shortlist(home, "stats")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert str(home) in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_folder_of_a_stopped_server_is_whole_without_its_log(tmp_path: Path, number: int) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    command = [sys.executable, "-m", "cli", "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().split()[2]
        request = urllib.request.Request(f"{address}/imports", ROWS.encode(), method="POST")
        with urllib.request.urlopen(request, timeout=60) as response:
            assert response.status == 201
        server.send_signal(number)
        assert server.wait(20) == 0
    copy.mkdir()
    for name in ("shortlist.db", "key.secret"):
        shutil.copy(home / name, copy / name)
    assert ask_here(copy, "stats")["total"] == 3


def test_a_server_whose_home_cannot_be_made_says_so_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = shortlist(tmp_path / "file", "serve", "--port", "0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and str(tmp_path / "file") in done.stderr
