"""Nothing that is taken in makes a pool: a mistyped name would be a second copy of everybody."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import EXPORT, Api
from parts.terminal import ROOT, ask_here, typed

from shared.imports.dropped_files import take_dropped_files

MISTYPED = "engineerin"
CV = next((ROOT / "tests" / "fixtures" / "cvs").rglob("*.docx"))
JOBS = "title,description\nNurse,Cares for people\n"
PERSON = {"person": {"name": "Pola Typo", "emails": ["pola.typo@example.org"]}}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(EXPORT)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_an_import_into_a_pool_nobody_made_is_refused_with_the_remedy(home: Path, rows: Path) -> None:
    done = typed(home, "import", rows, "--pool", MISTYPED)
    assert done.returncode == 2
    assert f"shortlist pools --add {MISTYPED}" in done.stderr
    assert ask_here(home, "stats")["total"] == 0
    assert ask_here(home, "pools")["pools"] == ["default"]
    typed(home, "pools", "--add", MISTYPED)
    assert typed(home, "import", rows, "--pool", MISTYPED).returncode == 0


def test_a_dry_run_and_files_of_a_pool_nobody_made_are_refused(home: Path, rows: Path) -> None:
    assert typed(home, "import", rows, "--pool", MISTYPED, "--dry-run").returncode == 2
    assert typed(home, "cv", CV, "--pool", MISTYPED).returncode != 0
    assert ask_here(home, "pools")["pools"] == ["default"]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/candidates/?", {"json": PERSON}),
        ("/api/imports/?filename=rows.csv&", {"data": EXPORT.encode()}),
        ("/api/imports/preview/?filename=rows.csv&", {"data": EXPORT.encode()}),
        ("/api/jobs/?", {"json": {"title": "Nurse", "description": "Cares for people"}}),
        ("/api/jobs/import/?filename=jobs.csv&", {"data": JOBS.encode()}),
        ("/api/cv-documents/?", {"data": {"source_file": (BytesIO(b"text"), "cv.txt")}}),
        ("/api/cv-documents/bulk/?", {"data": {"files": (BytesIO(b"text"), "cv.txt")}}),
    ],
)
def test_every_entrance_refuses_a_pool_nobody_made(api: Api, path: str, sent: dict[str, Any]) -> None:
    answer = api("admin", "POST", f"{path}pool={MISTYPED}", **sent)
    assert answer.status_code == 400, answer.text
    assert f"pools --add {MISTYPED}" in answer.text
    assert MISTYPED not in api("admin", "GET", "/api/pools/").text


@pytest.mark.parametrize("name", [f"csv/{MISTYPED}/rows.csv", f"cv/{MISTYPED}/{CV.name}"])
def test_a_file_dropped_for_a_pool_nobody_made_stays_and_is_listed_with_the_remedy(
    api: Api, tmp_path: Path, name: str
) -> None:
    incoming = tmp_path / "incoming"
    path = incoming / name
    path.parent.mkdir(parents=True)
    path.write_bytes(CV.read_bytes() if path.suffix == ".docx" else EXPORT.encode())
    last_status: dict[Path, tuple[int, int]] = {}
    limits = {"csv": 10**9, "cv": 10**9}
    take_dropped_files(process.ports(), incoming, last_status, limits)
    (upload,) = take_dropped_files(process.ports(), incoming, last_status, limits)
    assert upload["state"] == "FAILED" and f"pools --add {MISTYPED}" in upload["error"]
    assert path.exists() and api.people() == []
    api("admin", "POST", "/api/pools/", json={"name": MISTYPED})
    os.utime(path, (time.time() + 10, time.time() + 10))  # dropped again
    take_dropped_files(process.ports(), incoming, last_status, limits)
    (upload,) = take_dropped_files(process.ports(), incoming, last_status, limits)
    assert upload["state"] != "FAILED", upload
