"""The verbs of jobs, as a recruiter types them: take in, look at, see who answers, close and open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from parts.terminal import ask_here, typed

SAMPLES = Path(__file__).parents[2] / "samples"
JOBS = SAMPLES / "jobs.jsonl"
NOBODY = "0" * 32


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the people and jobs of the samples, every stage done."""
    home = tmp_path_factory.mktemp("matched")
    for words in (("import", str(SAMPLES / "candidates.csv")), ("jobs", "import", str(JOBS)), ("run",)):
        assert typed(home, *words).returncode == 0
    return home


@pytest.fixture
def home(matched: Path, tmp_path: Path) -> Path:
    """A home of the test's own, that it may change."""
    return shutil.copytree(matched, tmp_path / "home")


def job_ids(home: Path) -> dict[str, str]:
    return {job["external_id"]: job["id"] for job in ask_here(home, "jobs", "list")["jobs"]}


def test_a_file_of_jobs_is_taken_in_once_and_its_stages_are_done_by_run_alone(tmp_path: Path) -> None:
    assert ask_here(tmp_path, "jobs", "import", str(JOBS))["created"] == 6
    again = typed(tmp_path, "jobs", "import", str(JOBS)).stdout
    assert again == "  6 jobs: 0 created, 0 changed, 6 unchanged, 0 rejected\n"
    assert {job["awaiting"] for job in ask_here(tmp_path, "jobs", "list")["jobs"]} == {"enrich"}


def test_a_record_that_is_no_job_is_rejected_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "jobs.jsonl"
    file.write_text('{"id": "1", "position": "Cook"}\n{"company": "Quill"}\nnot json\n')
    told = typed(tmp_path / "home", "jobs", "import", str(file)).stdout
    assert "3 jobs: 1 created, 0 changed, 0 unchanged, 2 rejected" in told
    assert "record 2 (line 2): neither an id nor a position nor a description" in told and "record 3 (line 3)" in told


def test_jobs_are_listed_by_pool_and_status_and_shown_with_the_words_that_say_so(home: Path) -> None:
    assert typed(home, "jobs", "list", "--limit", "2").stdout.count("\n") == 2
    assert ask_here(home, "jobs", "list", "--status", "closed") == {"jobs": []}
    assert typed(home, "jobs", "list", "--pool", "other").stdout == "no jobs yet: shortlist jobs import FILE\n"
    shown = typed(home, "jobs", "show", job_ids(home)["job-1"]).stdout
    assert "must have: Go “Go”, Java “Java”, PostgreSQL “PostgreSQL”" in shown and "nice to have: Kafka" in shown
    assert "years: 5" in shown and "min years: “Five years”" in shown


def test_who_answers_a_job_is_listed_from_either_side_with_one_score(home: Path) -> None:
    job = job_ids(home)["job-1"]
    best = ask_here(home, "matches", job)["matches"][0]
    (mine,) = [m for m in ask_here(home, "matches", best["candidate_id"])["matches"] if m["job_id"] == job]
    assert (mine["score"], mine["job"]["title"]) == (best["score"], "Senior Backend Engineer")
    told = typed(home, "matches", job, "--limit", "1").stdout
    assert best["candidate"]["name"] in told and "does not state" in told and "skill 0." in told


def test_a_job_is_searched_for_by_its_id_as_it_was_matched(home: Path) -> None:
    job = job_ids(home)["job-1"]
    found = {hit["candidate_id"]: hit["score"] for hit in ask_here(home, "search", job)["results"]}
    matched = {each["candidate_id"]: each["score"] for each in ask_here(home, "matches", job)["matches"]}
    assert len(found) == 10 and all(matched[id] == score for id, score in found.items() if id in matched)


def test_a_closed_job_has_no_matches_until_it_is_open_again(home: Path) -> None:
    job = job_ids(home)["job-1"]
    before = ask_here(home, "matches", job)["matches"]
    assert ask_here(home, "jobs", "close", job)["status"] == "closed"
    assert ask_here(home, "matches", job) == {"matches": []}
    assert typed(home, "jobs", "open", job).stdout.startswith("Senior Backend Engineer, Quillmark Bank")
    assert typed(home, "run").returncode == 0
    told = ask_here(home, "matches", job)["matches"]
    assert [m["score"] for m in told] == [m["score"] for m in before] != []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("jobs", "show", NOBODY), f"no job {NOBODY}"),
        (("jobs", "close", NOBODY), f"no job {NOBODY}"),
        (("matches", NOBODY), f"no job and no candidate {NOBODY}"),
        (("search", NOBODY), f"no job {NOBODY}"),
        (("why", NOBODY, "nobody"), "no candidate nobody"),
        (("jobs", "import", "nothing.csv"), "nothing.csv: no such file"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(matched: Path, words: tuple[str, ...], says: str) -> None:
    result = typed(matched, *words)
    assert result.returncode == 2 and says in result.stderr and result.stderr.count("\n") == 1


def test_a_job_goes_by_the_id_of_its_file_too_unless_two_pools_have_it(home: Path) -> None:
    assert ask_here(home, "jobs", "show", "job-1")["id"] == job_ids(home)["job-1"]
    assert ask_here(home, "matches", "job-1") == ask_here(home, "matches", job_ids(home)["job-1"])
    assert ask_here(home, "jobs", "close", "job-1")["status"] == "closed"
    typed(home, "pools", "--add", "acme")
    typed(home, "jobs", "import", str(JOBS), "--pool", "acme")
    both = typed(home, "jobs", "open", "job-1")
    assert both.returncode == 2 and "2 pools" in both.stderr
    assert typed(home, "jobs", "show", "job-77").stderr == "shortlist: no job job-77\n"
