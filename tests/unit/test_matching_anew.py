"""Matches are made anew where they are out of date: by the clock, by a changed recipe, or because somebody asks."""

from __future__ import annotations

from dataclasses import replace

from shared import wiring
from shared.jobs.match_lists import refresh, refresh_all, refresh_out_of_date
from shared.operations.backfill import backfill
from shared.ports import Delete, Ports, Update
from tests.unit.test_matching import ACCOUNTS, BACKEND, drain, encoder, ids, offline, scores, take_jobs, take_people  # noqa: F401


def test_a_refresh_heals_what_was_lost(offline: Ports) -> None:  # noqa: F811
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    before, known = scores(offline), ids(offline)
    for how in (
        lambda: refresh_all(offline),
        lambda: refresh_all(offline, ["default"]),
        lambda: refresh(offline, "candidates", [known[name] for name in ("Ann", "Ben", "Cleo")]),
    ):
        offline.store.commit([[Delete("matches", row.id)] for row in offline.store.query("matches")])
        assert how() > 0
        wiring.thread_queue(offline).join()
        assert scores(offline) == before
    assert refresh_all(offline, ["theirs"]) == 0


def test_only_what_is_out_of_date_is_refreshed(offline: Ports) -> None:  # noqa: F811
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    assert refresh_out_of_date(offline) == 0
    later = replace(offline, now=lambda: "2099-01-01T00:00:00.000000Z")
    assert refresh_out_of_date(later) == 2  # years of work count up to this month
    wiring.thread_queue(offline).join()


def test_a_job_read_anew_without_being_matched_is_refreshed(offline: Ports) -> None:  # noqa: F811
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    job = offline.store.get("jobs", [ids(offline)["b"]])[ids(offline)["b"]]
    stages = job.data["stages"] | {"embed": job.data["stages"]["embed"] | {"at": offline.now()}}
    offline.store.commit([[Update("jobs", job.id, {"stages": stages}, job.version)]])
    assert refresh_out_of_date(offline) == 1
    wiring.thread_queue(offline).join()
    assert refresh_out_of_date(offline) == 0


def test_who_was_matched_by_an_old_recipe_is_matched_anew_by_the_scheduled_backfill(offline: Ports) -> None:  # noqa: F811
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    before, ann = scores(offline), ids(offline)["Ann"]
    row = offline.store.get("candidates", [ann])[ann]
    stages = row.data["stages"] | {"match": row.data["stages"]["match"] | {"recipe": "match-0"}}
    lost = [Delete("matches", each.id) for each in offline.store.query("matches", [("candidate_id", "==", ann)])]
    offline.store.commit([[Update("candidates", ann, {"stages": stages}, row.version), *lost]])
    assert backfill(offline, 0, 0.0)["stale"] == {"candidates": {"match": 1}}  # it costs nothing
    wiring.thread_queue(offline).join()
    assert scores(offline) == before
