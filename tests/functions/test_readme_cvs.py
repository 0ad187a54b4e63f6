"""The README's curl lines about CV files are run as they are written, against `shortlist serve`."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CVS = ROOT / "tests" / "fixtures" / "cvs"
WRITTEN = "http://127.0.0.1:8080"
pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "home"), "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    yield server.stdout.readline().split()[2]
    server.terminate()
    server.wait(30)
    server.stdout.close()


def lines() -> list[list[str]]:
    (section,) = re.findall(r"^## CV files\n(.*?)^## ", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    return [shlex.split(line, comments=True) for line in section.splitlines() if line.startswith("curl ")]


def test_the_curl_lines_of_the_readme_answer_as_it_says(address: str, tmp_path: Path) -> None:
    for name, file in (("cv.pdf", "pdf_single_de.pdf"), ("one.pdf", "pdf_single_pl.pdf"), ("two.docx", "docx_zh.docx")):
        shutil.copy(CVS / file, tmp_path / name)

    def curl(words: list[str], batch: str = "") -> Any:
        words = [word.replace(WRITTEN, address).replace("BATCH_ID", batch) for word in words]
        done = subprocess.run([*words, "--silent"], cwd=tmp_path, capture_output=True, check=True)
        return json.loads(done.stdout)

    one, many, status = lines()
    answer = curl(one)
    assert answer["candidate_id"] and answer["read"]["person"]["name"]
    batch = curl(many)
    assert batch["total_files"] == 2
    for _ in range(300):
        if (said := curl(status, batch["batch_id"]))["status"] != "RUNNING" and said["status"] != "PENDING":
            break
        time.sleep(0.2)
    assert (said["status"], said["processed_files"]) == ("SUCCESS", 2)
