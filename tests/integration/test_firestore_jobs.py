"""Jobs, matches and search runs on Firestore: the matching tests of SQLite, and one whole round compared with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.access import Reads
from shared.jobs.jobs import set_status
from shared.jobs.match_lists import list_matches
from shared.models.caller import Caller
from shared.models.search_run import SearchAsked
from shared.ports import Model, Ports, Where
from shared.search.runs import create_run, list_runs, read_run
from shared.search.why import why
from tests.integration.firestore_ports import on_firestore, small_chunks  # noqa: F401
from tests.unit.test_matching import *  # noqa: F403
from tests.unit.test_matching import again, drain, ids, take_jobs, take_people
from tests.unit.test_matching import offline as embedded  # noqa: F401
from tests.unit.test_matching_anew import *  # noqa: F403

pytestmark = pytest.mark.integration

SAMPLES = Path(__file__).parents[2] / "samples"
ROWS, JOBS = 30, 5
RITA, PAUL = Caller(uid="rita", role="recruiter", pools=("default",)), Caller(uid="paul", role="recruiter")


@pytest.fixture
def offline(tmp_path: Path, firestore_project: str, encoder: Model) -> Iterator[Ports]:
    """The ports of the matching tests, but for an empty Firestore."""
    with on_firestore(tmp_path, firestore_project, encoder) as ports:
        yield ports


def take_samples(ports: Ports) -> None:
    """Thirty rows of people, from all over the file, and five jobs, with every stage done."""
    people = io.StringIO()
    with (SAMPLES / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    csv.writer(people).writerows([header, *rows[:: len(rows) // ROWS][:ROWS]])
    take_people(ports, people.getvalue())
    lines = (SAMPLES / "jobs.jsonl").read_text(encoding="utf-8").splitlines()
    take_jobs(ports, *map(json.loads, lines[:JOBS]))
    drain(ports)


def kept(ports: Ports, where: Where = ()) -> dict[tuple[str, str], Any]:
    """Every match by the job's own id and the person's name, without ids and times."""
    jobs = {row.id: row.data["external_id"] for row in ports.store.query("jobs")}
    people = {row.id: row.data["person"]["name"] for row in ports.store.query("candidates")}
    left_out = ("id", "job_id", "candidate_id", "at")
    rows = ports.store.query("matches", where)
    return {
        (jobs[row.data["job_id"]], people[row.data["candidate_id"]]): {
            name: value for name, value in row.data.items() if name not in left_out
        }
        for row in rows
    }


def test_thirty_people_and_five_jobs_match_as_on_sqlite_from_either_side(offline: Ports, embedded: Ports) -> None:  # noqa: F811
    for ports in (embedded, offline):
        take_samples(ports)
    by_arrival = kept(offline)
    assert by_arrival == kept(embedded) and len({job for job, _ in by_arrival}) >= 3
    for kind in ("candidates", "jobs"):
        again(offline, kind)
        assert kept(offline) == by_arrival


def test_a_recruiter_searches_for_a_job_asks_why_and_reads_the_run_again(offline: Ports) -> None:
    take_samples(offline)
    job = ids(offline)["job-1"]
    found = create_run(offline, SearchAsked(job_id=job, top_k=3), RITA)
    matched, _ = list_matches(offline, Reads(offline, RITA), "job_id", job, 3)
    scores = {each["candidate_id"]: each["score"] for each in matched}
    assert found["results"] and scores
    assert [hit["score"] for hit in found["results"] if hit["candidate_id"] in scores] == list(scores.values())
    last = why(offline, SearchAsked(job_id=job, top_k=1), found["results"][-1]["candidate_id"], RITA)
    assert last["rank"] == len(found["results"]) and not last["in_results"] and last["reasons"]
    second = create_run(offline, SearchAsked(job_offer_text="sales manager"), RITA)
    listed = [run["id"] for run in list_runs(offline, RITA)]
    assert listed == [second["id"], found["id"]] == [run["id"] for run in list_runs(offline, Caller())]
    assert list_runs(offline, PAUL) == []
    shown = read_run(offline, found["id"], RITA)
    assert [(hit["candidate_id"], hit["score"], hit["changed"]) for hit in shown["results"]] == [
        (hit["candidate_id"], hit["score"], False) for hit in found["results"]
    ]


def test_a_closed_job_has_no_match_left_and_the_others_keep_theirs(offline: Ports) -> None:
    take_samples(offline)
    before = kept(offline)
    closed = next(iter(before))[0]
    set_status(offline, ids(offline)[closed], "closed")
    drain(offline)
    again(offline, "candidates")
    assert kept(offline) == {pair: match for pair, match in before.items() if pair[0] != closed}
    assert kept(offline, [("job_id", "==", ids(offline)[closed])]) == {}
