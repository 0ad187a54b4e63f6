"""The API from outside, as each role: what is another's is not there, and everything done is in the audit."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import EXPORT, ROLES, Api, running
from parts.process import make_app

from functions.api.routes import PUBLIC, ROUTES
from shared import wiring
from shared.access.pools import list_pools
from shared.config import Settings

ROOT = Path(__file__).parents[2]


def routes() -> list[tuple[str, str]]:
    """Every method and path of the API that is not for everybody, with ids that are nobody's."""
    found = []
    for rule in make_app().url_map.iter_rules():
        if rule.endpoint not in PUBLIC:
            path = str(rule)
            for name in rule.arguments:
                path = path.replace(f"<{name}>", "nowhere")
            found += [(method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return sorted(found)


@pytest.mark.parametrize(("method", "path"), routes())
def test_without_a_token_or_with_a_wrong_one_no_endpoint_answers(api: Api, method: str, path: str) -> None:
    assert api(None, method, path).status_code == 401
    for headers in (
        {"Authorization": "Bearer x"},
        {"X-Api-Key": "sk_x"},
        {"Authorization": f"Basic {api.tokens['admin']}"},
    ):
        assert api.client.open(path, method=method, headers=headers).status_code == 401


@pytest.mark.parametrize(("method", "path"), routes())
def test_a_candidate_reaches_nothing_that_is_not_theirs(api: Api, method: str, path: str) -> None:
    answer = api("candidate", method, path)
    if path == "/api/members/me/":
        assert answer.json["candidate_id"] == "c1"
    elif answer.status_code == 200:
        assert not any(answer.json.values()), answer.json
    else:
        assert answer.status_code in (400, 403, 404)


def test_the_health_check_asks_nobody(api: Api) -> None:
    asked = {"stats.health", "stats.healthz", "stats.readyz", "candidate_documents.download"}
    assert {name for name in PUBLIC if not name.startswith("openapi.")} == asked
    assert {api(None, "GET", path).status_code for path in ("/healthz", "/readyz")} == {200}
    assert api(None, "GET", "/api/downloads/x.9999999999.y/").status_code == 401


def imported(api: Api, pool: str = "acme") -> dict[str, str]:
    """Import two people; return name -> id."""
    assert api("admin", "POST", f"/imports?pool={pool}", data=EXPORT.encode()).status_code == 201
    wiring.thread_queue(process.ports()).join()
    rows = process.ports().store.query("candidates", [("pool", "==", pool)])
    return {row.data["person"]["name"]: row.id for row in rows}


def search(api: Api, who: str, **asked: Any) -> list[str]:
    answer = api(who, "POST", "/api/search-runs/", json={"job_offer_text": "backend engineer", **asked})
    assert answer.status_code == 200, answer.json
    return [hit["candidate_id"] for hit in answer.json["results"]]


def test_a_recruiter_imports_lists_and_finds_in_their_own_pool_alone(api: Api) -> None:
    ann = imported(api)["Ann Lee"]
    assert api("other", "POST", "/imports?pool=acme", data=EXPORT.encode()).status_code == 403
    assert api("candidate", "POST", "/imports?pool=acme", data=EXPORT.encode()).status_code == 403
    assert ann in search(api, "acme") and ann in search(api, "admin") and ann in search(api, "service")
    assert search(api, "other") == search(api, "other", filters={"pool": "acme"}) == []
    assert api("candidate", "POST", "/api/search-runs/", json={"job_offer_text": "nurse"}).status_code == 403
    seen = {who: len(api(who, "GET", "/imports").json["imports"]) for who in ROLES}
    assert seen == {"admin": 1, "acme": 1, "both": 1, "other": 0, "service": 1, "candidate": 0}
    statuses = {who: api(who, "GET", "/stats").status_code for who in ROLES}
    assert statuses == {**dict.fromkeys(ROLES, 403), "admin": 200}


def test_anothers_documents_are_not_there(api: Api) -> None:
    cv = (ROOT / "tests" / "fixtures" / "cvs" / "txt_utf8.txt").read_bytes()
    form = {"data": {"source_file": (io.BytesIO(cv), "cv.txt")}, "content_type": "multipart/form-data"}
    assert api("other", "POST", "/api/cv-documents/?pool=acme", **form).status_code == 403
    form["data"] = {"source_file": (io.BytesIO(cv), "cv.txt")}
    document = api("acme", "POST", "/api/cv-documents/?pool=acme", **form).json["document"]["id"]
    form["data"] = {"files": (io.BytesIO(cv), "cv.txt")}
    batch = api("acme", "POST", "/api/cv-documents/bulk/?pool=acme", **form).json["batch_id"]
    paths = [("GET", "ID/", document), ("GET", "ID/status/", document), ("POST", "ID/retry/", document),
             ("GET", "bulk/ID/status/", batch), ("POST", "bulk/ID/retry/", batch)]  # fmt: skip
    for method, path, known in paths:
        url = f"/api/cv-documents/{path}"
        assert api("acme", method, url.replace("ID", known)).status_code in (200, 202)
        for who in ("other", "candidate"):
            answers = {id_: api(who, method, url.replace("ID", id_)) for id_ in (known, "nowhere")}
            assert {answer.status_code for answer in answers.values()} == {404}
            assert len({answer.json["detail"].replace(id_, "ID") for id_, answer in answers.items()}) == 1
    owner = next(iter(process.ports().store.query("candidates"))).id
    for query in ("", "?pool=acme", f"?candidate_id={owner}"):
        assert len(api("acme", "GET", f"/api/cv-documents/{query}").json["cv_documents"]) == 1
        assert api("other", "GET", f"/api/cv-documents/{query}").json["cv_documents"] == []


def test_a_record_that_is_shared_is_found_by_its_reader_until_it_is_taken_back(api: Api) -> None:
    ann = imported(api)["Ann Lee"]
    member = {"role": "recruiter", "pools": ["other"]}
    assert api("admin", "PUT", "/api/members/otto/", json=member).status_code == 200
    readers = f"/api/candidates/{ann}/readers/"
    for who in ("acme", "other", "service", "candidate"):
        assert api(who, "POST", readers, json={"uid": "otto"}).status_code == 403
    assert api("admin", "POST", readers, json={"uid": "otto"}).json == {"readers": ["otto"]}
    assert search(api, "other") == [ann] == search(api, "other", filters={"pool": "acme"})
    assert search(api, "other", filters={"pool": "other"}) == []
    assert api("admin", "DELETE", f"{readers}otto/").json == {"readers": []}
    assert search(api, "other") == []


def test_a_key_is_shown_once_works_and_is_revoked(api: Api) -> None:
    imported(api)
    made = api("admin", "POST", "/api/api-keys/", json={"name": "export", "pools": ["acme"]})
    assert made.status_code == 201 and made.headers["Cache-Control"] == "no-store"
    with_key = {"X-Api-Key": made.json["key"]}
    assert len(api.client.get("/imports", headers=with_key).json["imports"]) == 1
    assert api.client.get("/api/members/me/", headers=with_key).json["uid"] == f"key:{made.json['id']}"
    assert made.json["key"] not in api("admin", "GET", "/api/api-keys/").text
    assert api("admin", "DELETE", f"/api/api-keys/{made.json['id']}/").status_code == 204
    assert api.client.get("/imports", headers=with_key).status_code == 401
    assert api("acme", "POST", "/api/api-keys/", json={"name": "x", "role": "admin"}).status_code == 403


def test_pools_are_listed_for_those_who_see_them(api: Api) -> None:
    for name in ("acme", "other"):
        assert api("admin", "POST", "/api/pools/", json={"name": name}).status_code == 201
    assert api("acme", "POST", "/api/pools/", json={"name": "mine"}).status_code == 403
    seen = {who: api(who, "GET", "/api/pools/").json["pools"] for who in ROLES}
    assert seen.pop("admin") == list_pools(process.ports())
    own = {"acme": ["acme"], "both": ["acme", "other"], "other": ["other"], "service": ["acme"], "candidate": []}
    assert seen == own


def audited(api: Api, **asked: str) -> list[dict[str, Any]]:
    answer = api("admin", "GET", "/api/audit/", query_string=asked)
    entries: list[dict[str, Any]] = answer.json["entries"]
    return entries


def test_what_everybody_did_is_in_the_audit_without_a_word_about_anybody(api: Api) -> None:
    ids = imported(api)
    found = search(api, "acme")
    document = {"data": EXPORT.encode()}
    assert api("other", "POST", "/imports?pool=other", **document).status_code == 201
    assert api("other", "POST", "/imports?pool=acme", **document).status_code == 403
    by_rita = audited(api, who="rita")
    (searched,) = by_rita
    assert (searched["action"], searched["role"], searched["subjects"]) == ("search", "recruiter", found)
    assert {"run", "text", "weights", "split_job", "embed", "results"} <= set(searched["details"])
    again = search(api, "acme") and audited(api, who="rita")[0]
    assert again["details"]["text"] == searched["details"]["text"] and again["id"] != searched["id"]
    assert [entry["action"] for entry in audited(api, who="otto")] == ["POST /imports"]
    assert {entry["who"] for entry in audited(api, candidate_id=ids["Ann Lee"])} == {"rita"}
    everything = json.dumps([row.data for row in process.ports().store.query("audit")])
    for word in ("Ann", "ann@example.com", "backend engineer", "Bo Ray"):
        assert word not in everything
    for who in ("acme", "service", "candidate"):
        assert api(who, "GET", "/api/audit/").status_code == 403


def test_an_answer_names_the_request_its_audit_entry_names(api: Api) -> None:
    imported(api)
    answer = api("acme", "POST", "/api/search-runs/", json={"job_offer_text": "nurse"})
    assert audited(api, who="rita")[0]["request_id"] == answer.headers["X-Request-Id"]
    refused = api("other", "GET", "/api/cv-documents/nowhere/")
    assert refused.json["request_id"] == refused.headers["X-Request-Id"]


def test_nothing_is_handed_out_when_the_audit_cannot_be_written(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(api)

    def full(*_: object, **__: object) -> None:
        from shared.errors import StorageFull

        raise StorageFull("the disk is full")

    monkeypatch.setattr("functions.audit.record", full)
    answer = api("acme", "POST", "/api/search-runs/", json={"job_offer_text": "backend engineer"})
    assert answer.status_code == 507 and "results" not in answer.json


def test_entries_of_the_audit_are_only_ever_created() -> None:
    named = []
    for path in [*(ROOT / "shared").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Update", "Delete")
            )
            if called and any(isinstance(word, ast.Constant) and word.value == "audit" for word in node.args):
                named.append(str(path))
    assert named == []


def test_every_endpoint_asks_who_it_is() -> None:
    """A door that does not look at its caller would show everybody everything once it is past the front door."""
    request = ROOT / "functions" / "request.py"
    shared = asking(ast.parse(request.read_text(encoding="utf-8")), {"caller", "reads"})
    assert {"pool_to_change", "newest"} <= shared
    wrong = []
    for route in ROUTES:
        tree = ast.parse((ROOT / "functions" / "api" / f"{route.module}.py").read_text(encoding="utf-8"))
        known = asking(tree, {"caller", "reads"} | (imported_from(tree, "functions.request") & shared))
        (endpoint,) = [node for node in functions_of(tree) if node.name == route.function]
        wrong += [] if called_names(endpoint) & known else [route.endpoint]
    assert {*wrong, "stats.health", "stats.healthz"} == PUBLIC


def asking(tree: ast.Module, known: set[str]) -> set[str]:
    """Return the known names and those of the functions that call one that asks."""
    for _ in functions_of(tree):
        known = known | {node.name for node in functions_of(tree) if called_names(node) & known}
    return known


def functions_of(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def imported_from(tree: ast.Module, module: str) -> set[str]:
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == module]
    return {alias.asname or alias.name for node in froms for alias in node.names}


def called_names(node: ast.AST) -> set[str]:
    return {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}


def test_no_endpoint_reads_the_store_past_its_caller() -> None:
    reading = {"get", "query", "count", "nearest", "search_words"}
    wrong = []
    for path in (ROOT / "functions" / "api").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            held = isinstance(node, ast.Attribute) and node.attr in reading
            if held and isinstance(node.value, ast.Attribute) and node.value.attr == "store":
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize(
    ("remote", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("127.0.0.1", {"Origin": "http://localhost"}, 200),
        ("10.0.0.7", {}, 401),
        ("127.0.0.1", {"Host": "shortlist.example"}, 401),
        ("127.0.0.1", {"Origin": "https://evil.example"}, 401),
        ("127.0.0.1", {"Origin": "null"}, 401),
    ],
)
def test_where_nobody_is_asked_only_this_machine_is_let_in(
    tmp_path: Path, remote: str, headers: dict[str, str], status: int
) -> None:
    with running(Settings(home=tmp_path)) as client:
        answer = client.get("/imports", headers=headers, environ_overrides={"REMOTE_ADDR": remote})
        assert answer.status_code == status
        named = Api(client)("acme", "GET", "/api/members/me/", headers, environ_overrides={"REMOTE_ADDR": remote})
        assert named.json["uid"] == "rita"  # a token counts wherever it is sent


def test_serve_on_an_address_others_reach_lets_in_who_has_a_token_and_tasks_only_from_admins(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path), "serve", "--host", "0.0.0.0", "--port", "0"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert refused.returncode == 2 and "SHORTLIST_IDENTITY=local" in refused.stderr
    environment = {**os.environ, "SHORTLIST_IDENTITY": "local"}
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout
    try:
        port = server.stdout.readline().split()[2].rpartition(":")[2]
        assert "sign in" in server.stdout.readline()
        tokens = wiring.local_tokens(Settings(home=tmp_path))
        admin, rita = (tokens.sign(ROLES[name], 60) for name in ("admin", "acme"))
        event = {"ce-id": "1", "ce-source": "s", "ce-specversion": "1.0", "ce-type": "t"}
        for method, path in (("GET", "/imports"), ("POST", "/backfill"), ("POST", "/classify"), ("POST", "/onUpload")):
            assert ask(port, method, path, None, event) == 401
            assert ask(port, method, path, admin, event) not in (401, 403)
            assert ask(port, method, path, rita, event) == (200 if path == "/imports" else 403)
        assert ask(port, "GET", "/healthz", None, {}) == 200
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def ask(port: str, method: str, path: str, token: str | None, headers: dict[str, str]) -> int:
    signed = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", None, signed, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
