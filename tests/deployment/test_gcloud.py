"""What the real gcloud makes of the deploy step: its flags are parsed, and what it sends is what Google's API takes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from deploying import PROJECT, ROOT, run_deploy_step, substitutions
from fake_google_apis import FakeGoogleApis, Sent
from test_cloudbuild import exported, problems

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("gcloud") is None, reason="gcloud is not installed"),
]


# One function of each kind: gcloud takes seconds to start. What every line says is tested with another gcloud.
DEPLOYED = {"api": "api", "onUpload": "on_upload", "classify": "classify", "backfill": "backfill"}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Sent]]:
    """Everything gcloud sends when the whole step runs."""
    google, folder = FakeGoogleApis(), tmp_path_factory.mktemp("gcloud")
    environment = {**google.environment(), "CLOUDSDK_CONFIG": str(folder / "config")}
    ended = run_deploy_step(folder, substitutions(exported()), os.environ["PATH"], DEPLOYED, **environment)
    google.close()
    assert ended.returncode == 0, ended.stderr[-4000:]
    yield google.sent


@pytest.fixture(scope="module")
def created(sent: list[Sent]) -> dict[str, Any]:
    """The function of each request that creates one, by name."""
    return {each.path.rpartition("functionId=")[2]: each.body for each in sent if "functionId=" in each.path}


def test_every_function_is_created_as_a_second_generation_function_takes_it(created: dict[str, Any]) -> None:
    document = files("googleapiclient.discovery_cache.documents").joinpath("cloudfunctions.v2.json")
    schemas = json.loads(document.read_text(encoding="utf-8"))["schemas"]
    assert {name: each["buildConfig"]["entryPoint"] for name, each in created.items()} == DEPLOYED
    assert [p for name, each in created.items() for p in problems(each, {"$ref": "Function"}, schemas, name)] == []
    assert {each["buildConfig"]["runtime"] for each in created.values()} == {"python313"}


def test_accounts_limits_and_settings_arrive(created: dict[str, Any]) -> None:
    classify = created["classify"]["serviceConfig"]
    assert classify["serviceAccountEmail"] == f"fn-classify@{PROJECT}.iam.gserviceaccount.com"
    assert classify["maxInstanceCount"] == 3
    assert classify["maxInstanceRequestConcurrency"] == 1
    assert (classify["timeoutSeconds"], classify["availableMemory"], classify["availableCpu"]) == (900, "512Mi", "1")
    assert classify["ingressSettings"] == "ALLOW_INTERNAL_ONLY"
    assert classify["environmentVariables"]["SHORTLIST_DATABASE"] == "(default)"
    (secret,) = classify["secretEnvironmentVariables"]
    assert (secret["key"], secret["secret"], secret["version"]) == ("SHORTLIST_KEY_SECRET", "shortlist-key-secret", "1")
    builder = created["classify"]["buildConfig"]["serviceAccount"]
    assert builder.endswith(f"/shortlist-builder@{PROJECT}.iam.gserviceaccount.com")


def test_storage_events_arrive_again_after_a_failure(created: dict[str, Any]) -> None:
    triggers = {name: each["eventTrigger"] for name, each in created.items() if "eventTrigger" in each}
    assert set(triggers) == {"onUpload"}
    trigger = triggers["onUpload"]
    assert trigger["eventType"] == "google.cloud.storage.object.v1.finalized"
    assert trigger["eventFilters"] == [{"attribute": "bucket", "value": "demo-bucket"}]
    assert trigger["retryPolicy"] == "RETRY_POLICY_RETRY"
    assert trigger["serviceAccountEmail"] == f"shortlist-events@{PROJECT}.iam.gserviceaccount.com"


def test_who_may_call_is_set_on_the_service_behind_each_private_function(sent: list[Sent]) -> None:
    policies = {each.path.partition("?")[0]: each.body["policy"] for each in sent if ":setIamPolicy" in each.path}
    services = {path.rpartition("/")[2].removesuffix(":setIamPolicy"): policy for path, policy in policies.items()}
    members = {service: invokers(policy) for service, policy in services.items()}
    tasks = {f"serviceAccount:shortlist-tasks@{PROJECT}.iam.gserviceaccount.com"}
    events = {f"serviceAccount:shortlist-events@{PROJECT}.iam.gserviceaccount.com"}
    private = {each.lower() for each in DEPLOYED} - {"api"}
    open_to_all = {"api": {"allUsers"}}
    assert members == {name: events if name == "onupload" else tasks for name in private} | open_to_all


def invokers(policy: dict[str, Any]) -> set[str]:
    return {m for each in policy["bindings"] if each["role"] == "roles/run.invoker" for m in each["members"]}


def test_what_is_uploaded_is_what_the_functions_need_and_starts(sent: list[Sent], tmp_path: Path) -> None:
    uploads = [each.body for each in sent if each.path == "/upload"]
    assert len(uploads) == len(DEPLOYED)
    with zipfile.ZipFile(io.BytesIO(uploads[0])) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        archive.extractall(tmp_path)
    tops = {name.partition("/")[0] for name in names}
    needed = ["main.py", "openapi.json", "functions", "shared", "web", "requirements.txt", "requirements-core.txt"]
    assert tops <= set(needed)
    tracked = subprocess.run(
        ["git", "ls-files", *needed, ":!functions/openapi"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert {name for name in tracked if name and (ROOT / name).exists()} <= names
    start = "import main, shared, sys; print(shared.__file__); [getattr(main, name) for name in main.entry_points]"
    run = subprocess.run([sys.executable, "-c", start], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(str(tmp_path))


def test_a_flag_gcloud_does_not_know_fails_here(tmp_path: Path) -> None:
    google = FakeGoogleApis()
    environment = {**os.environ, **google.environment(), "CLOUDSDK_CONFIG": str(tmp_path)}
    command = ["gcloud", "functions", "deploy", "api", "--gen2", "--concurency=1"]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    google.close()
    assert run.returncode == 2 and "--concurency" in run.stderr
