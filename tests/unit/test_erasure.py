"""Who is erased is in no file of the home any more, and does not come back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from conftest import Importer, people

from shared import wiring
from shared.access import Reads, audit
from shared.adapters.local.folder import FolderFiles
from shared.cv_files.receive import batch_status, receive, receive_many
from shared.errors import NotAllowed, NotFound, Retryable, WasErased
from shared.imports.dropped_files import take_dropped_files
from shared.imports.start import run_import, start_import
from shared.imports.undo import undo_import
from shared.models.batch import ImportOptions
from shared.models.caller import Caller
from shared.models.collections import COLLECTIONS
from shared.models.erasure import Erasure
from shared.models.search_run import SearchAsked
from shared.operations.dispatch import work_now
from shared.people.manual_entry import add_by_hand
from shared.people.merge_split import merge
from shared.pipeline.backlog import queue_due
from shared.ports import Create, Data, Ports
from shared.privacy.erase import NOTES, erase, finish_erasures, list_erasures
from shared.search.runs import create_run, read_run

ADMIN = Caller(uid="boss")
# Words whose beginnings are nobody else's, so that no index can hold them cut short.
NAME, EMAIL, LINK, PHONE = "Xqzvanna Wrzbicka", "xqzvanna.wrz@example.org", "xqz-wrzbicka", "+48 600 123 987"
TRACES = ("xqzvanna", "qzvanna", "wrzbicka", "rzbicka", LINK, "600 123 987", "600123987")
HEADER = "Name,Email,LinkedIn,Phone,Current title,Current company,Disqualified,Job title\n"
HERS = f"{NAME},{EMAIL},https://www.linkedin.com/in/{LINK},{PHONE},Backend Engineer,Acme,No,Engineer\n"
OTHERS = [f"Person {n} Able,p{n}@example.com,,,Backend Engineer,Acme {n},No,Engineer\n" for n in range(40)]
CV = f"Name: {NAME}\nE-mail: {EMAIL}\nJob: Engineer at Acme\n".encode()


def admin(ports: Ports) -> Reads:
    return Reads(ports, ADMIN)


def files_with_traces(home: Path) -> list[str]:
    found = []
    for path in home.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        wide = content.replace(b"\0", b"")
        for trace in TRACES:
            if trace.encode() in content or trace.encode() in wide or trace.encode() in path.name.lower().encode():
                found.append(f"{path.relative_to(home)}: {trace}")
    return found


def read_cv(ports: Ports, content: bytes = CV, filename: str = "Xqzvanna Wrzbicka.txt") -> Data:
    document, _ = receive(ports, content, filename, "default", 10**6)
    work_now(ports, "documents", [document["id"]])
    return ports.store.get("documents", [document["id"]])[document["id"]].data


@pytest.fixture
def home(ports: Ports, take: Importer, tmp_path: Path) -> Path:
    """A home in which she stands in every place there is."""
    take(HEADER + "".join([*OTHERS[:20], HERS, *OTHERS[20:]]))
    take(HEADER + HERS.replace("Engineer,Acme", "Lead,Acme") + HERS.replace(",No,", ",Yes,"))
    folder = tmp_path / "incoming" / "csv" / "default"
    folder.mkdir(parents=True)
    (folder / "dropped.csv").write_text(HEADER + HERS.replace("Acme", "Initech"))
    seen: dict[Path, tuple[int, int]] = {}
    for _ in range(2):
        take_dropped_files(ports, tmp_path / "incoming", seen, {"csv": 10**9, "cv": 10**9})
    read_cv(ports)
    receive_many(ports, [("xqzvanna wrzbicka.txt", CV), ("other.txt", b"Name: Bo Ray\nE-mail: bo@example.com\n")],
                 "default", 10**6)  # fmt: skip
    ids = [row.id for row in ports.store.query("candidates")]
    queue_due(ports, "candidates", ids)
    wiring.thread_queue(ports).join()
    asked = SearchAsked(job_offer_text=f"backend engineer like {NAME} ({EMAIL})", top_k=50)
    create_run(ports, asked, ADMIN)
    for id_, whose in (("one", hers(ports)), ("several", None), ("others", "x")):
        body = "{}" if whose == "x" else NAME
        ports.store.commit(
            [[Create("answers", id_, {"id": id_, "at": ports.now(), "candidate_id": whose, "body": body})]]
        )
    audit.record(ports, ADMIN, "note", [hers(ports)], {"said": f"rang {PHONE}"})
    return tmp_path


def hers(ports: Ports) -> str:
    return str(people(ports)[NAME]["id"])


def everything(ports: Ports) -> str:
    return str([row.data for kind in COLLECTIONS for row in ports.store.query(kind)]).lower()


def test_nothing_of_her_is_in_any_file_of_the_home(ports: Ports, home: Path) -> None:
    id_ = hers(ports)
    kinds = sorted(row.data["kind"] for row in ports.store.query("sources", [("candidate_id", "==", id_)]))
    assert kinds == ["cv", "row", "row", "row"]
    before = files_with_traces(home)
    assert {line.split(":")[0].split("/")[0] for line in before} >= {"files", "incoming"}
    assert any("shortlist.db" in line for line in before)
    receipt = erase(ports, admin(ports), id_, FolderFiles(home))
    assert files_with_traces(home) == []
    assert EMAIL not in everything(ports) and "wrzbicka" not in everything(ports)
    assert receipt.state == "done" and receipt.notes == NOTES
    assert receipt.places == {
        "candidates": 1, "sources": 4, "keys": 2, "vectors": 1, "documents": 1, "texts": 1, "items": 1,
        "search_runs": 1, "audit": 1, "answers": 2, "rows of export files": 4, "export files written anew": 3,
        "CV files": 1, "dropped files": 1,
    }  # fmt: skip
    assert not any(trace in receipt.model_dump_json().lower() for trace in TRACES)
    assert list_erasures(ports, admin(ports)) == [receipt]
    assert Erasure.model_validate(ports.store.query("erasures")[0].data) == receipt


def test_everybody_else_is_as_they_were(ports: Ports, home: Path) -> None:
    others = {name: data["person"] for name, data in people(ports).items() if name != NAME}
    erase(ports, admin(ports), hers(ports), FolderFiles(home))
    assert {name: data["person"] for name, data in people(ports).items()} == others
    run = ports.store.query("search_runs")[0]
    assert len(run.data["results"]) == len(people(ports))
    assert run.data["asked"]["job_offer_text"].startswith("backend engineer like [erased]")
    assert all(not hit["gone"] for hit in read_run(ports, run.id, ADMIN)["results"])


def test_neither_a_row_nor_a_cv_brings_her_back(ports: Ports, home: Path, take: Importer) -> None:
    erase(ports, admin(ports), hers(ports), FolderFiles(home))
    again = take(HEADER + HERS + f"X. Wrzbicka,{EMAIL.upper()},,,,,No,\nXQ,,linkedin.com/in/{LINK}/,,,,No,\n")
    assert (again.counts.rows, again.counts.skipped.erased, again.counts.created) == (3, 3, 0)
    with pytest.raises(WasErased):
        receive(ports, CV, "cv.txt", "default", 10**6)
    refused = batch_status(ports, receive_many(ports, [("xqzvanna.txt", CV)], "default", 10**6))
    assert (refused["status"], refused["items"][0]["filename"]) == ("FAILED", "[erased]")
    other_cv = read_cv(ports, CV + b"Now: freelancing\n")
    assert other_cv["awaiting"] == "failed" and "facts" not in other_cv and other_cv["filename"] == "[erased]"
    assert "erased" in other_cv["stages"]["admit"]["error"]["message"]
    with pytest.raises(WasErased):
        add_by_hand(ports, "default", {"person": {"name": "Xq", "emails": [EMAIL]}}, "rita")
    assert NAME not in people(ports)
    ports.store.purge()
    with ports.files.open(f"imports/{again.id}/people.csv") as stream:
        assert stream.read().decode().splitlines()[0] + "\n" == HEADER
    assert files_with_traces(home) == []


def test_somebody_known_by_content_alone_stays_away_too(ports: Ports, take: Importer) -> None:
    row = "Name,Current title\nNo Address,Nurse\n"
    take(row)
    erase(ports, admin(ports), str(people(ports)["No Address"]["id"]))
    assert take(row + "Other One,Nurse\n").counts.skipped.erased == 1
    assert list(people(ports)) == ["Other One"]


def test_in_another_pool_the_same_person_is_another_matter(ports: Ports, home: Path, take: Importer) -> None:
    erase(ports, admin(ports), hers(ports), FolderFiles(home))
    assert take(HEADER + HERS, pool="other").counts.created == 1


def test_whoever_shares_the_mail_box_stays_and_so_does_their_row(ports: Ports, take: Importer) -> None:
    done = take(
        "Name,Email,LinkedIn\nAnn Lee,agency@example.com,https://www.linkedin.com/in/ann-lee-1\n"
        "Boris Kovacs,agency@example.com,https://www.linkedin.com/in/boris-k\n"
        "Dora,joagency@example.com,\n"
    )
    erase(ports, admin(ports), str(people(ports)["Ann Lee"]["id"]))
    assert set(people(ports)) == {"Boris Kovacs", "Dora"}
    with ports.files.open(done.id and f"imports/{done.id}/people.csv") as stream:
        kept = stream.read().decode()
    assert "Ann" not in kept and "Boris Kovacs,agency@example.com" in kept and "Dora,joagency@example.com" in kept


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_keep_everybody_else(ports: Ports, encoding: str) -> None:
    text = 'Name;Email;Note\nZoë Ö;zoe@example.com;für\nAnn Lee;ann@example.com;"two\nlines"\nBo;bo@example.com;é\n'
    started = start_import(ports, io.BytesIO(text.encode(encoding)), "x.csv", "default", ImportOptions(), 10**9)
    run_import(ports, started.id)
    erase(ports, admin(ports), str(people(ports)["Ann Lee"]["id"]))
    with ports.files.open(f"imports/{started.id}/x.csv") as stream:
        kept = stream.read().decode(encoding)
    assert kept == text.replace('Ann Lee;ann@example.com;"two\nlines"\n', '"";;\n\n')
    assert undo_import(ports, started.id)["removed"] == 2


def test_a_record_that_joined_hers_goes_with_its_old_id(ports: Ports, take: Importer) -> None:
    take("Name,Email\nAnn Lee,ann@example.com\nAnn L.,ann@example.org\n")
    one, other = (str(data["id"]) for data in people(ports).values())
    create_run(ports, SearchAsked(job_offer_text="engineer"), ADMIN)
    kept = merge(ports, one, other)
    gone = ({one, other} - {kept}).pop()
    erase(ports, admin(ports), gone)
    assert [ports.store.count(kind) for kind in ("candidates", "sources", "redirects", "keys")] == [0, 0, 0, 0]
    assert all(row.data["results"] == [] for row in ports.store.query("search_runs"))


def test_only_administrators_erase_and_only_who_is_there(ports: Ports, take: Importer) -> None:
    take("Name,Email\nAnn Lee,ann@example.com\n")
    id_ = str(people(ports)["Ann Lee"]["id"])
    for role in ("recruiter", "service"):
        with pytest.raises(NotAllowed):
            erase(ports, Reads(ports, Caller(uid="x", role=role, pools=("default",))), id_)
    with pytest.raises(NotFound):
        erase(ports, admin(ports), "nobody")
    assert set(people(ports)) == {"Ann Lee"} and ports.store.count("erasures") == 0


def test_while_an_import_reads_her_row_she_is_kept_out_and_erased_when_it_has_ended(
    ports: Ports, take: Importer
) -> None:
    take("Name,Email\nAnn Lee,ann@example.com\n")
    id_ = str(people(ports)["Ann Lee"]["id"])
    text = b"Name,Email\nAnn B. Lee,ann@example.com\nBo Ray,bo@example.com\n"
    running = start_import(ports, io.BytesIO(text), "later.csv", "default", ImportOptions(), 10**9)
    with pytest.raises(Retryable):
        erase(ports, admin(ports), id_)
    assert run_import(ports, running.id).counts.skipped.erased == 1
    assert erase(ports, admin(ports), id_).state == "done"
    assert set(people(ports)) == {"Bo Ray"}


def test_an_erasure_that_was_stopped_before_the_purge_is_ended_by_the_next_one(ports: Ports, take: Importer) -> None:
    take("Name,Email\nAnn Lee,ann@example.com\n")
    id_ = str(people(ports)["Ann Lee"]["id"])

    class Stopped(Exception):
        pass

    def stop(*_: Any) -> None:
        raise Stopped

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(type(ports.store), "purge", stop)
        erase(ports, admin(ports), id_)
    assert people(ports) == {} and list_erasures(ports, admin(ports))[0].state == "purging"
    assert erase(ports, admin(ports), id_).state == "done"
    assert finish_erasures(ports) == 0


def test_every_collection_says_how_a_person_stands_in_it() -> None:
    from shared.privacy import personal_data_map as places

    said = [*places.NOBODY, *places.OWN, *places.OF_DOCUMENTS, *places.BY_DOCUMENT, *places.by_candidate()]
    said += places.OF_PAIRS
    said += ["search_runs", "audit", "members"]
    assert sorted(said) == sorted(COLLECTIONS)
