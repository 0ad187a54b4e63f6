"""Undo of an import keeps what people did by hand, and says beforehand what goes, changes and stays."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Importer

from shared.imports.undo import preview_undo, undo_import
from shared.people.corrections import correct_candidate, tag_candidate
from shared.people.notes import add_note, list_notes
from shared.people.stored import TargetPerson, load_people, plan_changes
from shared.ports import Ports, Update

ROWS = "Name,Email,Current title\nMaud Quill,maud@example.org,Florist\nIgor Brandt,igor@example.org,Baker\n"


def id_of(ports: Ports, name: str) -> str:
    (row,) = [row for row in ports.store.query("candidates") if row.data["person"]["name"] == name]
    return row.id


def by_note(ports: Ports, id_: str) -> None:
    add_note(ports, id_, "default", "call in spring", "uid-1")


def by_tag(ports: Ports, id_: str) -> None:
    tag_candidate(ports, id_, "callback", True, "uid-1")


def by_correction(ports: Ports, id_: str) -> None:
    facts: dict[str, Any] = {"person": {"location": "Graz"}}
    correct_candidate(ports, id_, facts, "uid-1", lambda data: None)


def by_share(ports: Ports, id_: str) -> None:
    ports.store.commit([[Update("candidates", id_, {"readers": ["uid-2"]}, None)]])


ACTS = {"a note": by_note, "tags": by_tag, "a correction": by_correction, "a share": by_share}


@pytest.mark.parametrize("reason", ACTS)
def test_who_carries_handwork_stays_with_name_and_keys_and_nothing_else(
    take: Importer, ports: Ports, reason: str
) -> None:
    import_ = take(ROWS)
    maud = id_of(ports, "Maud Quill")
    ACTS[reason](ports, maud)
    planned = preview_undo(ports, import_.id)
    assert {"candidate_id": maud, "change": "kept_by_hand", "reasons": [reason]} in planned["people"]
    assert ports.store.count("candidates") == 2  # a preview writes nothing
    undone = undo_import(ports, import_.id)
    assert (undone["removed"], undone["kept_by_hand"]) == (1, 1)
    assert undone["kept_reasons"] == {reason: 1}
    (row,) = ports.store.query("candidates")
    assert row.id == maud
    assert row.data["person"]["name"] == "Maud Quill"
    assert not row.data["person"].get("emails")
    assert not row.data["profile"].get("experiences")


def test_the_notes_are_there_when_the_same_file_is_imported_again(take: Importer, ports: Ports) -> None:
    first = take(ROWS)
    maud = id_of(ports, "Maud Quill")
    by_note(ports, maud)
    undo_import(ports, first.id)
    again = take(ROWS)
    assert again.counts.merged == again.counts.created == 1
    assert id_of(ports, "Maud Quill") == maud
    assert [note.text for note in list_notes(ports, maud)] == ["call in spring"]
    assert ports.store.get("candidates", [maud])[maud].data["person"]["emails"] == ["maud@example.org"]
    undo_import(ports, again.id)
    assert id_of(ports, "Maud Quill") == maud


def test_also_kept_removes_the_handwork_with_the_person(take: Importer, ports: Ports) -> None:
    import_ = take(ROWS)
    by_note(ports, id_of(ports, "Maud Quill"))
    by_tag(ports, id_of(ports, "Igor Brandt"))
    assert undo_import(ports, import_.id, also_kept=True)["removed"] == 2
    for kind in ("candidates", "sources", "keys", "notes", "redirects"):
        assert ports.store.count(kind) == 0, kind


def test_an_application_by_hand_stays_with_its_person(take: Importer, ports: Ports) -> None:
    first = take(ROWS)
    other = take("Name,Email,Stage\nMaud Quill,maud@example.org,Offer\n")
    maud = id_of(ports, "Maud Quill")
    application = {
        "id": "application-1",
        "candidate_id": maud,
        "pool": "default",
        "kind": "form",
        "at": "2020-01-01T00:00:00Z",
        "keys": [],
        "outcome": "merged",
        "facts": {"application": {"job_title": "Florist"}},
    }
    add_source(ports, maud, application)
    undo_import(ports, first.id)
    assert id_of(ports, "Maud Quill") == maud  # the other import still says who she is
    assert preview_undo(ports, other.id)["people"][0]["reasons"] == ["an application"]
    undo_import(ports, other.id)
    (row,) = ports.store.query("candidates")
    assert row.id == maud
    assert [one["job_title"] for one in row.data["applications"]] == ["Florist"]


def add_source(ports: Ports, candidate_id: str, source: dict[str, Any]) -> None:

    person = load_people(ports, [candidate_id])[candidate_id]
    sources: dict[str, Any] = {id_: row.data for id_, row in person.sources.items()}
    target = TargetPerson(candidate_id, "default", person, {**sources, source["id"]: source})
    assert ports.store.commit([plan_changes([person], [target], ports.now())]) == [None]


def test_the_state_of_an_undone_import_is_undone(take: Importer, ports: Ports) -> None:
    import_ = take(ROWS)
    undo_import(ports, import_.id)
    assert ports.store.get("imports", [import_.id])[import_.id].data["state"] == "UNDONE"


def test_a_preview_names_the_imports_that_keep_rows(take: Importer, ports: Ports) -> None:
    first = take(ROWS)
    second = take("Name,Email,Stage\nMaud Quill,maud@example.org,Offer\n")
    third = take("Name,Email,Current title\nKit Moor,kit@example.org,Cook\nIgor Brandt,igor@example.org,Baker\n")
    planned = preview_undo(ports, first.id)
    assert {item["import_id"]: item["rows"] for item in planned["kept_by_imports"]} == {second.id: 1, third.id: 1}
    assert planned["removed"] == 0
    assert planned["changed"] == planned["kept_by_other_imports"] == 1
