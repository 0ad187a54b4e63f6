"""The doors of CV files: one at once, many in the background, and every refusal a sentence."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from parts import process
from werkzeug.test import Client, TestResponse

CVS = Path(__file__).parents[1] / "fixtures" / "cvs"


def send(client: Client, *names: str, path: str = "/api/cv-documents/", field: str = "source_file") -> TestResponse:
    files = [(io.BytesIO((CVS / name).read_bytes()), name) for name in names]
    return client.post(path, data={field: files}, content_type="multipart/form-data")


def finished(client: Client, batch_id: str) -> Any:
    for _ in range(600):
        status = client.get(f"/api/cv-documents/bulk/{batch_id}/status/").json
        if status["status"] in ("SUCCESS", "PARTIAL", "FAILED"):
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def test_one_cv_answers_with_its_candidate_and_what_was_read(client: Client) -> None:
    answer = send(client, "pdf_single_en_backend.pdf")
    assert answer.status_code == 201
    assert answer.json["document"]["status"] == "SUCCESS" and answer.json["document"]["kind"] == "pdf"
    assert answer.json["read"]["person"]["emails"]
    (row,) = process.ports().store.query("candidates")
    assert row.id == answer.json["candidate_id"]
    again = send(client, "pdf_single_en_backend.pdf")
    assert (again.status_code, again.json["candidate_id"]) == (200, row.id)
    document_id = answer.json["document"]["id"]
    assert client.get(f"/api/cv-documents/{document_id}/").json["read"] == answer.json["read"]
    assert client.get(f"/api/cv-documents/{document_id}/status/").json["status"] == "SUCCESS"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("pdf_password.pdf", "password"), ("empty.pdf", "empty"), ("docx_zip_bomb.docx", "unpacks to more")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client: Client, name: str, reason: str) -> None:
    answer = send(client, name)
    assert answer.status_code == 400
    assert name in answer.json["detail"] and reason in answer.json["detail"]
    assert process.ports().store.count("candidates") == 0


def test_paths_and_missing_files_are_refused(client: Client) -> None:
    for body in ({"source_file": "/etc/passwd"}, {"files": ["/etc/passwd"]}):
        assert client.post("/api/cv-documents/", json=body).status_code == 400
        answer = client.post("/api/cv-documents/bulk/", json=body)
        assert answer.status_code == 400 and "multipart" in answer.json["detail"]
    assert client.get("/api/cv-documents/nowhere/").status_code == 404
    assert client.get("/api/cv-documents/bulk/nowhere/status/").status_code == 404


def test_many_files_and_an_archive_run_in_the_background(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(CVS / "docx_plain_en.docx", "people/one.docx")
        archive.write(CVS / "pdf_password.pdf", "people/two.pdf")
    packed.seek(0)
    files = [(packed, "all.zip"), (io.BytesIO((CVS / "txt_utf8.txt").read_bytes()), "three.txt")]
    answer = client.post("/api/cv-documents/bulk/?pool=acme", data={"files": files}, content_type="multipart/form-data")
    assert answer.status_code == 202
    assert answer.json["total_files"] == 3
    assert {"upload_item_id", "document_id", "filename", "status"} <= set(answer.json["items"][0])
    status = finished(client, answer.json["batch_id"])
    assert (status["status"], status["processed_files"], status["failed_files"]) == ("PARTIAL", 2, 1)
    assert "password" in status["items"][1]["error_message"]
    assert {row.data["pool"] for row in process.ports().store.query("candidates")} == {"acme"}
    retried = client.post(f"/api/cv-documents/bulk/{answer.json['batch_id']}/retry/")
    assert (retried.status_code, retried.json["retried"]) == (202, 1)
    assert finished(client, answer.json["batch_id"])["status"] == "PARTIAL"


def test_the_list_is_filtered_and_paged(client: Client) -> None:
    send(client, "txt_utf8.txt")
    send(client, "docx_plain_en.docx")
    send(client, "pdf_password.pdf")
    everything = client.get("/api/cv-documents/").json["cv_documents"]
    assert len(everything) == 3
    failed = client.get("/api/cv-documents/?status=FAILED").json["cv_documents"]
    assert [each["filename"] for each in failed] == ["pdf_password.pdf"]
    first = client.get("/api/cv-documents/?limit=2").json
    second = client.get("/api/cv-documents/", query_string={"limit": 2, "after": first["next"]}).json
    assert [each["id"] for each in first["cv_documents"] + second["cv_documents"]] == [e["id"] for e in everything]
    owner = next(each["candidate_id"] for each in everything if each["candidate_id"])
    mine = client.get(f"/api/cv-documents/?candidate_id={owner}").json["cv_documents"]
    assert [each["candidate_id"] for each in mine] == [owner]
    assert client.get("/api/cv-documents/?status=DONE").status_code == 400
    assert client.get("/api/cv-documents/?pool=elsewhere").json == {"cv_documents": [], "next": None}


def test_upload_urls_need_a_bucket(client: Client) -> None:
    answer = client.post("/api/cv-documents/bulk/", json={"uploads": ["cv.pdf"]})
    assert answer.status_code == 400 and "multipart" in answer.json["detail"]
