"""cloudbuild.yaml deploys what main.py exports: each once, private, as itself, with settings config.py knows."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from deploying import (
    PROJECT,
    ROOT,
    Deployment,
    build,
    deployments,
    invokers,
    run_with_fake_gcloud,
    step,
    substitutions,
)

import main
from shared.config import load_settings
from shared.stages.table import TABLE

OURS = f"@{PROJECT}.iam.gserviceaccount.com"
# What a function is called on Google Cloud, where it is not one of the task functions' table.
OTHERS = {
    "api": "api",
    "onUpload": "on_upload",
    "batchEnrichCandidates": "batch_enrich_candidates",
    "backfill": "backfill",
    "cleanup": "cleanup",
}
ASK_GEMINI = {"api", "parse", "classify", "batchEnrich", "embed", "runJobs"}
NOT_OURS = {"THREADS"}  # read by functions-framework


def exported() -> list[str]:
    """Return the entry points of main.py."""
    return sorted(main.entry_points)


def deployed(tmp_path: Path, **given: str) -> dict[str, Deployment]:
    calls, ended = run_with_fake_gcloud(tmp_path, substitutions(exported(), **given))
    assert ended.returncode == 0, ended.stderr
    return {each.name: each for each in deployments(calls)}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    found, ended = run_with_fake_gcloud(tmp_path_factory.mktemp("deploy"), substitutions(exported()))
    assert ended.returncode == 0, ended.stderr
    return found


@pytest.fixture(scope="module")
def functions(calls: list[list[str]]) -> dict[str, Deployment]:
    return {each.name: each for each in deployments(calls)}


def test_every_export_of_main_is_deployed_exactly_once(calls: list[list[str]]) -> None:
    assert sorted(each.flag("entry-point") for each in deployments(calls)) == sorted(exported())


def test_deployed_names_are_those_tasks_and_schedules_call(functions: dict[str, Deployment]) -> None:
    expected = {**OTHERS, **{each.deployed: each.export for each in TABLE}}
    assert {name: each.flag("entry-point") for name, each in functions.items()} == expected


def test_only_the_api_answers_everybody(functions: dict[str, Deployment]) -> None:
    open_to_all = {name for name, each in functions.items() if "allow-unauthenticated" in each.flags}
    private = {name for name, each in functions.items() if "no-allow-unauthenticated" in each.flags}
    assert open_to_all == {"api"}
    assert private == set(functions) - {"api"}


def test_the_api_can_be_kept_for_those_iam_lets_in(tmp_path: Path) -> None:
    found = deployed(tmp_path, _API_ACCESS="private")
    assert {name for name, each in found.items() if "allow-unauthenticated" in each.flags} == set()


def test_tokens_without_signature_are_believed_only_where_cloud_run_has_checked_them(
    functions: dict[str, Deployment],
) -> None:
    believing = {name for name, each in functions.items() if each.environment["SHORTLIST_SIGNATURES_CHECKED"] == "true"}
    assert believing == {name for name, each in functions.items() if "no-allow-unauthenticated" in each.flags}


def test_private_functions_answer_only_whom_they_name(calls: list[list[str]], functions: dict[str, Deployment]) -> None:
    tasks, events = f"serviceAccount:shortlist-tasks{OURS}", f"serviceAccount:shortlist-events{OURS}"
    expected = {(name, events if name == "onUpload" else tasks) for name in set(functions) - {"api"}}
    assert sorted(invokers(calls)) == sorted(expected)


def test_what_only_google_calls_is_not_reachable_from_outside(functions: dict[str, Deployment]) -> None:
    reachable = {name for name, each in functions.items() if each.flag("ingress-settings") != "internal-only"}
    assert reachable == {"api", "batchEnrichCandidates"}


def test_each_function_runs_as_an_account_of_its_own(functions: dict[str, Deployment]) -> None:
    for each in functions.values():
        entry_point = each.flag("entry-point").replace("_", "-")
        assert each.flag("service-account") == f"fn-{entry_point}{OURS}"
        assert re.fullmatch(r"[a-z][a-z0-9-]{4,28}[a-z0-9]", f"fn-{entry_point}"), "no valid account id"


def test_lost_storage_events_come_again(functions: dict[str, Deployment]) -> None:
    with_events = {name for name, each in functions.items() if "trigger-event-filters" in each.flags}
    assert with_events == {"onUpload"} == {name for name, each in functions.items() if "retry" in each.flags}
    wanted = ["type=google.cloud.storage.object.v1.finalized", "bucket=demo-bucket"]
    assert functions["onUpload"].flags["trigger-event-filters"] == wanted
    assert functions["onUpload"].flag("trigger-location") == functions["onUpload"].flag("region")


def test_functions_stop_before_whoever_called_them_gives_up(functions: dict[str, Deployment]) -> None:
    limits = {"onUpload": 540, "backfill": 1800, "cleanup": 1800}  # events; Cloud Scheduler's longest deadline
    for name, each in functions.items():
        assert int(each.flag("timeout")) <= limits.get(name, 1800), name  # tasks: 30 minutes
    for name in {each.deployed for each in TABLE}:
        gives_back = int(functions[name].environment["SHORTLIST_TASK_SECONDS"])
        assert gives_back + 60 <= int(functions[name].flag("timeout")), name


def test_as_many_threads_as_requests_at_once(functions: dict[str, Deployment]) -> None:
    assert {each.flag("concurrency") == each.environment["THREADS"] for each in functions.values()} == {True}
    assert {functions[each.deployed].flag("concurrency") for each in TABLE} == {"1"}


def test_every_variable_it_sets_is_read_by_config(functions: dict[str, Deployment]) -> None:
    known = set(re.findall(r"[A-Z][A-Z_]{4,}", (ROOT / "shared" / "config.py").read_text(encoding="utf-8")))
    for part in ("STORE", "FILES", "QUEUE", "MODEL"):
        known.add(f"SHORTLIST_{part}")
    for name, each in functions.items():
        assert set(each.environment) - known - NOT_OURS == set(), name


def test_each_function_starts_with_the_settings_it_is_given(functions: dict[str, Deployment]) -> None:
    for name, each in functions.items():
        settings = load_settings({**each.environment, "SHORTLIST_KEY_SECRET": "ab" * 32, "K_SERVICE": name.lower()})
        assert (settings.store, settings.files, settings.queue) == ("firestore", "gcs", "cloud_tasks"), name
        assert settings.model == "gemini" and settings.gemini.api_key == "", name
        assert (settings.google.project, settings.google.bucket) == (PROJECT, "demo-bucket"), name
        assert settings.google.functions_url == f"https://europe-west1-{PROJECT}.cloudfunctions.net"
        assert settings.google.tasks_account == f"shortlist-tasks{OURS}"
        assert settings.gemini.per_minute == 3, name


def test_the_secret_of_the_identity_keys_is_pinned(functions: dict[str, Deployment]) -> None:
    assert {each.environment["SHORTLIST_KEY_SECRET"] for each in functions.values()} == {"shortlist-key-secret:1"}


def test_only_functions_that_ask_gemini_get_its_key(tmp_path: Path) -> None:
    found = deployed(tmp_path, _GEMINI_BY_KEY="true")
    assert {name for name, each in found.items() if "GEMINI_API_KEY" in each.environment} == ASK_GEMINI


def test_quota_and_instances_go_to_the_function_they_are_for(tmp_path: Path) -> None:
    values = {"_PER_MINUTE": "api=1 classify=22 embed=0", "_INSTANCES": " ".join(f"{n}={len(n)}" for n in exported())}
    found = deployed(tmp_path, **values)
    assert {each.flag("max-instances") for each in found.values()} == {str(len(name)) for name in exported()}
    per_minute = {name: each.environment["SHORTLIST_GEMINI_PER_MINUTE"] for name, each in found.items()}
    assert (per_minute["api"], per_minute["classify"], per_minute["embed"], per_minute["cleanup"]) == (
        "1",
        "22",
        "0",
        "",
    )


@pytest.mark.parametrize("name", ["embed", "onUpload"])
def test_one_function_that_does_not_deploy_fails_the_build_and_lets_the_others_go_on(tmp_path: Path, name: str) -> None:
    calls, ended = run_with_fake_gcloud(tmp_path, substitutions(exported()), FAKE_GCLOUD_FAILS=name)
    assert ended.returncode == 1
    assert len(deployments(calls)) == len(exported())
    assert name not in {function for function, _ in invokers(calls)}, "it was opened although it is not there"


def test_the_build_tests_before_it_deploys() -> None:
    assert step("deploy")["waitFor"] == ["test"]
    assert step("test")["script"] == "make test"


def test_cloud_build_knows_every_field() -> None:
    document = files("googleapiclient.discovery_cache.documents").joinpath("cloudbuild.v1.json")
    schemas = json.loads(document.read_text(encoding="utf-8"))["schemas"]
    assert problems(build(), {"$ref": "Build"}, schemas, "build") == []


def test_the_check_of_fields_finds_what_is_wrong() -> None:
    steps = {"type": "array", "items": {"type": "boolean"}}
    schemas = {"Build": {"type": "object", "properties": {"timeout": {"type": "string"}, "steps": steps}}}
    wrong = {"timeout": 5, "step": [], "steps": ["x"]}
    assert len(problems(wrong, {"$ref": "Build"}, schemas, "build")) == 3


def test_every_substitution_is_used_and_every_used_one_is_declared() -> None:
    script = step("deploy")["script"]
    used = set(re.findall(r"\$\{?(_[A-Z_]+)", script))
    assert used == set(build()["substitutions"])


def problems(value: Any, schema: dict[str, Any], schemas: dict[str, Any], path: str) -> list[str]:
    """Return where a value is not what a discovery document says."""
    schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    if "properties" in schema:
        known = schema["properties"]
        if not isinstance(value, dict):
            return [f"{path} is no object"]
        wrong = [f"{path}.{name} is unknown" for name in set(value) - set(known)]
        return wrong + [
            p for n in set(value) & set(known) for p in problems(value[n], known[n], schemas, f"{path}.{n}")
        ]
    if schema.get("type") == "array":
        if not isinstance(value, list):
            return [f"{path} is no list"]
        return [p for i, each in enumerate(value) for p in problems(each, schema["items"], schemas, f"{path}[{i}]")]
    kinds = {"string": str, "boolean": bool, "integer": int, "object": dict}
    wrong_type = not isinstance(value, kinds.get(schema.get("type", ""), object))
    unknown = "enum" in schema and value not in schema["enum"]
    return [f"{path} is {value!r}"] if wrong_type or unknown else []
