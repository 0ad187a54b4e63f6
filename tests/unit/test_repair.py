"""What wants repair is found for its reason and done anew by the stages; nothing else changes."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Importer
from fake_model import FakeModel
from planting import plant

from shared.errors import Retryable
from shared.leases import new_lease
from shared.models.candidate import Profile
from shared.pipeline.backlog import sweep
from shared.ports import Data, Ports, Stored, Update
from shared.repair import Finding, Repair, check_vectors, find, reckon, withdraw_false
from shared.stages import embedding_text
from shared.wiring import thread_queue

HEAD = "Name,Email,Tags,Experiences\n"
WORDS = ("Amber", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Heath", "Islet", "Jetty", "Knoll", "Loch")
ENRICHED = {"classification", "enrichment", "search_terms", "awaiting", "stages", "lease", "updated_at", "embedding"}


@pytest.fixture
def twelve(take: Importer, ports: Ports) -> list[str]:
    """Twelve people who are done."""
    rows = [f"Pat,{word}@example.com,Java,Engineer at {word} GmbH (01/2020 to N/A)\n" for word in WORDS]
    take(HEAD + "".join(rows))
    while sweep(ports):
        thread_queue(ports).join()
    return [each.id for each in ports.store.query("candidates", fields=())]


def reasons(ports: Ports) -> dict[str, tuple[str, str]]:
    return {each.id: (each.why, each.stage) for each in find(ports, "candidates").findings}


def stages_of(ports: Ports, id_: str) -> Data:
    states: Data = ports.store.get("candidates", [id_], fields=("stages",))[id_].data["stages"]
    return states


def repaired(ports: Ports, **options: Any) -> Repair:
    repair = Repair(ports, "candidates", **options)
    repair.run(find(ports, "candidates").findings)
    return repair


def test_nothing_is_found_where_nothing_is_wrong(ports: Ports, twelve: list[str]) -> None:
    assert find(ports, "candidates").findings == []
    report = check_vectors(ports, "candidates")
    assert (report.records, report.vectors, report.faults, report.missing) == (12, 12, [], {})


def test_planted_vectors_are_found_each_by_its_kind_and_done_anew(
    ports: Ports, twelve: list[str], tmp_path: Path, model: FakeModel
) -> None:
    genuine = ports.store.get("candidates", twelve, fields=("embedding",))
    planted = {"sequential": 0.414 + 0.001 * np.arange(768), "constant": np.full(768, 0.1), "zero": np.zeros(768),
               "not a number": np.full(768, np.nan), "not unit": genuine[twelve[4]].data["embedding"] * 3}  # fmt: skip
    for id_, vector in zip(twelve, planted.values(), strict=False):
        plant(tmp_path, id_, vector)
    found = find(ports, "candidates")
    assert found.counts == {"placeholder": dict.fromkeys(planted, 1)}
    model.asked.clear()
    assert repaired(ports).so_far.done == 5
    assert set(model.asked) == {"embed"}
    again = ports.store.get("candidates", twelve, fields=("embedding",))
    assert all((again[id_].data["embedding"] == genuine[id_].data["embedding"]).all() for id_ in twelve)
    assert find(ports, "candidates").findings == []


def test_one_vector_on_many_people_and_a_false_part_beside_the_record_are_found(
    ports: Ports, twelve: list[str], tmp_path: Path
) -> None:
    one = ports.store.get("candidates", twelve[:1], fields=("embedding",))[twelve[0]].data["embedding"]
    for id_ in twelve[1:5]:
        plant(tmp_path, id_, one)
    plant(tmp_path, twelve[9], np.full(768, 0.2), "vectors", "experience")
    found = find(ports, "candidates")
    assert {each.id: each.detail for each in found.findings} == {
        **dict.fromkeys(twelve[:5], "shared"),
        twelve[9]: "constant",
    }
    repaired(ports)
    assert check_vectors(ports, "candidates").faults == []


def test_a_false_vector_is_gone_before_the_new_one_is_asked_for(
    ports: Ports, twelve: list[str], tmp_path: Path, model: FakeModel
) -> None:
    plant(tmp_path, twelve[0], np.full(768, 0.1))
    seen: list[Data] = []
    model.before = lambda task: seen.append(
        ports.store.get("candidates", twelve[:1], fields=("embedding", "awaiting", "stages"))[twelve[0]].data
    )
    repaired(ports)
    assert [("embedding" in each, each["awaiting"], "embed" in each["stages"]) for each in seen] == [
        (False, "embed", False)
    ]


class OddLengths:
    """A store as Firestore is: it keeps vectors of any length that another tool wrote."""

    def __init__(self, store: Any, odd: dict[str, Any]) -> None:
        self._store, self.odd = store, odd

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def get(self, kind: str, ids: Any, fields: Any = None) -> dict[str, Stored]:
        found: dict[str, Stored] = self._store.get(kind, ids, fields=fields)
        for id_ in set(found) & set(self.odd) if kind == "candidates" and fields and "embedding" in fields else ():
            found[id_].data["embedding"] = self.odd[id_]
        return found


def test_a_vector_of_384_numbers_is_found(ports: Ports, twelve: list[str]) -> None:
    odd = {twelve[0]: np.ones(384, np.float32), twelve[1]: [0.414, 0.415, 0.416]}
    strange = replace(ports, store=OddLengths(ports.store, odd))  # type: ignore[arg-type]
    assert find(strange, "candidates").counts == {"placeholder": {"wrong length": 2}}
    assert check_vectors(strange, "candidates").dimensions == {768: 10, 384: 1, 3: 1}


def test_missing_ones_are_found_whether_never_done_or_lost(ports: Ports, twelve: list[str], take: Importer) -> None:
    take(HEAD + "New,new@example.com,Go,Engineer at Zinc GmbH (01/2020 to N/A)\n")
    ports.store.commit([[Update("candidates", twelve[0], {"embedding": None}, None)]])
    (new,) = [each.id for each in ports.store.query("candidates", [("awaiting", "==", "classify")])]
    assert reasons(ports) == {new: ("missing", "classify"), twelve[0]: ("missing", "embed")}
    assert set(check_vectors(ports, "candidates").missing) == {new, twelve[0]}
    assert repaired(ports).so_far.done == 2
    assert reasons(ports) == {}


def test_stale_recipes_are_found_from_the_earliest_stage_on_with_the_reason(
    ports: Ports, twelve: list[str], model: FakeModel
) -> None:
    model.version = 2
    found = find(ports, "candidates", only="stale")
    assert {each.stage for each in found.findings} == {"classify"} and len(found.findings) == 12
    (reason,) = found.counts["stale"]
    assert "fake-1 classify-1" in reason and "fake-2 classify-1" in reason
    assert repaired(ports).so_far.done == 12
    assert reasons(ports) == {}


def test_inputs_that_changed_behind_the_stages_are_found(ports: Ports, twelve: list[str]) -> None:
    profile = ports.store.get("candidates", twelve[:1])[twelve[0]].data["profile"]
    changed = {**profile, "summary": "Leads a team of nine."}
    ports.store.commit([[Update("candidates", twelve[0], {"profile": changed}, None)]])
    (finding,) = find(ports, "candidates").findings
    assert (finding.id, finding.why, finding.stage) == (twelve[0], "stale", "classify")
    assert "changed" in finding.detail


def test_failures_are_found_and_one_that_fails_again_stops_nobody(
    ports: Ports, twelve: list[str], model: FakeModel
) -> None:
    def refuse(profile: Profile) -> str | None:
        return "too odd" if profile.experiences and "Cedar" in (profile.experiences[0].company or "") else None

    model.refuse, model.version = refuse, 2
    repair = repaired(ports)
    assert (repair.so_far.done, repair.so_far.failed) == (11, 1)
    assert repair.so_far.reasons == {"classify: too odd": 1}
    (finding,) = find(ports, "candidates").findings
    assert (finding.why, finding.stage) == ("failed", "classify")
    model.refuse = lambda profile: None
    assert repaired(ports).so_far.done == 1


def test_a_service_that_is_down_fails_the_records_it_is_asked_about_and_says_so(
    ports: Ports, twelve: list[str], model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.repair.repairing._WAIT", 0.001)
    model.version, asked = 2, []

    def down(task: str) -> None:
        asked.append(task)
        raise Retryable("the service is down")

    model.before = down
    repair = Repair(ports, "candidates", batch_size=6)
    repair.run(find(ports, "candidates").findings[:6])
    assert repair.so_far.failed == 6 and asked.count("classify") == 3


def test_only_what_the_stages_write_changes(ports: Ports, twelve: list[str], model: FakeModel, tmp_path: Path) -> None:
    plant(tmp_path, twelve[0], np.full(768, 0.1))
    before = {each.id: copy.deepcopy(each.data) for each in ports.store.query("candidates")}
    sources = [(each.id, each.data) for each in ports.store.query("sources")]
    model.version = 2
    assert repaired(ports).so_far.done == 12
    after = {each.id: each.data for each in ports.store.query("candidates")}
    for id_ in twelve:
        changed = {name for name in before[id_] | after[id_] if before[id_].get(name) != after[id_].get(name)}
        assert changed <= ENRICHED
    assert [(each.id, each.data) for each in ports.store.query("sources")] == sources


def test_max_cost_is_not_passed(ports: Ports, twelve: list[str], model: FakeModel) -> None:
    one = sum(
        model.dollars(name, state["tokens"]["input"], state["tokens"]["output"])
        for name, state in stages_of(ports, twelve[0]).items()
    )
    model.version = 2
    repair = repaired(ports, batch_size=2, max_cost=5.5 * one)
    assert repair.so_far.done in (4, 5) and repair.so_far.dollars <= 5.5 * one
    assert "--max-cost" in (repair.so_far.stopped or "")


def test_a_stop_ends_after_the_records_in_hand(ports: Ports, twelve: list[str], model: FakeModel) -> None:
    model.version = 2
    repair = Repair(ports, "candidates", delay=0.001)
    repair.run(find(ports, "candidates").findings, lambda rows: repair.stop() if repair.so_far.done == 3 else None)
    assert repair.so_far.done == 3 and repair.so_far.stopped
    assert not any(each.data.get("lease") for each in ports.store.query("candidates"))
    assert len(find(ports, "candidates").findings) == 9


def test_a_delay_lets_records_go_one_by_one(ports: Ports, twelve: list[str], model: FakeModel) -> None:
    model.version = 2
    sizes: list[int] = []
    repair = Repair(ports, "candidates", batch_size=10, delay=0.001)
    repair.run(find(ports, "candidates").findings, lambda rows: sizes.append(len(rows)))
    assert sizes == [1] * 12


def test_what_someone_holds_is_left_to_them(ports: Ports, twelve: list[str], model: FakeModel) -> None:
    model.version = 2
    lease = {**new_lease(ports, "classify"), "owner": "another machine"}
    ports.store.commit([[Update("candidates", twelve[0], {"awaiting": "classify", "lease": lease}, None)]])
    repair = repaired(ports, batch_size=4)
    assert (repair.so_far.done, repair.so_far.left) == (11, 1)


def test_a_change_of_text_is_reckoned_and_repaired_by_embedding_alone(
    ports: Ports, twelve: list[str], model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.stages.embed.TEXT_VERSION", embedding_text.TEXT_VERSION + 1)
    findings = find(ports, "candidates").findings
    assert {each.stage for each in findings} == {"embed"}
    takes = reckon(ports, "candidates", findings, batch_size=12, delay=0, per_minute=0)
    assert (takes.records, takes.calls, takes.minutes, takes.known) == (12, 1, None, True)
    assert takes.tokens == 12 * 20 and takes.dollars == pytest.approx(12 * 20 / 1e6)
    model.asked.clear()
    assert repaired(ports, batch_size=12).so_far.done == 12 and set(model.asked) == {"embed"}


def test_scheduled_sweeps_look_at_some_vectors_a_run_and_come_round(
    ports: Ports, twelve: list[str], tmp_path: Path
) -> None:
    false = [twelve[1], twelve[6], twelve[11]]
    for id_ in false:
        plant(tmp_path, id_, np.full(768, 0.1))
    assert [withdraw_false(ports, "candidates", 5) for _ in range(3)] == [1, 1, 1]
    due = ports.store.query("candidates", [("awaiting", "==", "embed")], fields=())
    assert [each.id for each in due] == false
    assert check_vectors(ports, "candidates").missing == dict.fromkeys(false, "awaits embed")
    while sweep(ports):
        thread_queue(ports).join()
    plant(tmp_path, twelve[0], np.full(768, 0.1))
    assert withdraw_false(ports, "candidates", 5) == 1


def test_minutes_are_those_of_the_delay_or_of_the_quota_whichever_is_slower(ports: Ports) -> None:
    findings = [Finding(str(n), "missing", "", "classify") for n in range(116)]
    assert reckon(ports, "candidates", findings, 10, 2.0, 0).minutes == pytest.approx(116 * 2 / 60)
    slow = reckon(ports, "candidates", findings, 10, 0.1, 15)
    assert slow.calls == 3 * 116 and slow.minutes == pytest.approx(3 * 116 / 15)
    assert not slow.known
