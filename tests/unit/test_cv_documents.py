"""CV files become people: once each, joined to whom they belong, and with a reason where they cannot."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Importer, people
from fake_model import FakeModel

from shared import wiring
from shared.adapters.offline.model import OfflineModel
from shared.cv_files.admit import admit_by_hand
from shared.cv_files.archives import files_of_zip, is_zip_of_files
from shared.cv_files.receive import (
    batch_status,
    documents_of,
    expect_many,
    owners_of,
    receive,
    receive_expected,
    receive_many,
    state_of,
    why_failed,
)  # fmt: skip
from shared.errors import InvalidRequest, NotFound, TooLarge, UnreadableFile
from shared.operations.dispatch import work_now
from shared.people.merge_split import split
from shared.pipeline.backlog import failures, queue_due, retry_some
from shared.ports import Data, Ports
from terminal.cvs import take_cvs
from terminal.runs import Run

MB = 10**6


def cv(name: str, email: str, job: str = "Engineer at Acme") -> bytes:
    return f"Name: {name}\nE-mail: {email}\nJob: {job}\n".encode()


def taken(ports: Ports, content: bytes, filename: str = "cv.txt", pool: str = "default") -> Data:
    document, _ = receive(ports, content, filename, pool, MB)
    work_now(ports, "documents", [document["id"]])
    return ports.store.get("documents", [document["id"]])[document["id"]].data


def test_a_cv_becomes_a_candidate_with_the_file_as_its_source(ports: Ports) -> None:
    document = taken(ports, cv("Ann Lee", "ann@example.com"))
    assert state_of(document) == "SUCCESS"
    ann = people(ports)["Ann Lee"]
    assert ann["person"]["emails"] == ["ann@example.com"]
    assert ann["profile"]["experiences"][0]["company"] == "Acme"
    assert [source["document_id"] for source in ann["sources"]] == [document["id"]]
    assert [each["filename"] for each in ann["documents"]] == ["cv.txt"]
    assert documents_of(ports, ann["id"]) == [document["id"]]
    assert ports.store.get("texts", [document["id"]])[document["id"]].data["text"].startswith("Name: Ann Lee")


def test_the_same_file_again_is_the_same_document_and_asks_no_model(ports: Ports, model: FakeModel) -> None:
    first = taken(ports, cv("Ann Lee", "ann@example.com"))
    wiring.thread_queue(ports).join()
    asked = dict(model.asked)
    document, new = receive(ports, cv("Ann Lee", "ann@example.com"), "other name.txt", "default", MB)
    work_now(ports, "documents", [document["id"]])
    assert (document["id"], new) == (first["id"], False)
    assert dict(model.asked) == asked
    assert len(people(ports)) == 1


def test_the_same_file_in_another_pool_is_another_person(ports: Ports) -> None:
    one = taken(ports, cv("Ann Lee", "ann@example.com"), pool="one")
    two = taken(ports, cv("Ann Lee", "ann@example.com"), pool="two")
    assert one["id"] != two["id"]
    assert sorted(row.data["pool"] for row in ports.store.query("candidates")) == ["one", "two"]


def test_a_cv_joins_the_person_an_export_brought_and_both_sources_stay(take: Importer, ports: Ports) -> None:
    take("Name,Email,Experiences\nAnn Lee,ann@example.com,Intern at Beta (01/2015 to 12/2016)\n")
    document = taken(ports, cv("Ann Lee", "ANN@example.com", "Engineer at Acme"))
    (ann,) = people(ports).values()
    assert owners_of(ports, [document["id"]]) == {document["id"]: ann["id"]}
    assert [source["kind"] for source in ann["sources"]] == ["cv", "row"]
    assert {each["company"] for each in ann["profile"]["experiences"]} == {"Acme", "Beta"}
    one, other = split(ports, ann["id"])
    rows = ports.store.get("candidates", [one, other])
    assert sorted(len(row.data.get("documents") or ()) for row in rows.values()) == [0, 1]


def test_a_cv_whose_linkedin_is_known_joins_that_person_and_can_be_split_again(take: Importer, ports: Ports) -> None:
    take("Name,Social profiles,Tags\nAnn Lee,Linkedin: https://www.linkedin.com/in/ann-lee-zz9/,kept\n")
    text = (
        b"Ann Lee\nann.lee@example.org\nlinkedin.com/in/ann-lee-zz9\nExperience\nNurse, Harrow Clinic\n03/2020 - now\n"
    )
    document, _ = receive(ports, text, "ann.txt", "default", MB)
    work_now(replace(ports, model=OfflineModel()), "documents", [document["id"]])
    (ann,) = ports.store.query("candidates")
    assert [source["kind"] for source in ann.data["sources"]] == ["cv", "row"]
    assert ann.data["person"]["emails"] == ["ann.lee@example.org"]
    assert ann.data["profile"]["experiences"][0]["company"] == "Harrow Clinic" and ann.data["profile"]["tags"] == [
        "kept"
    ]
    split(ports, ann.id)
    apart = {tuple(source["kind"] for source in row.data["sources"]) for row in ports.store.query("candidates")}
    assert apart == {("cv",), ("row",)}


def test_two_cvs_of_one_person_are_one_candidate(ports: Ports) -> None:
    taken(ports, cv("Ann Lee", "ann@example.com", "Engineer at Acme"), "old.txt")
    taken(ports, cv("Ann Lee", "ann@example.com", "Lead at Beta"), "new.txt")
    (ann,) = people(ports).values()
    assert [each["company"] for each in ann["profile"]["experiences"]] == ["Beta", "Acme"]
    assert [each["filename"] for each in ann["documents"]] == ["new.txt", "old.txt"]


def test_a_cv_parsed_anew_folds_its_person_again(ports: Ports, model: FakeModel) -> None:
    document = taken(ports, cv("Ann Lee", "ann@example.com"))
    model.version = 2
    source = ports.store.get("sources", [document["id"]])[document["id"]]
    from shared.ports import Update

    changed = {**document["facts"], "profile": {"headline": "Platform engineer"}}
    update = Update("documents", document["id"], {"facts": changed, "awaiting": "admit"}, None)
    ports.store.commit([[update]])
    work_now(ports, "documents", [document["id"]])
    (ann,) = people(ports).values()
    assert ann["id"] == source.data["candidate_id"]
    assert ann["profile"] == {"headline": "Platform engineer"}
    assert ann["person"]["emails"] == ["ann@example.com"]


def test_a_file_without_a_person_fails_with_a_reason_and_can_be_retried(ports: Ports) -> None:
    document = taken(ports, b"Lorem ipsum dolor sit amet")
    assert state_of(document) == "FAILED"
    (failure,) = failures(ports, "documents")
    assert failure["stage"] == "admit" and "neither a name nor a contact" in failure["reason"]
    assert people(ports) == {}
    assert retry_some(ports, "documents", [document["id"]]) == 1
    work_now(ports, "documents", [document["id"]])
    (failure,) = failures(ports, "documents")
    assert failure["attempts"] == 2


INVOICE = b"""INVOICE
Kontor Nord Ltd
accounts@kontor-nord.example
Invoice number 4711
Bill to: Larch Homes
Qty Unit price
Total 900.00
"""
PERSON = """{name}
{email}
Experience
Nurse, Harrow Clinic
03/2020 - now
Education
BSc Nursing, Marsh College, 2012 - 2015
"""


def test_what_is_no_cv_is_listed_with_what_it_looks_like_and_admitted_by_hand(ports: Ports) -> None:
    offline = replace(ports, model=OfflineModel())
    document = taken(offline, INVOICE, "bill.txt")
    assert "it looks like an invoice, not a CV" in (why_failed(document) or "")
    assert people(ports) == {}
    assert admit_by_hand(offline, [document["id"]]) == [document["id"]]
    work_now(offline, "documents", [document["id"]])
    (owner,) = ports.store.query("candidates")
    assert [flag["kind"] for flag in owner.data["flags"]] == ["not_a_cv"]


def test_a_file_about_two_people_makes_nobody_and_is_not_admitted_by_hand(ports: Ports) -> None:
    offline = replace(ports, model=OfflineModel())
    two = PERSON.format(name="Nadia Brandt", email="nadia.brandt@example.org")
    two += PERSON.format(name="Tom Ebden", email="tom.ebden@example.org")
    document = taken(offline, two.encode(), "both.txt")
    assert why_failed(document) == "both.txt: it is about 2 people; send one file for each"
    assert admit_by_hand(offline, [document["id"]]) == []
    assert people(ports) == {}


def test_a_document_says_how_many_of_its_lines_were_used(ports: Ports) -> None:
    offline = replace(ports, model=OfflineModel())
    text = PERSON.format(name="Nadia Brandt", email="nadia.brandt@example.org") + "Hobbies\nChess\n"
    document = taken(offline, text.encode())
    assert (document["lines"], document["lines_used"]) == (9, 8)


def test_an_empty_and_an_oversized_file_are_refused_before_anything_is_kept(ports: Ports) -> None:
    with pytest.raises(UnreadableFile, match=r"cv\.pdf: the file is empty"):
        receive(ports, b"", "C:\\people\\cv.pdf", "default", MB)
    with pytest.raises(TooLarge, match="SHORTLIST_MAX_CV_MB"):
        receive(ports, b"x" * (MB + 1), "cv.pdf", "default", MB)
    assert ports.store.count("documents") == 0


def test_a_batch_counts_its_files_and_says_why_some_failed(ports: Ports) -> None:
    files = [("a.txt", cv("Ann Lee", "ann@example.com")), ("b.txt", b""), ("c.txt", cv("Bo Chen", "bo@example.com"))]
    batch = receive_many(ports, files, "default", MB)
    before = batch_status(ports, batch)
    assert (before["status"], before["total_files"], before["failed_files"]) == ("RUNNING", 3, 1)
    queue_due(ports, "documents", [item["document_id"] for item in before["items"] if item["document_id"]])
    wiring.thread_queue(ports).join()
    after = batch_status(ports, batch)
    assert (after["status"], after["processed_files"], after["failed_files"]) == ("PARTIAL", 2, 1)
    assert [item["status"] for item in after["items"]] == ["SUCCESS", "FAILED", "SUCCESS"]
    assert after["items"][1]["error_message"] == "b.txt: the file is empty"
    assert after["completed_at"] >= after["started_at"]
    assert {row.data["awaiting"] for row in ports.store.query("candidates")} == {"ready"}  # their stages followed


def test_a_batch_waits_as_pending_while_nobody_works(ports: Ports) -> None:
    batch = receive_many(ports, [("a.txt", cv("Ann Lee", "ann@example.com"))], "default", MB)
    status = batch_status(ports, batch)
    assert (status["status"], status["completed_at"]) == ("PENDING", None)
    with pytest.raises(NotFound, match="no bulk upload"):
        batch_status(ports, "nowhere")
    with pytest.raises(InvalidRequest, match="no files"):
        receive_many(ports, [], "default", MB)


def test_an_archive_gives_its_files_and_a_docx_is_none(ports: Ports) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("people/ann.txt", cv("Ann Lee", "ann@example.com"))
        archive.writestr("__MACOSX/people/._ann.txt", b"litter")
        archive.writestr("big.txt", b"x" * (MB + 50))
    assert is_zip_of_files(packed.getvalue())
    found = dict(files_of_zip(packed, "all.zip", MB))
    assert list(found) == ["people/ann.txt", "big.txt"]
    assert len(found["big.txt"]) == MB + 1  # just enough to be refused
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert not is_zip_of_files(document.getvalue())
    ((name, reason),) = files_of_zip(io.BytesIO(b"PK\x03\x04 broken"), "all.zip", MB)
    assert name == "all.zip" and str(reason) == "all.zip: the archive is damaged; send the files themselves"


def packed(entries: list[tuple[str, bytes]], **options: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a name comes twice
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def taken_from(ports: Ports, content: bytes) -> list[dict[str, Any]]:
    assert is_zip_of_files(content)
    batch = receive_many(ports, files_of_zip(io.BytesIO(content), "all.zip", MB), "default", MB)
    items: list[dict[str, Any]] = batch_status(ports, batch)["items"]
    return items


def test_an_empty_archive_and_a_bomb_are_refused_as_one_item(ports: Ports) -> None:
    (empty,) = taken_from(ports, packed([]))
    assert (empty["filename"], empty["error_message"]) == ("all.zip", "all.zip: there are no files in it")
    bomb = packed([(f"{number}.txt", bytes(20_000_000)) for number in range(6)])
    (refused,) = taken_from(ports, bomb)
    assert refused["error_message"] == "all.zip: it unpacks to 120 MB; send the files themselves"
    assert ports.store.count("documents") == 0


def test_a_part_of_an_archive_that_is_damaged_or_locked_fails_alone(ports: Ports) -> None:
    content = bytearray(packed([("ann.txt", cv("Ann Lee", "ann@example.com")), ("bo.txt", b"x"), ("cy.txt", b"y")]))
    at = content.index(b"bo.txt") + len("bo.txt")
    content[at] ^= 0xFF  # its data
    locked = content.rindex(b"PK\x01\x02")  # the last entry of the directory
    content[locked + 8] |= 1
    ann, bo, cy = taken_from(ports, bytes(content))
    assert ann["document_id"] and ann["error_message"] is None
    assert bo["error_message"] == "bo.txt: it is damaged in the archive; send the file itself"
    assert cy["error_message"] == "cy.txt: it is protected by a password; send it without"


def test_names_of_an_archive_lead_nowhere_and_may_come_twice(ports: Ports) -> None:
    names = [
        "../../evil.txt",
        "/etc/passwd",
        "C:\\people\\cv.txt",
        "same.txt",
        "same.txt",
        "履歴書" * 40 + ".txt",
    ]
    items = taken_from(ports, packed([(name, f"{number}".encode()) for number, name in enumerate(names)]))
    shown = [item["filename"] for item in items]
    assert shown[:5] == ["evil.txt", "passwd", "cv.txt", "same.txt", "same.txt"]
    assert shown[5].startswith("履歴書") and shown[5].endswith(".txt") and len(shown[5].encode()) <= 200
    assert len({item["document_id"] for item in items}) == len(names)
    paths = [row.data["file"] for row in ports.store.query("documents")]
    assert all(path.startswith("documents/") and ".." not in path for path in paths)


def test_an_announced_file_becomes_its_item_once_it_is_there(ports: Ports) -> None:
    batch, (item,) = expect_many(ports, ["cv.txt"], "default")
    assert item["upload"] == f"incoming/cv/default/{item['id']}/cv.txt"
    assert batch_status(ports, batch)["status"] == "PENDING"
    document = receive_expected(ports, item["id"], cv("Ann Lee", "ann@example.com"), MB)
    assert document
    work_now(ports, "documents", [document["id"]])
    assert batch_status(ports, batch)["status"] == "SUCCESS"
    assert receive_expected(ports, "unknown-1", b"x", MB) is None


def test_a_batch_of_a_file_that_was_known_does_not_end_before_it_started(ports: Ports) -> None:
    file = ("cv.txt", cv("Ann Lee", "ann@example.com"))
    first = receive_many(ports, [file], "default", MB)
    work_now(ports, "documents", [item["document_id"] for item in batch_status(ports, first)["items"]])
    status = batch_status(ports, receive_many(ports, [file], "default", MB))
    assert status["status"] == "SUCCESS"
    assert status["completed_at"] >= status["started_at"]


def test_an_archive_at_the_terminal_is_the_files_in_it(ports: Ports, tmp_path: Path) -> None:
    archive = tmp_path / "cvs.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("one/a.txt", cv("Ann Lee", "ann@example.com"))
        packed.writestr("b.txt", cv("Bo Chen", "bo@example.com"))
    taken_in = take_cvs(ports, Run(), [archive], "default", MB)
    assert [(each["file"], each["status"]) for each in taken_in["files"]] == [
        (f"{archive}/one/a.txt", "SUCCESS"),
        (f"{archive}/b.txt", "SUCCESS"),
    ]
    assert set(people(ports)) == {"Ann Lee", "Bo Chen"}
