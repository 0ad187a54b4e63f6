"""CV files on the whole stack: dropped into the bucket, announced and uploaded, sent over HTTP."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from conftest import FIXTURES
from parts.stack import ACCOUNT, Stack
from parts.waiting import until

from shared import wiring
from shared.cv_files.receive import batch_status, expect_many
from shared.ports import Create, Ports, Stored, Update

pytestmark = pytest.mark.integration
CVS = FIXTURES / "cvs"


POOL = "cvs"
ENDED = ("ready", "failed")


@pytest.fixture(scope="module", autouse=True)
def pool(stack: Stack) -> None:
    """A pool of this file's own, open to who calls the api."""
    made = Create("pools", POOL, {"id": POOL, "created_at": wiring.utc_now()})
    assert stack.store.commit([[made], [Update("members", ACCOUNT, {"pools": ["default", POOL]}, None)]]) == [None] * 2


def ports(stack: Stack) -> Ports:
    missing: Any = None
    return Ports(stack.store, stack.files, missing, missing, missing, wiring.utc_now, b"\x11" * 32)


def test_announced_files_of_a_batch_end_each_with_its_outcome(stack: Stack) -> None:
    names = ["pdf_single_de.pdf", "pdf_hidden_instructions.pdf", "pdf_password.pdf", "empty.docx"]
    batch, items = expect_many(ports(stack), names, POOL)
    assert batch_status(ports(stack), batch)["status"] == "PENDING"
    for item, name in zip(items, names, strict=True):  # what a PUT to the signed address does
        stack.files.write(item["upload"], (CVS / name).read_bytes())
    until(lambda: batch_status(ports(stack), batch)["status"] in ("SUCCESS", "PARTIAL", "FAILED"))
    said = batch_status(ports(stack), batch)
    assert (said["status"], said["processed_files"], said["failed_files"]) == ("PARTIAL", 2, 2)
    assert [item["status"] for item in said["items"]] == ["SUCCESS", "SUCCESS", "FAILED", "FAILED"]
    assert "password" in said["items"][2]["error_message"] and "empty" in said["items"][3]["error_message"]
    people = [item["candidate_id"] for item in said["items"][:2]]
    until(lambda: {row.data["awaiting"] for row in stack.store.get("candidates", people).values()} == {"ready"})


def test_a_scan_dropped_into_the_bucket_is_read_by_gemini(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack.gemini.behaviour, "seen", (CVS / "txt_utf8.txt").read_text(encoding="utf-8"))
    before = stack.gemini.counts()["calls"].get("read_scan", 0)
    stack.files.write(f"incoming/cv/{POOL}/scan.pdf", (CVS / "scan_clean_en.pdf").read_bytes())

    def ended() -> list[Stored]:
        rows = stack.store.query("documents", [("pool", "==", POOL)])
        return [row for row in rows if row.data["filename"] == "scan.pdf" and row.data["awaiting"] in ENDED]

    until(lambda: bool(ended()))
    (read,) = ended()
    assert (read.data["awaiting"], read.data["read_by"]) == ("ready", "scan")
    assert read.data["facts"]["person"]["emails"] == ["deshawn.carter.hale.0d950234b@example.com"]
    assert stack.gemini.counts()["calls"]["read_scan"] == before + 1


def test_a_cv_sent_over_http_answers_with_its_candidate(stack: Stack) -> None:
    from urllib.request import Request, urlopen

    content, mark = (CVS / "docx_zh.docx").read_bytes(), secrets.token_hex(8)
    head = f'--{mark}\r\nContent-Disposition: form-data; name="source_file"; filename="cv.docx"\r\n\r\n'.encode()
    token = stack.tasks.signing.token(f"{stack.url}/api", ACCOUNT)
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Authorization": f"Bearer {token}"}
    body = head + content + f"\r\n--{mark}--\r\n".encode()
    with urlopen(Request(f"{stack.url}/api/api/cv-documents/?pool={POOL}", body, headers), timeout=60) as answer:
        said = json.load(answer)
    assert answer.status == 201 and said["read"]["person"]["name"]
    until(
        lambda: stack.store.get("candidates", [said["candidate_id"]])[said["candidate_id"]].data["awaiting"] == "ready"
    )
