"""One lease for records, imports and kept answers: held until it is released, ends, or its process is gone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.adapters.local.instance import InstanceWorker
from shared.errors import InvalidRequest
from shared.imports.start import is_running, read_import, run_import, start_import
from shared.imports.steps import hand_over
from shared.imports.undo import undo_import
from shared.leases import LEASE, HeldLease, has_token, is_held, lease_end, new_lease, release
from shared.models.batch import Import, ImportOptions
from shared.ports import Create, Data, Ports, Update
from shared.wiring import thread_queue

NOW = "2026-11-21T09:00:00.000000Z"
EXPORT = "Name,Email\nAnn Lee,ann@example.com\n"


def at(ports: Ports, minutes: float) -> Ports:
    """Return the ports as they are so many minutes after NOW."""
    time = (datetime.fromisoformat(NOW) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return replace(ports, now=lambda: time)


def leased(ports: Ports, work: str = "classify") -> Data:
    lease = new_lease(ports, work)
    ports.store.commit([[Create("candidates", "a", {"id": "a", "lease": lease})]])
    return lease


def lease_of(ports: Ports, kind: str = "candidates", id_: str = "a") -> Any:
    return ports.store.get(kind, [id_])[id_].data.get("lease")


def begin(ports: Ports) -> Import:
    return start_import(ports, io.BytesIO(EXPORT.encode()), "people.csv", "default", ImportOptions(), 10**6)


def test_a_lease_is_held_until_it_ends(ports: Ports) -> None:
    lease = new_lease(at(ports, 0), "classify")
    assert lease["until"] == lease_end(NOW)
    minutes = LEASE / timedelta(minutes=1)
    assert is_held(at(ports, minutes - 0.1), lease)
    assert not is_held(at(ports, minutes), lease)
    assert not is_held(ports, None)


def test_a_lease_of_a_process_that_is_gone_is_not_held(ports: Ports) -> None:
    gone = {**new_lease(at(ports, 0), "classify"), "owner": "0123456789abcdef"}
    assert not is_held(at(ports, 1), gone)
    assert is_held(at(replace(ports, worker=InstanceWorker()), 1), gone)  # nobody can know: it ends by its time


def test_only_the_holder_releases_a_lease(ports: Ports) -> None:
    lease = leased(ports)
    release(ports, "candidates", ["a", "nobody"], "another token")
    assert lease_of(ports) == lease
    release(ports, "candidates", ["a"], lease["token"], {"awaiting": "enrich"})
    assert not lease_of(ports)
    assert ports.store.get("candidates", ["a"])["a"].data["awaiting"] == "enrich"


def test_a_lease_is_renewed_once_half_of_its_time_is_over(ports: Ports) -> None:
    lease = leased(at(ports, 0))
    HeldLease(at(ports, 10), "candidates", "a", lease).renew()
    assert lease_of(ports) == lease
    HeldLease(at(ports, 20), "candidates", "a", lease).renew()
    assert lease_of(ports)["until"] == lease_end(at(ports, 20).now())
    assert has_token(lease_of(ports), lease["token"])


def test_a_lease_others_took_is_not_renewed(ports: Ports) -> None:
    lease = leased(at(ports, 0))
    other = {**new_lease(at(ports, 0), "classify"), "until": lease["until"]}
    ports.store.commit([[Update("candidates", "a", {"lease": other}, None)]])
    HeldLease(at(ports, 20), "candidates", "a", lease).renew()
    assert lease_of(ports) == other


def test_an_import_is_leased_while_a_command_runs_it(ports: Ports) -> None:
    started = begin(ports)
    assert is_held(ports, lease_of(ports, "imports", started.id))
    with pytest.raises(InvalidRequest, match="still running"):
        undo_import(ports, started.id)
    done = run_import(ports, started.id)
    assert done.state == "SUCCESS"
    assert not lease_of(ports, "imports", started.id)
    assert not is_running(ports, ports.store.get("imports", [started.id])[started.id].data)


def test_an_import_whose_instance_fell_silent_is_resumed_when_its_lease_is_over(ports: Ports) -> None:
    cloud = replace(ports, worker=InstanceWorker())
    started = begin(at(cloud, 0))
    other = replace(ports, worker=InstanceWorker())
    assert begin(at(other, 5)).id != started.id  # the first may still live: this one is an import of its own
    assert begin(at(other, 32)).id == started.id
    assert lease_of(ports, "imports", started.id)["owner"] == other.worker.name


def test_an_import_that_tasks_do_is_running_without_an_owner(ports: Ports) -> None:
    thread_queue(ports).stop()
    started = begin(ports)
    hand_over(ports, started)
    assert not lease_of(ports, "imports", started.id)
    with pytest.raises(InvalidRequest, match="still running"):
        undo_import(ports, started.id)
    assert read_import(ports.store, started.id).state == "RUNNING"


def test_an_import_begun_before_imports_were_leased_runs_as_long_as_its_process(ports: Ports) -> None:
    old = {"state": "RUNNING", "owner": ports.worker.name}
    assert is_running(ports, old)
    assert not is_running(ports, {**old, "owner": "0123456789abcdef"})
    assert not is_running(ports, {**old, "state": "SUCCESS"})
