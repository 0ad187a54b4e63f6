"""A file's name is only a name: long, dotted and unprintable ones are made safe alike at every entrance."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from conftest import Importer
from parts.api import Api

from shared.cv_files.receive import expect_many, receive, receive_many
from shared.imports.uploads import DroppedFile, take_object
from shared.ports import Ports, Store
from shared.reading.file_names import safe_filename

PEOPLE = b"Name,Email\nFilo Nimm,filo.nimm@example.org\n"
JOBS = b"company,position\nAcme,Engineer\n"
MB = 1_000_000
NAMES = {
    "x" * 300 + ".csv": "x" * 196 + ".csv",
    "履歴書" * 100 + ".csv": "履歴書" * 21 + "履歴.csv",
    "x." + "y" * 300: "x." + "y" * 198,
    "a/../b.csv": "b.csv",
    "../../etc/b.csv": "b.csv",
    "C:\\people\\b.csv": "b.csv",
    "/b.csv": "b.csv",
    "b.csv/": "b.csv",
    "line\nbreak\x1b[2J\0.csv": "linebreak[2J.csv",
    "turned\u202evsc.exe": "turnedvsc.exe",
    "cut\udcff.csv": "cut.csv",
    "CON.csv": "_CON.csv",
    "lpt1": "_lpt1",
    ".hidden.csv": ".hidden.csv",
    "Lebenslauf Müller.csv": "Lebenslauf Müller.csv",
    **dict.fromkeys(("", " ", ".", "..", "a/..", "/", "...", "\x07"), "export.csv"),
}
SENT = [name for name in NAMES if "\udcff" not in name]  # what UTF-8 can carry in an address


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_made_safe_once_and_for_all(name: str) -> None:
    safe = safe_filename(name, "export.csv")
    assert safe == NAMES[name]
    assert safe_filename(safe, "other") == safe
    assert len(safe.encode()) <= 200


def files_of(store: Store, kind: str, field: str = "file") -> list[str]:
    return [row.data[field] for row in store.query(kind)]


@pytest.mark.parametrize("name", SENT, ids=ascii)
def test_an_import_takes_any_name(api: Api, name: str) -> None:
    query = {"pool": "acme", "filename": name}
    answer = api("acme", "POST", "/api/imports/", query_string=query, data=PEOPLE, content_type="text/csv")
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("name", SENT, ids=ascii)
def test_a_preview_takes_any_name_and_is_committed(api: Api, name: str) -> None:
    query = {"pool": "acme", "filename": name}
    answer = api("acme", "POST", "/api/imports/preview/", query_string=query, data=PEOPLE, content_type="text/csv")
    assert answer.status_code == 201, answer.text
    assert api("acme", "POST", f"/api/imports/preview/{answer.json['id']}/commit/").status_code == 201


@pytest.mark.parametrize("name", SENT, ids=ascii)
def test_a_file_of_jobs_takes_any_name(api: Api, name: str) -> None:
    query = {"pool": "acme", "filename": name or "jobs.csv"}
    answer = api("acme", "POST", "/api/jobs/import/", query_string=query, data=JOBS, content_type="text/csv")
    assert answer.status_code == 201, answer.text
    assert len(answer.json["filename"].encode()) <= 200
    assert answer.json["filename"] == safe_filename(name, "jobs.csv")


def test_the_name_of_a_part_of_a_form_is_made_safe(api: Api) -> None:
    for path, field, content in (
        ("/api/imports/", "file", PEOPLE),
        ("/api/imports/preview/", "file", PEOPLE),
        ("/api/jobs/import/", "file", JOBS),
        ("/api/cv-documents/", "source_file", b"Ann Lee\nann@example.com\n"),
        ("/api/cv-documents/bulk/", "files", b"Ann Lee\nann@example.com\n"),
    ):
        for name in ("x" * 300 + ".csv", "..", "CON"):
            form: dict[str, Any] = {field: [(io.BytesIO(content), name)]}
            answer = api("acme", "POST", f"{path}?pool=acme", data=form, content_type="multipart/form-data")
            assert answer.status_code < 300, (path, name, answer.text)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_cvs_one_by_one_and_in_bulk_are_kept_under_the_safe_name(ports: Ports, name: str) -> None:
    safe = safe_filename(name, "cv")
    document, _ = receive(ports, b"Ann Lee", name, "default", MB)
    receive_many(ports, [(name, b"Bo Ray")], "default", MB)
    assert document["filename"] == safe
    assert {path.rpartition("/")[2] for path in files_of(ports.store, "documents")} == {safe}
    assert files_of(ports.store, "items", "filename") == [safe]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_an_announced_file_is_expected_under_the_safe_name(ports: Ports, name: str) -> None:
    _, (item,) = expect_many(ports, [name], "default")
    assert item["upload"] == f"incoming/cv/default/{item['id']}/{safe_filename(name, 'cv')}"


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "line\nbreak\x1b[2J.csv", "CON.csv"], ids=ascii)
def test_a_dropped_file_is_imported_under_the_safe_name(ports: Ports, take: Importer, name: str) -> None:
    take("Name\nAnn Lee\n")  # makes the pool
    dropped = DroppedFile(f"incoming/csv/default/{name}", "1", len(PEOPLE))
    upload = take_object(ports, dropped, {"csv": MB, "cv": MB}, lambda: io.BytesIO(PEOPLE))
    assert upload is not None
    assert "error" not in upload, json.dumps(upload)
    stored = ports.store.get("imports", [upload["import_id"]])[upload["import_id"]].data
    assert stored["filename"] == safe_filename(name, "file")


def test_a_name_the_disk_refuses_is_no_reason_to_try_again(ports: Ports) -> None:
    with pytest.raises(Exception, match="too long") as refused:
        ports.files.write("previews/1/" + "x" * 300, b"")
    assert not getattr(refused.value, "retryable", True)
