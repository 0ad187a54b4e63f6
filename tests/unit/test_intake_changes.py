"""Undo, merge, split and dedupe: one mechanism, other sources belong to whom."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import FIXTURES, Importer, people

from shared.errors import InvalidRequest, NotFound
from shared.imports.undo import undo_import
from shared.people.dedupe import dedupe
from shared.people.merge_split import find_id, merge, split
from shared.pipeline.run import run_task, tasks_for
from shared.ports import Create, Ports

HEAD = "Name,Email,Social profiles,Job title,Stage,Experiences\n"
EXPORT = FIXTURES / "ats" / "ats_export.csv"


def row(name: str, email: str = "", linkedin: str = "", stage: str = "Applied", job: str = "Backend Engineer") -> str:
    social = f"Linkedin: https://linkedin.com/in/{linkedin}" if linkedin else ""
    return f"{name},{email},{social},{job},{stage},Engineer at Acme (01/2020 to N/A)\n"


def everything(ports: Ports) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    kinds = ("candidates", "sources", "keys", "redirects")
    return {kind: [(each.id, each.data) for each in ports.store.query(kind)] for kind in kinds}


def test_an_undone_import_leaves_nothing_of_what_only_it_said(take: Importer, ports: Ports) -> None:
    done = take(EXPORT)
    undone = undo_import(ports, done.id)
    assert undone["removed"] == 398
    assert not any(everything(ports).values())
    with pytest.raises(InvalidRequest, match="was undone"):
        undo_import(ports, done.id)


def test_undo_keeps_what_other_imports_said_and_takes_the_rest_back(take: Importer, ports: Ports) -> None:
    first = take(HEAD + row("Ann Lee", "ann@example.com") + row("Bo Chen", "bo@example.com"))
    take(HEAD + row("Ann Lee", "ann@example.com", "ann-lee", "Offer") + row("Cy Dee", "cy@example.com"))
    undo_import(ports, first.id)
    found = people(ports)
    assert set(found) == {"Ann Lee", "Cy Dee"}
    assert [each["stage"] for each in found["Ann Lee"]["applications"]] == ["Offer"]
    assert {source["import_id"] for source in found["Ann Lee"]["sources"]} != {first.id}
    again = take(HEAD + row("Bo Chen", "bo@example.com"))
    assert again.counts.created == 1  # the key was released with its source


def test_undo_of_the_later_import_brings_the_former_state_back(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com"))
    before = people(ports)["Ann Lee"]
    later = take(HEAD + row("Ann B. Lee", "ann@example.com", "ann-lee", "Offer", "CTO"))
    assert people(ports)["Ann B. Lee"]["applications"][0]["stage"] == "Offer"
    undo_import(ports, later.id)
    after = people(ports)["Ann Lee"]
    for name in ("id", "person", "applications", "profile", "sources", "search_terms"):
        assert after[name] == before[name], name


def test_undo_after_stages_takes_vectors_with_the_people(take: Importer, ports: Ports) -> None:
    done = take(HEAD + row("Ann Lee", "ann@example.com"))
    (task,) = tasks_for("candidates", "embed", [each.id for each in ports.store.query("candidates")], force=True)
    run_task(ports, task)
    assert ports.store.count("vectors") == 1
    undo_import(ports, done.id)
    assert ports.store.count("vectors") == ports.store.count("candidates") == 0


def test_undo_takes_apart_whom_the_import_had_joined_under_their_old_ids(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "old@example.com"))
    take(HEAD + row("Ann Lee", "", "ann-lee"))
    ids = {each.id for each in ports.store.query("candidates")}
    bridge = take(HEAD + row("Ann Lee", "old@example.com", "ann-lee"))
    assert ports.store.count("candidates") == 1
    (redirect,) = ports.store.query("redirects")
    assert find_id(ports, redirect.id) == ports.store.query("candidates")[0].id
    undo_import(ports, bridge.id)
    assert {each.id for each in ports.store.query("candidates")} == ids
    assert not ports.store.query("redirects")


def test_what_a_later_import_of_the_same_rows_said_too_survives_the_undo_of_the_first(
    take: Importer, ports: Ports
) -> None:
    first = take(HEAD + row("Ann Lee", "ann@example.com") + row("Bo Chen", "bo@example.com"))
    second = take(HEAD + row("Cy Dee", "cy@example.com") + row("Ann Lee", "ann@example.com"))
    assert second.counts.unchanged == 1
    undo_import(ports, first.id)
    found = people(ports)
    assert set(found) == {"Ann Lee", "Cy Dee"}
    assert [(s["import_id"], s["row"]) for s in found["Ann Lee"]["sources"]] == [(second.id, 2)]
    undo_import(ports, second.id)
    assert not people(ports)


def test_a_merge_by_hand_can_be_split_again(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "a@example.com") + row("Ann Lee", "b@example.com", job="CTO"))
    before = {each.id: each.data for each in ports.store.query("candidates")}
    one, other = before
    kept = merge(ports, one, other)
    (merged,) = ports.store.query("candidates")
    assert merged.id == kept
    assert set(merged.data["person"]["emails"]) == {"a@example.com", "b@example.com"}
    assert len(merged.data["applications"]) == 2
    assert not merged.data["flags"]  # the flag that pointed to the other one went with it
    assert set(split(ports, kept)) == {one, other}
    after = {each.id: each.data for each in ports.store.query("candidates")}
    for id_, data in before.items():
        assert after[id_]["person"] == data["person"]
        assert after[id_]["applications"] == data["applications"]


def test_a_person_merged_by_a_key_is_split_by_source_and_stays_split(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "box@example.com") + row("Ann B. Lee", "box@example.com", stage="Offer"))
    (joined,) = ports.store.query("candidates")
    ids = split(ports, joined.id)
    assert len(ids) == 2
    assert dedupe(ports)["merged"] == []
    assert {data["person"]["name"] for data in people(ports).values()} == {"Ann Lee", "Ann B. Lee"}
    with pytest.raises(InvalidRequest, match="nothing to split"):
        split(ports, ids[0])


def test_releasing_one_part_of_a_split_leaves_the_key_with_the_other(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "box@example.com"))
    second = take(HEAD + row("Ann B. Lee", "box@example.com"))
    split(ports, ports.store.query("candidates")[0].id)
    undo_import(ports, second.id)
    again = take(HEAD + row("Ann Lee", "box@example.com", stage="Offer"))
    assert (again.counts.created, again.counts.merged) == (0, 1)


def test_merging_across_pools_and_with_oneself_is_refused(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "a@example.com"), pool="one")
    take(HEAD + row("Bo Chen", "b@example.com"), pool="two")
    one, other = (each.id for each in ports.store.query("candidates"))
    with pytest.raises(InvalidRequest, match="different pools"):
        merge(ports, one, other)
    with pytest.raises(InvalidRequest, match="already"):
        merge(ports, one, one)
    with pytest.raises(NotFound):
        merge(ports, one, "nobody")


def test_dedupe_merges_what_another_tool_stored_apart_and_loses_nothing(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com"))
    foreign = {
        "id": "foreign",
        "pool": "default",
        "created_at": "2030-01-01T00:00:00Z",
        "person": {"name": "Ann Lee", "emails": ["ANN@example.com "], "phones": ["+1 555 0100"]},
        "profile": {"experiences": [{"title": "CTO", "company": "Beta", "start": "2024-01"}]},
    }
    ports.store.commit([[Create("candidates", "foreign", foreign)]])
    would = dedupe(ports, dry_run=True)
    assert len(would["merged"]) == 1 and ports.store.count("candidates") == 2
    assert dedupe(ports)["merged"] == would["merged"]
    (ann,) = ports.store.query("candidates")
    assert ann.data["person"]["phones"] == ["+1 555 0100"]
    assert {each["company"] for each in ann.data["profile"]["experiences"]} == {"Acme", "Beta"}
    assert find_id(ports, "foreign") == ann.id
    assert dedupe(ports)["merged"] == []


def test_long_work_tells_how_far_it_is(take: Importer, ports: Ports) -> None:
    done = take(EXPORT)
    looked_at: list[int] = []
    dedupe(ports, watch=looked_at.append)
    assert sum(looked_at) == 2 * 398
    taken_back: list[int] = []
    undo_import(ports, done.id, taken_back.append)
    assert sum(taken_back) == 398


def test_an_undo_that_was_stopped_goes_on(take: Importer, ports: Ports) -> None:
    done = take(EXPORT)

    def stop(people: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(ports, done.id, stop)
    undo_import(ports, done.id)
    assert ports.store.count("candidates") == 0 and ports.store.count("sources") == 0


def test_dedupe_lists_likely_pairs_and_leaves_them(take: Importer, ports: Ports) -> None:
    take(EXPORT)
    found = dedupe(ports)
    assert found["merged"] == []
    assert len(found["likely"]) == 3
    assert ports.store.count("candidates") == 398
