"""Duties over HTTP: erase somebody for good, tell what is held about them, receipts, how long things are kept."""

from __future__ import annotations

from typing import Any

from flask import request

from functions.api.duties_bodies import RulesBody, SelfBody
from functions.audit import note
from functions.parameters import number, read_body
from functions.request import caller, ports, reads, settings
from shared.access import allow
from shared.privacy.erase import erase, list_erasures
from shared.privacy.impact import describe, impact
from shared.privacy.personal_data import held
from shared.privacy.retention import Keep, retention
from shared.privacy.rules import rules_of, set_rules
from shared.wiring import dropped_files


def erase_candidate(candidate_id: str) -> Any:
    """Remove the person from every place and keep them out: `DELETE /api/candidates/ID/?erase=true`. For admins."""
    receipt = erase(ports(), reads(), candidate_id, dropped_files(settings(), ports()))
    note("erase", [receipt.id], places=receipt.places)
    return {"receipt": receipt.model_dump(mode="json")}


def get_held(candidate_id: str) -> Any:
    """Return everything that is held about the person, rows and files included. For admins, and the candidate."""
    found = held(ports(), reads(), candidate_id)
    note("tell what is held", [found["candidate_id"]])
    return found


def get_erasures() -> Any:
    """List receipts of erasures, newest first: `?limit=`. For admins."""
    found = list_erasures(ports(), reads(), number("limit", 100, 1, 1000))
    return {"erasures": [each.model_dump(mode="json") for each in found]}


def get_retention() -> Any:
    """Report what is over its time and would go with the next daily cleanup. For admins."""
    known = settings()
    keep = Keep(search_runs=known.keep_runs_days, audit=known.keep_audit_days)
    return retention(ports(), caller(), keep)


def get_rules(pool: str) -> Any:
    """Return how long the pool keeps what, and whether its recruiters see names. For admins."""
    allow(caller(), "administer")
    return {"pool": pool, **rules_of(ports(), pool).to_json()}


def put_rules(pool: str) -> Any:
    """Set a pool's rules: `{"retention_days": {"row": 730, "cv": 365, "form": 365}, "blind": true}`. For admins."""
    said = read_body(RulesBody)
    rules = set_rules(ports(), caller(), pool, said.retention_days, said.blind)
    note("set rules", **rules.to_json())
    return {"pool": pool, **rules.to_json()}


def put_self_description(candidate_id: str) -> Any:
    """Keep what a person says of themselves, for the impact report alone: `{"gender": …, "ethnicity": …, …}`."""
    said = read_body(SelfBody)
    describe(ports(), reads(), candidate_id, said.model_dump())
    note("describe oneself")
    return "", 204


def get_impact(job_id: str) -> Any:
    """Tell selection rates by group: `?stage=` (repeatable), `?since=`, `?until=`. For admins."""
    asked = request.args
    stages = asked.getlist("stage")
    return impact(ports(), caller(), job_id, stages, asked.get("since", ""), asked.get("until", "9999"))
