"""The doors of jobs: taken in once, applied for, matched, closed; every refusal a sentence."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pytest
from parts import process
from werkzeug.test import Client

from shared import wiring

CVS = Path(__file__).parents[1] / "fixtures" / "cvs"
SAMPLES = Path(__file__).parents[2] / "samples"
JOB = {"id": "b-1", "company": "Quill", "position": "Senior Backend Engineer", "location": "Berlin, Germany",
       "tags": ["Go"], "description": "You write Go and PostgreSQL.", "seniority": "senior"}  # fmt: skip


def ready(client: Client, job_id: str) -> Any:
    for _ in range(600):
        job = client.get(f"/api/jobs/{job_id}/").json
        if job["awaiting"] == "ready":
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_a_job_is_taken_in_once_read_and_listed(client: Client) -> None:
    made = client.post("/api/jobs/", json=JOB)
    assert (made.status_code, made.json["title"], made.json["status"]) == (201, "Senior Backend Engineer", "open")
    assert client.post("/api/jobs/", json=JOB).status_code == 200
    job = ready(client, made.json["id"])
    assert [skill["name"] for skill in job["enrichment"]["skills"]] == ["Go", "PostgreSQL"]
    assert not {"stages", "lease", "embedding"} & set(job)
    listed = client.get("/api/jobs/?status=open&pool=default").json
    assert [each["id"] for each in listed["jobs"]] == [job["id"]] and listed["next"] is None
    assert client.get("/api/jobs/?status=closed").json["jobs"] == []


def test_a_file_of_jobs_is_listed_page_by_page(client: Client) -> None:
    content = (SAMPLES / "jobs.jsonl").read_bytes()
    sent = client.post("/api/jobs/import/", data={"file": (io.BytesIO(content), "jobs.jsonl")})
    assert (sent.status_code, sent.json["rows"], sent.json["created"]) == (201, 6, 6)
    assert client.post("/api/jobs/import/?filename=jobs.jsonl", data=content).json["unchanged"] == 6
    seen, after = list[str](), ""
    while True:
        page = client.get(f"/api/jobs/?limit=4&after={after}").json
        seen += [job["external_id"] for job in page["jobs"]]
        if not (after := page["next"]):
            break
    assert sorted(seen) == [f"job-{n}" for n in range(1, 7)]


def test_a_job_is_replaced_closed_and_removed(client: Client) -> None:
    job_id = client.post("/api/jobs/", json=JOB).json["id"]
    ready(client, job_id)
    replaced = client.put(f"/api/jobs/{job_id}/", json={"position": "Cook", "description": "Cook well."}).json
    assert (replaced["title"], replaced["company"], replaced["external_id"]) == ("Cook", "", "b-1")
    closed = client.put(f"/api/jobs/{job_id}/", json={"status": "closed"}).json
    assert (closed["status"], closed["title"]) == ("closed", "Cook")
    assert client.delete(f"/api/jobs/{job_id}/").status_code == 204
    for call in (client.get, client.delete):
        assert call(f"/api/jobs/{job_id}/").status_code == 404


def test_an_applicant_with_a_cv_joins_the_pool_of_the_job_and_matches_it(client: Client) -> None:
    job_id = client.post("/api/jobs/?pool=tech", json=JOB).json["id"]
    cv = (CVS / "pdf_single_en_backend.pdf").read_bytes()
    path = f"/api/jobs/{job_id}/applications/"
    applied = client.post(path, data={"source_file": (io.BytesIO(cv), "cv.pdf")})
    assert applied.status_code == 201
    again = client.post(path, json={"candidate_id": applied.json["candidate_id"]})
    assert (again.status_code, again.json) == (200, applied.json)
    (row,) = process.ports().store.query("candidates")
    assert (row.id, row.data["pool"]) == (applied.json["candidate_id"], "tech")
    assert [each["job_id"] for each in row.data["applications"]] == [job_id]
    wiring.thread_queue(process.ports()).join()
    (match,) = client.get(f"/api/jobs/{job_id}/matches/").json["matches"]
    (other,) = client.get(f"/api/candidates/{row.id}/matches/").json["matches"]
    assert (match["candidate_id"], match["score"]) == (row.id, other["score"]) and other["job"]["title"] == JOB[
        "position"
    ]
    assert client.post("/api/matches/refresh/", json={"job_id": job_id}).json == {"queued": 1}
    assert client.post("/api/matches/refresh/", json={"candidate_id": row.id}).json == {"queued": 1}
    assert client.post("/api/matches/refresh/", json={}).json == {"queued": 1}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/api/jobs/", {"company": "Quill"}, 400, "title"),
        ("POST", "/api/jobs/", [1], 400, "JSON object"),
        ("POST", "/api/jobs/?pool=a/b", JOB, 400, "pool"),
        ("GET", "/api/jobs/?status=maybe", None, 400, "open"),
        ("GET", "/api/jobs/?limit=0", None, 400, "limit"),
        ("PUT", "/api/jobs/nobody/", JOB, 404, "nobody"),
        ("GET", "/api/jobs/nobody/matches/", None, 404, "nobody"),
        ("GET", "/api/candidates/nobody/matches/", None, 404, "nobody"),
        ("POST", "/api/jobs/nobody/applications/", {"candidate_id": "x"}, 404, "nobody"),
        ("POST", "/api/matches/refresh/", {"pool": "x"}, 400, "job_id"),
        ("POST", "/api/matches/refresh/", {"job_id": "nobody"}, 404, "nobody"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    client: Client, method: str, path: str, body: Any, status: int, said: str
) -> None:
    answer = client.open(path, method=method, json=body) if body is not None else client.open(path, method=method)
    assert answer.status_code == status
    assert said in answer.json["detail"]


def test_an_application_names_somebody_or_brings_a_readable_cv(client: Client) -> None:
    path = f"/api/jobs/{client.post('/api/jobs/', json=JOB).json['id']}/applications/"
    assert "source_file" in client.post(path, json={}).json["detail"]
    assert client.post(path, json={"candidate_id": "nobody"}).status_code == 404
    cv = (CVS / "pdf_password.pdf").read_bytes()
    refused = client.post(path, data={"source_file": (io.BytesIO(cv), "cv.pdf")})
    assert refused.status_code == 400 and "password" in refused.json["detail"]
    assert process.ports().store.count("candidates") == 0
