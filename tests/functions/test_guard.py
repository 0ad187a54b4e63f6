"""Around every endpoint: sizes, rates, what browsers are told, and JSON nobody should have to read."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import Api, running
from werkzeug.serving import make_server
from werkzeug.test import Client

from functions import checks
from functions.api.routes import ROUTES
from functions.local import LocalServer, QuietHandler, Requests
from shared import wiring
from shared.config import Settings, load_settings
from shared.errors import Misconfigured
from shared.models.caller import Caller


@contextmanager
def asking(home: Path, **settings: Any) -> Iterator[tuple[Client, dict[str, str]]]:
    """Yield a client, and the headers of an administrator's token."""
    with running(Settings(home=home, identity="local", **settings)) as client:
        yield client, {"Authorization": f"Bearer {Api(client).tokens['admin']}"}


def form(name: str, contents: list[bytes]) -> dict[str, Any]:
    """Return a multipart body of these files; the client's own would leave a large one open behind it."""
    head = f'Content-Disposition: form-data; name="{name}"; filename="%d.txt"\r\n\r\n'
    parts = [b"--x\r\n" + (head % number).encode() + part + b"\r\n" for number, part in enumerate(contents)]
    return {"data": b"".join(parts) + b"--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def test_every_answer_tells_browsers_what_it_is_and_not_to_keep_it(tmp_path: Path) -> None:
    with asking(tmp_path) as (client, signed):
        for path, status in (("/healthz", 200), ("/imports", 200), ("/nowhere", 404), ("/api/jobs/x/", 404)):
            answer = client.get(path, headers=signed)
            assert answer.status_code == status
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "Strict-Transport-Security" not in answer.headers
        assert client.get("/imports").headers["X-Frame-Options"] == "DENY"  # refused ones, too
        assert "script-src 'self'" in client.get("/api/docs/").headers["Content-Security-Policy"]


def test_other_sites_pages_ask_only_when_they_are_named(tmp_path: Path) -> None:
    preflight = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,if-match"}
    with asking(tmp_path, cors_origins=("https://app.example.com",)) as (client, signed):
        for origin, allowed in (("https://app.example.com", True), ("https://appXexample.com", False),
                                ("https://app.example.com.evil.example", False), ("null", False)):  # fmt: skip
            asked = client.options("/imports", headers={"Origin": origin, **preflight})
            told = client.get("/imports", headers={"Origin": origin, **signed})
            assert asked.status_code == told.status_code == 200
            assert [each.headers.get("Access-Control-Allow-Origin") for each in (asked, told)] == (
                [origin] * 2 if allowed else [None] * 2
            )
            assert "Access-Control-Allow-Credentials" not in told.headers
        assert client.get("/imports", headers={"Origin": "https://app.example.com"}).status_code == 401
    with asking(tmp_path / "none") as (client, signed):
        told = client.get("/imports", headers={"Origin": "https://app.example.com", **signed})
        assert "Access-Control-Allow-Origin" not in told.headers


@pytest.mark.parametrize("wrong", ["*", "https://*.example.com", "app.example.com", "https://app.example.com/", "null"])
def test_what_is_no_origin_is_no_setting(wrong: str) -> None:
    with pytest.raises(Misconfigured, match="SHORTLIST_CORS_ORIGINS"):
        load_settings({"SHORTLIST_CORS_ORIGINS": f"https://app.example.com, {wrong}"})


def test_who_asks_too_often_is_told_when_to_come_again_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(checks, "monotonic", lambda: now[0])
    with asking(tmp_path, rate_per_minute=60) as (client, signed):
        statuses = [client.get("/imports", headers=signed).status_code for _ in range(12)]
        assert statuses == [200] * 10 + [429] * 2
        refused = client.get("/imports", headers=signed)
        assert (refused.json["code"], refused.headers["Retry-After"]) == ("too_many_requests", "1")
        other = wiring.local_tokens(process.settings()).sign(Caller(uid="other"), 600)
        assert client.get("/imports", headers={"Authorization": f"Bearer {other}"}).status_code == 200
        now[0] += 2
        assert [client.get("/imports", headers=signed).status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/healthz").status_code == 200


def test_buckets_of_whoever_came_long_ago_are_let_go() -> None:
    buckets = checks.Buckets()
    for number in range(checks._MOST_CALLERS + 50):
        assert buckets.take(str(number), 60) == 0.0
    assert len(buckets._left) == checks._MOST_CALLERS


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"description": ' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"description": NaN}',
        b'{"description": "\\ud800"}',
        b'{"description": "\xff"}',
        b"",
        b"null",
        b"1e400",
        b'"text"',
    ],
)
def test_json_that_is_none_or_too_deep_is_refused_by_every_endpoint_that_reads_some(
    tmp_path: Path, body: bytes
) -> None:
    with asking(tmp_path) as (client, signed):
        for path in ("/api/jobs/", "/api/search-runs/", "/api/pools/", "/api/api-keys/", "/api/cv-documents/bulk/"):
            answer = client.post(path, data=body, headers=signed, content_type="application/json")
            assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), path


def test_bodies_over_the_limit_are_refused_before_they_are_read(tmp_path: Path) -> None:
    with asking(tmp_path, max_json_mb=1, max_cv_mb=1, max_file_mb=1) as (client, signed):
        large = json.dumps({"job_offer_text": "x" * 1_000_000}).encode()
        for path in ("/api/jobs/", "/api/search-runs/", "/api/pools/"):
            answer = client.post(path, data=large, headers=signed, content_type="application/json")
            assert (answer.status_code, answer.json["status"]) == (413, 413), path
        answer = client.post("/api/cv-documents/", headers=signed, **form("source_file", [b"x" * 1_100_000]))
        assert answer.status_code == 413 and "SHORTLIST_MAX_CV_MB" in answer.json["detail"]
        assert client.post("/imports", data=b"x" * 2_100_000, headers=signed).status_code == 413
        endless = {"Transfer-Encoding": "chunked", **signed}
        answer = client.post("/imports", input_stream=io.BytesIO(b"x" * 2_100_000), headers=endless,
                             environ_overrides={"wsgi.input_terminated": True})  # fmt: skip
        assert answer.status_code == 413


def test_a_form_of_two_thousand_files_is_read(tmp_path: Path) -> None:
    with asking(tmp_path) as (client, signed):
        answer = client.post("/api/cv-documents/bulk/", headers=signed, **form("files", [b"%PDF-"] * 1_200))
        assert (answer.status_code, answer.json["total_files"]) == (202, 1_200)


def test_a_body_that_does_not_come_is_given_up(tmp_path: Path) -> None:
    class Impatient(QuietHandler):
        timeout = 0.2

    with asking(tmp_path) as (_, signed):
        server = make_server(
            "127.0.0.1", 0, LocalServer(process.runtime(), Requests()), threaded=True, request_handler=Impatient
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as slow:
                head = f"POST /api/jobs/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: {signed['Authorization']}\r\n"
                slow.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode())
                said = slow.makefile("rb").read().decode()
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
    assert said.startswith(("HTTP/1.0 408", "HTTP/1.1 408")) and '"code":"request_timeout"' in said.replace(" ", "")


def test_an_unknown_parameter_is_refused_by_every_endpoint_with_the_names_it_takes(tmp_path: Path) -> None:
    with asking(tmp_path) as (client, signed):
        answered = {}
        for route in ROUTES:
            path = re.sub(r"<\w+>", "nowhere", route.address)
            answered[route.endpoint] = client.open(f"{path}?pol=acme", method=route.method, headers=signed)
        answered["health"] = client.get("/health?pol=acme")
    for endpoint, answer in answered.items():
        assert answer.status_code == 400 and "unknown parameter 'pol'" in answer.json["detail"], endpoint
    assert "pool" in answered["jobs.list_jobs"].json["detail"]
