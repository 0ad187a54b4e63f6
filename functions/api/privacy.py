"""Duties over HTTP: erase somebody for good, tell what is held about them, receipts, how long things are kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports, reads, settings

duties = Blueprint("duties", __name__)


def erase_candidate(candidate_id: str) -> Any:
    """Remove the person from every place and keep them out: `DELETE /api/candidates/ID/?erase=true`. For admins."""
    from functions.audited import note
    from shared.privacy.erase import erase
    from shared.wiring import dropped_files

    receipt = erase(ports(), reads(request), candidate_id, dropped_files(settings(), ports()))
    note(request, "erase", [receipt.id], places=receipt.places)
    return {"receipt": receipt.model_dump(mode="json")}


@duties.get("/api/candidates/<candidate_id>/held/")
def get_held(candidate_id: str) -> Any:
    """Return everything that is held about the person, rows and files included. For admins, and the candidate."""
    from functions.audited import note
    from shared.privacy.personal_data import held

    found = held(ports(), reads(request), candidate_id)
    note(request, "tell what is held", [found["candidate_id"]])
    return found


@duties.get("/api/erasures/")
def get_erasures() -> Any:
    """List receipts of erasures, newest first: `?limit=`. For admins."""
    from shared.privacy.erase import list_erasures

    found = list_erasures(ports(), reads(request), number(request, "limit", 100, 1, 1000))
    return {"erasures": [each.model_dump(mode="json") for each in found]}


@duties.get("/api/retention/")
def get_retention() -> Any:
    """Report what is over its time and would go with the next daily cleanup. For admins."""
    from shared.privacy.retention import Keep, retention

    known = settings()
    keep = Keep(search_runs=known.keep_runs_days, audit=known.keep_audit_days)
    return retention(ports(), caller(request), keep)


@duties.get("/api/pools/<pool>/rules/")
def get_rules(pool: str) -> Any:
    """Return how long the pool keeps what, and whether its recruiters see names. For admins."""
    from shared.access import allow
    from shared.privacy.rules import rules_of

    allow(caller(request), "administer")
    return {"pool": pool, **rules_of(ports(), pool).to_json()}


@duties.put("/api/pools/<pool>/rules/")
def put_rules(pool: str) -> Any:
    """Set a pool's rules: `{"retention_days": {"row": 730, "cv": 365, "form": 365}, "blind": true}`. For admins."""
    from functions.api.access_bodies import read_body
    from functions.api.duties_bodies import RulesBody
    from functions.audited import note
    from shared.privacy.rules import set_rules

    said = read_body(RulesBody, request.get_data())
    rules = set_rules(ports(), caller(request), pool, said.retention_days, said.blind)
    note(request, "set rules", **rules.to_json())
    return {"pool": pool, **rules.to_json()}


@duties.put("/api/candidates/<candidate_id>/self-description/")
def put_self_description(candidate_id: str) -> Any:
    """Keep what a person says of themselves, for the impact report alone: `{"gender": …, "ethnicity": …, …}`."""
    from functions.api.access_bodies import read_body
    from functions.api.duties_bodies import SelfBody
    from functions.audited import note
    from shared.privacy.impact import describe

    said = read_body(SelfBody, request.get_data())
    describe(ports(), reads(request), candidate_id, said.model_dump())
    note(request, "describe oneself")
    return "", 204


@duties.get("/api/jobs/<job_id>/impact/")
def get_impact(job_id: str) -> Any:
    """Tell selection rates by group: `?stage=` (repeatable), `?since=`, `?until=`. For admins."""
    from shared.privacy.impact import impact

    asked = request.args
    stages = asked.getlist("stage")
    return impact(ports(), caller(request), job_id, stages, asked.get("since", ""), asked.get("until", "9999"))
