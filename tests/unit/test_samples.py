"""The samples are what their script makes, and hold what the demo is meant to show."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def records(name: str) -> list[dict[str, Any]]:
    lines = (SAMPLES / name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_the_samples_are_byte_for_byte_what_their_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), "--out", str(tmp_path)], check=True)
    for made in sorted(tmp_path.iterdir()):
        assert (SAMPLES / made.name).read_bytes() == made.read_bytes(), made.name
    assert len(list(tmp_path.iterdir())) == 3


def test_the_sample_export_holds_every_case_the_import_must_tell_apart() -> None:
    truth = records("candidates.truth.jsonl")
    with (SAMPLES / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = Counter(record["kind"] for record in truth)
    assert len(rows) == len(truth)
    assert 110 <= len(rows) <= 130
    for kind in ("dup_email", "dup_linkedin", "dup_chain", "disqualified", "no_name", "agency_email", "no_keys"):
        assert kinds[kind], kind
    assert len({record["locale"] for record in truth if record["person"]}) >= 8
    assert [row["Name"].strip() != "" for row in rows] == [record["has_name"] for record in truth]


def test_every_sample_job_says_what_a_job_document_needs() -> None:
    jobs = records("jobs.jsonl")
    assert len({job["id"] for job in jobs}) == len(jobs) >= 4
    for job in jobs:
        assert set(job) == {"id", "company", "position", "location", "url", "tags", "seniority", "description"}
        assert all(job.values()), job["id"]
