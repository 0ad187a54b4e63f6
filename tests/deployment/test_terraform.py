"""infra/ says what the provider knows, gives each account what it needs and no more, and agrees with the core."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deploying import build
from terraform import INFRA, blocks, declared, evaluated, files, local_values, text
from test_cloudbuild import OTHERS, exported

from shared.stages.table import ATTEMPTS, ORDER, TABLE

SCHEMA = json.loads((Path(__file__).parent / "provider_schema.json").read_text(encoding="utf-8"))
META = {"for_each", "count", "depends_on", "lifecycle", "provider"}
needs_terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")

# Every role that is granted, by whom it goes to; a new one has to be argued for here.
ROLES = {
    "google_project_iam_member.documents": {"roles/datastore.user"},
    "google_storage_bucket_iam_member.files": {"roles/storage.${each.value.files}"},
    "google_cloud_tasks_queue_iam_member.queued": {"roles/cloudtasks.enqueuer"},
    "google_service_account_iam_member.signs_tasks": {"roles/iam.serviceAccountUser"},
    "google_service_account_iam_member.callers": {"roles/iam.serviceAccountOpenIdTokenCreator"},
    "google_service_account_iam_member.signs_urls": {"roles/iam.serviceAccountTokenCreator"},
    "google_project_iam_member.gemini": {"roles/aiplatform.user"},
    "google_secret_manager_secret_iam_member.identity_keys": {"roles/secretmanager.secretAccessor"},
    "google_secret_manager_secret_iam_member.gemini": {"roles/secretmanager.secretAccessor"},
    "google_project_iam_member.storage_publishes": {"roles/pubsub.publisher"},
    "google_project_iam_member.receives_events": {"roles/eventarc.eventReceiver"},
    "google_artifact_registry_repository_iam_member.builder": {"roles/artifactregistry.writer"},
    "google_project_iam_member.builder": {"roles/logging.logWriter", "roles/storage.objectViewer"},
    "google_project_iam_member.deployer": {
        "roles/cloudfunctions.developer",
        "roles/logging.logWriter",
        "roles/run.admin",
    },
    "google_project_iam_member.deployer_reads_source": {"roles/storage.objectViewer"},
    "google_service_account_iam_member.deploys_as": {"roles/iam.serviceAccountUser"},
    "google_kms_crypto_key_iam_member.agents": {"roles/cloudkms.cryptoKeyEncrypterDecrypter"},
}


def test_every_file_parses_and_names_nothing_twice() -> None:
    names = [str(block) for block in blocks()]
    assert len(files()) > 5 and len(names) > 20
    assert len(names) == len(set(names))


def test_the_provider_knows_every_attribute_and_gets_what_it_requires() -> None:
    assert [problem for block in blocks() for problem in wrong(block.body, SCHEMA[block.kind], str(block), META)] == []


def test_the_check_of_attributes_finds_what_is_wrong() -> None:
    queue = {"name": "a", "locatoin": "b", "rate_limits": [{"max_dispatches": 1}], "dynamic": [{"nothing": {}}]}
    found = wrong(queue, SCHEMA["google_cloud_tasks_queue"], "queue", META)
    assert sorted(found) == [
        "queue.dynamic nothing is unknown",
        "queue.location is missing",
        "queue.locatoin is unknown",
        "queue.rate_limits.max_dispatches is unknown",
    ]


def wrong(body: dict[str, Any], schema: dict[str, Any], path: str, meta: set[str]) -> Iterator[str]:
    """Yield what the provider would refuse."""
    attributes, nested = schema["attributes"], schema["blocks"]
    dynamic = [pair for entry in body.get("dynamic", []) for pair in entry.items()]
    for name, value in body.items():
        if name in meta or name in attributes or name == "dynamic":
            continue
        if name not in nested:
            yield f"{path}.{name} is unknown"
        for each in value if name in nested else ():
            yield from wrong(each, nested[name], f"{path}.{name}", set())
    for name, block in dynamic:
        if name not in nested:
            yield f"{path}.dynamic {name} is unknown"
        for each in block.get("content", []) if name in nested else ():
            yield from wrong(each, nested[name], f"{path}.{name}", set())
    there = {*body, *(name for name, _ in dynamic)}
    needed = {name for name, required in attributes.items() if required}
    needed |= {name for name, block in nested.items() if block["required"]}
    yield from (f"{path}.{name} is missing" for name in needed - there)


def test_everything_referred_to_is_declared() -> None:
    written = re.sub(r"#.*", "", text())
    known = {str(block) for block in blocks()}
    used = set(re.findall(r"(?<![\w.\"/])((?:data\.)?google_\w+\.\w+)", written))
    assert {name.replace("data.", "data_") for name in used} - known == set()
    assert set(re.findall(r"\bvar\.(\w+)", written)) == set(declared("variable"))
    assert set(re.findall(r"\blocal\.(\w+)", written)) == set(local_values())


def test_every_variable_and_output_says_what_it_is() -> None:
    described = [*declared("variable").values(), *declared("output").values()]
    assert all(len(each["description"]) > 10 for each in described)


def test_files_it_reads_are_there() -> None:
    named = re.findall(r'file\("\$\{path\.module\}/([^"]+)"\)', text())
    assert named and [name for name in named if not (INFRA / name).exists()] == []


def test_queues_are_those_of_the_task_functions() -> None:
    queues = {name: queue["entry_point"] for name, queue in local_values()["queues"].items()}
    assert queues == {each.queue: each.export for each in TABLE}


def test_a_queue_tries_as_often_as_the_functions_count() -> None:
    (queue,) = (block.body for block in blocks() if block.kind == "google_cloud_tasks_queue")
    (retries,) = queue["retry_config"]
    assert retries["max_attempts"] == ATTEMPTS
    assert seconds(retries["max_backoff"]) <= 600
    # Attempts and duration must both be spent: the waits before the last attempt are longer than the duration.
    assert seconds(retries["max_retry_duration"]) < (ATTEMPTS - 1) * seconds(retries["min_backoff"])


def seconds(duration: str) -> int:
    return int(duration.removesuffix("s"))


def test_every_function_has_an_account_and_queues_what_it_hands_on() -> None:
    functions, queues = local_values()["functions"], {(each.kind, each.stage): each.queue for each in TABLE}
    assert set(functions) == set(exported())
    for each in TABLE:
        own = [row for row in TABLE if row.export == each.export]
        later = {queues[one] for row in own for one in behind(row.kind, row.stage)}
        assert set(functions[each.export]["queues"]) == {each.queue} | later
    assert functions["api"]["queues"] == functions["backfill"]["queues"] == "${keys(local.queues)}"


def behind(kind: str, stage: str) -> list[tuple[str, str]]:
    """Return what is queued when this stage is done: the next one; people, behind an import's or a file's last."""
    people = [("candidates", ORDER["candidates"][0])]
    order = [(kind, each) for each in ORDER.get(kind, ("import_rows",))]
    order += people if kind in ("imports", "documents") else []
    return order[order.index((kind, stage)) + 1 :][:1]


def test_accounts_get_these_roles_and_no_others() -> None:
    granted = {str(block): roles(block.body) for block in blocks() if "_iam_" in block.kind}
    assert granted == ROLES
    assert not [role for each in granted.values() for role in each if re.search(r"roles/(owner|editor|viewer)$", role)]


def test_only_members_are_added_never_a_whole_policy_replaced() -> None:
    assert [str(block) for block in blocks() if block.kind.endswith(("_iam_policy", "_iam_binding"))] == []


def roles(body: dict[str, Any]) -> set[str]:
    """Return the roles a grant gives; a list of them stands in `for_each`."""
    if body["role"] != "${each.value}":
        return {body["role"]}
    return set(re.findall(r"roles/[\w.]+", body["for_each"]))


def test_grants_for_the_whole_project_are_narrowed_where_the_service_can() -> None:
    narrowed = {str(b) for b in blocks() if b.kind == "google_project_iam_member" and "condition" in str(b.body)}
    assert narrowed == {
        "google_project_iam_member.documents",  # this database
        "google_project_iam_member.builder",  # sources of functions
        "google_project_iam_member.deployer_reads_source",  # what was submitted
    }


def test_nothing_that_was_erased_stays() -> None:
    (bucket,) = (block.body for block in blocks() if block.kind == "google_storage_bucket")
    (database,) = (block.body for block in blocks() if block.kind == "google_firestore_database")
    assert bucket["versioning"] == [{"enabled": False}]
    assert bucket["soft_delete_policy"] == [{"retention_duration_seconds": 0}]
    assert database["point_in_time_recovery_enablement"] == "POINT_IN_TIME_RECOVERY_DISABLED"
    assert (bucket["uniform_bucket_level_access"], bucket["public_access_prevention"]) == (True, "enforced")


def test_schedules_call_functions_that_are_deployed() -> None:
    schedules = local_values()["schedules"]
    assert set(schedules) == {"backfill", "cleanup"} <= set(OTHERS)
    assert all(re.fullmatch(r"(\S+ ){4}\S+", each["cron"]) for each in schedules.values())


def test_the_build_takes_every_substitution_terraform_passes_on() -> None:
    passed = set(re.findall(r"\b(_[A-Z_]+)\s*=", text()))
    assert passed and passed - set(build()["substitutions"]) == set()
    needed = {name for name, value in build()["substitutions"].items() if value == ""}
    assert needed - passed == {"_GEMINI_LOCATION"}  # the region, unless it is set


@needs_terraform
def test_files_are_formatted() -> None:
    run = subprocess.run(
        ["terraform", "fmt", "-check", "-diff"], cwd=INFRA, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@needs_terraform
@pytest.mark.parametrize("quota", [10, 20, 60, 300, 2000, 20_000])
def test_queues_and_instances_together_stay_within_the_quota_and_use_it(tmp_path: Path, quota: int) -> None:
    wanted = "{d = local.dispatches, n = local.instances, r = local.requests_per_instance, q = local.queues}"
    found = evaluated(wanted, tmp_path, gemini_requests_per_minute=quota)
    clients = sum(found["r"][name] * found["n"][name] for name in found["r"])
    queues = sum(found["d"][name] * 60 * 50 * queue["calls"] for name, queue in found["q"].items())
    assert clients <= quota
    assert quota < 300 or clients >= 0.95 * quota
    assert queues <= max(quota, 15)  # no queue below one task in 1,000 seconds
    assert quota < 300 or queues >= 0.8 * quota  # the rest is the searches'


@needs_terraform
def test_an_unknown_quota_is_left_to_the_clients_to_find(tmp_path: Path) -> None:
    found = evaluated("{d = local.dispatches, n = local.instances, r = local.requests_per_instance}", tmp_path)
    assert set(found["r"].values()) == {0}
    assert set(found["d"]) == {each.queue for each in TABLE} and min(found["d"].values()) >= 1
    assert set(found["n"]) == set(exported())
