"""Storage events: what is dropped below `incoming/` is taken once, and every refusal can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES
from doors import Post, call, cloud_settings
from parts import process

from shared.access.pools import add_pool
from shared.errors import Retryable
from shared.imports.start import list_imports
from shared.imports.uploads import list_uploads
from shared.models.batch import Upload
from shared.ports import Ports
from shared.wiring import thread_queue

WRITTEN = "google.cloud.storage.object.v1.finalized"
CSV = b"Name,Email\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\n"


@pytest.fixture
def tell(post: Post, ports: Ports) -> Any:
    """Write an object into Files and tell of it; returns the answer's status."""

    def told(
        name: str, content: bytes | None = CSV, generation: str = "7", size: int | None = None, type: str = WRITTEN
    ) -> int:
        if content is not None:
            ports.files.write(name, content)
        size = len(content or b"") if size is None else size
        data = {"bucket": "b", "name": name, "generation": generation, "size": str(size)}
        headers = {"ce_id": "1", "ce_source": "//storage", "ce_specversion": "1.0", "ce_type": type}
        return post("on_upload", data, Content_Type="application/json", **headers).status_code

    return told


def upload(ports: Ports) -> Upload:
    (one,) = list_uploads(ports.store, 10)
    return one


def test_a_dropped_export_becomes_people_of_its_pool(tell: Any, ports: Ports) -> None:
    assert tell("incoming/csv/default/people.csv", (FIXTURES / "ats" / "ats_export.csv").read_bytes()) == 200
    thread_queue(ports).join()
    (imported,) = list_imports(ports.store)
    assert (imported.state, imported.pool, imported.counts.created) == ("SUCCESS", "default", 398)
    assert (upload(ports).state, upload(ports).import_id) == ("SUCCESS", imported.id)


def test_an_event_told_twice_is_one_import_and_a_new_version_another(tell: Any, ports: Ports) -> None:
    for generation in ("7", "7", "8", "7"):
        assert tell("incoming/csv/default/people.csv", generation=generation) == 200
    thread_queue(ports).join()
    assert sorted(each.counts.created for each in list_imports(ports.store)) == [0, 2]
    assert ports.store.count("candidates") == 2


def test_an_event_interrupted_before_its_task_was_queued_goes_on_when_told_again(
    tell: Any, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = thread_queue(ports)

    def away(tasks: Sequence[Any]) -> None:
        raise Retryable("the queue is away")

    with monkeypatch.context() as patch:
        patch.setattr(queue, "enqueue", away)
        assert tell("incoming/csv/default/people.csv") == 503
    assert upload(ports).state == "RUNNING"
    assert tell("incoming/csv/default/people.csv") == 200
    queue.join()
    assert [each.state for each in list_imports(ports.store)] == ["SUCCESS"]


@pytest.mark.parametrize(
    "name",
    [
        "imports/7/people.csv",
        "incoming/people.csv",
        "incoming/csv/people.csv",
        "incoming/csv/default/",
        "incoming/csv/default/deeper/people.csv",
        "incoming/doc/default/people.csv",
        "other/incoming/csv/default/people.csv",
    ],
)
def test_what_lies_elsewhere_is_none_of_ours(tell: Any, ports: Ports, name: str) -> None:
    assert tell(name, None) == 200
    assert list_uploads(ports.store, 10) == [] and list_imports(ports.store) == []


def test_other_events_of_the_bucket_are_ignored(tell: Any, ports: Ports) -> None:
    assert tell("incoming/csv/default/people.csv", type="google.cloud.storage.object.v1.deleted") == 200
    assert list_uploads(ports.store, 10) == []


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        ("incoming/csv/nowhere/people.csv", CSV, None, "no pool 'nowhere'"),
        ("incoming/csv/a b/people.csv", CSV, None, "pool"),
        ("incoming/csv/default/people.pdf", CSV, None, "people.pdf"),
        ("incoming/csv/default/people.csv", b"\x89PNG\r\n\x1a\n", None, "PNG"),
        ("incoming/csv/default/people.csv", b"", None, "empty"),
        ("incoming/csv/default/people.csv", b"Email\na@example.com\n", None, "Name"),
        ("incoming/csv/default/people.csv", CSV, 10**12, "SHORTLIST_MAX_FILE_MB"),
        ("incoming/csv/default/people.csv", None, None, "deleted or replaced before it was read"),
    ],
)
def test_a_refusal_is_recorded_with_its_reason_and_the_event_does_not_come_again(
    tell: Any, ports: Ports, name: str, content: bytes | None, size: int | None, said: str
) -> None:
    assert tell(name, content, size=size) == 200
    refused = upload(ports)
    assert refused.state == "FAILED" and said in (refused.error or "")
    assert list_imports(ports.store) == []


def test_a_pool_that_was_made_takes_files(tell: Any, ports: Ports) -> None:
    add_pool(ports, "acme")
    assert tell("incoming/csv/acme/people.csv") == 200
    assert upload(ports).state == "RUNNING" or upload(ports).state == "SUCCESS"


class AwayStore:
    """A fake store that nobody reaches."""

    def __getattr__(self, name: str) -> Any:
        raise Retryable("the database is away")


def test_a_store_that_is_away_makes_the_event_come_again(ports: Ports, tmp_path: Path) -> None:
    process.use(cloud_settings(tmp_path), replace(ports, store=AwayStore()))
    data = {"bucket": "b", "name": "incoming/csv/default/people.csv", "generation": "7", "size": "9"}
    headers = {"ce_id": "1", "ce_source": "//storage", "ce_specversion": "1.0", "ce_type": WRITTEN}
    answer = call("on_upload", data, {"Content_Type": "application/json", **headers})
    assert answer.status_code == 503 and answer.headers["Retry-After"]


def test_a_dropped_cv_becomes_a_document(tell: Any, ports: Ports) -> None:
    text = b"Ann Lee\nann@example.com\n\nExperience\nEngineer at Acme, 2019 to 2024\n"
    assert tell("incoming/cv/default/ann.txt", text) == 200
    taken = upload(ports)
    assert taken.state == "SUCCESS" and taken.document_id
    assert ports.store.get("documents", [taken.document_id])[taken.document_id].data["filename"] == "ann.txt"
    thread_queue(ports).join()


def test_a_cv_nobody_announced_is_refused(tell: Any, ports: Ports) -> None:
    assert tell("incoming/cv/default/item-1/ann.txt", b"Ann Lee") == 200
    assert "announced" in (upload(ports).error or "")
