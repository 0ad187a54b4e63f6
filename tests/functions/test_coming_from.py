"""docs/coming-from.md promises a way for everything four older systems did: each is run as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from parts.role_api import RoleApi, fill, role_api

import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "coming-from.md").read_text(encoding="utf-8")
# What users of the four systems call today; `here` has to name a way for each, or say that there is none.
THEIRS = (
    "POST …/batchEnrichCandidates?batchSize=50&force=false",
    *(f"POST /api/resumes/{name}" for name in ("upload", "bulk-upload")),
    *(f"GET /api/resumes{rest}" for rest in ("", "/{id}", "/{id}/status")),
    *(f"POST /api/google-drive/{name}" for name in ("connect", "sync")),
    *(f"{method} /api/google-drive/syncs{'' if method == 'GET' else '/{id}'}" for method in ("GET", "PUT", "DELETE")),
    *(f"{method} /api/candidates" for method in ("GET", "POST")),
    *(f"{method} /api/candidates/{{id}}" for method in ("GET", "PUT", "DELETE")),
    *(f"GET /api/{rest}" for rest in ("admin/candidates", "candidates/{id}/matches", "jobs/{id}/matches")),
    "POST /api/matches/refresh",
    *(f"GET /api/processing/jobs{rest}" for rest in ("", "/{id}")),
    "POST /api/processing/jobs/{id}/retry",
    *(f"--{option}" for option in ("dry-run", "help")),
    *(f"POST /api/{rest}" for rest in ("cv-documents/", "cv-documents/bulk/", "search-runs/")),
    "GET /api/cv-documents/bulk/<batch_id>/status/",
)


def rows() -> list[tuple[str, str]]:
    found = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.split("\n") if line.startswith("| ")]
    return [(left.strip(), right.strip()) for left, right in found if left.strip() not in ("there", "---")]


def named(pattern: str) -> list[str]:
    spans = [span for _, here in rows() for span in re.findall(r"`([^`]+)`", here)]
    return list(dict.fromkeys(span for span in spans if re.match(pattern, span)))


# What a command rightly says of the little there is in a test.
REFUSES = {"split": "nothing to split", "verify": "false"}
ENDPOINTS = named(r"(GET|POST|PUT|PATCH|DELETE) /")
COMMANDS = sorted(named("shortlist "), key=lambda command: " undo " in command)  # which takes the people away


@pytest.mark.parametrize("theirs", THEIRS)
def test_everything_that_was_called_has_a_line(theirs: str) -> None:
    assert [here for there, here in rows() if f"`{theirs}" in there]


def test_what_is_not_there_is_said() -> None:
    assert len([here for there, here in rows() if "google-drive" in there and here == "not there"]) == 5
    assert "Google Drive is not there" in PAGE
    assert all(here for _, here in rows()) and len(ENDPOINTS) > 20 and len(COMMANDS) > 20


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoleApi]:
    with role_api(tmp_path_factory.mktemp("home")) as made:
        fill(made)
        yield made


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_endpoint_named_answers(api: RoleApi, endpoint: str) -> None:
    method, path = endpoint.split(" ")
    adapter = api.client.application.url_map.bind("localhost")
    rule, _ = adapter.match(path.replace("{id}", "x"), method=method, return_rule=True)
    (ids,) = [list(api.paths(rule))]
    answer = api("admin", method, ids[0][0])
    known = answer.status_code < 300 or answer.json["code"] not in ("not_found", "method_not_allowed")
    assert answer.status_code < 500 and (known or rule.arguments), answer.text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("terminal")
    with role_api(place) as made:
        fill(made)
        (place / "ids").write_text("\n".join([made.ids["import_id"][0], made.ids["candidate_id"][0],
                                               made.ids["job_id"][0]]))  # fmt: skip
        (place / "people.csv").write_text("Name,Email\nAnn Lee,ann@example.com\n")
    yield place


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_named_runs(home: Path, command: str) -> None:
    import_id, candidate_id, job_id = (home / "ids").read_text().split("\n")
    file = (
        str(home / "people.csv") if " cv " not in command else str(ROOT / "tests" / "fixtures" / "cvs" / "txt_utf8.txt")
    )
    stands_for = {"FILE": file, "IMPORT": import_id, "ID": candidate_id, "JOB": job_id}
    words = [stands_for.get(word, word) for word in shlex.split(command)[1:]]
    done = CliRunner().invoke(cli.main, ["--home", str(home), *words])
    refusal = REFUSES.get(words[0])
    assert done.exit_code == 0 or (refusal and refusal in done.output), (done.output, done.exception)
