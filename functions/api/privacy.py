"""Privacy over HTTP: erase somebody for good, show what is held about them, receipts, how long things are kept."""

from __future__ import annotations

from typing import Any

from flask import request
from pydantic import StrictBool, StrictInt

from functions.audit import note
from functions.openapi.operation import JSON, VIEW, Body, limit, operation, text
from functions.parameters import JsonBody, number, read_body
from functions.request import caller, ports, reads, settings, sight
from shared.access import allow
from shared.privacy.erase import list_erasures
from shared.privacy.impact import describe, impact
from shared.privacy.personal_data import held
from shared.privacy.retention import Keep, retention
from shared.privacy.rules import Rules, rules_of, set_rules
from shared.views.privacy import Erasures, Impact, PersonalData, PoolRules, Retention, personal_data


class RulesBody(JsonBody):
    """A pool's rules; what is not named stays."""

    retention_days: dict[str, StrictInt] | None = None  # kind of source to days
    blind: StrictBool | None = None


class SelfBody(JsonBody):
    """What a person says of themselves; what is not named is not kept."""

    gender: str | None = None
    ethnicity: str | None = None
    age_group: str | None = None
    disability: str | None = None


@operation({200: PersonalData}, query=(VIEW,))
def get_held(candidate_id: str) -> PersonalData:
    """Return everything that is held about the person, rows and files included. For admins, and the candidate."""
    data = held(ports(), reads(), candidate_id)
    note("tell what is held", [data["candidate_id"]])
    return personal_data(data, sight())


@operation({200: Erasures}, query=(limit(100, 1000),))
def get_erasures() -> Erasures:
    """List receipts of erasures, newest first: `?limit=`. For admins."""
    receipts = list_erasures(ports(), reads(), number("limit", 100, 1, 1000))
    shown: list[Any] = [receipt.model_dump(mode="json") for receipt in receipts]
    return Erasures(erasures=shown)


@operation({200: Retention})
def get_retention() -> Retention:
    """Report what is over its time and would go with the next daily cleanup. For admins."""
    keep = Keep(search_runs=settings().keep_runs_days, audit=settings().keep_audit_days)
    report: Any = retention(ports(), caller(), keep)
    return Retention(**report)


@operation({200: PoolRules})
def get_rules(pool: str) -> PoolRules:
    """Return how long the pool keeps what, and whether its recruiters see names. For admins."""
    allow(caller(), "administer")
    return _pool_rules(pool, rules_of(ports(), pool))


@operation({200: PoolRules}, body=Body({JSON: RulesBody}))
def put_rules(pool: str) -> PoolRules:
    """Set a pool's rules: `{"retention_days": {"row": 730, "cv": 365, "form": 365}, "blind": true}`. For admins."""
    body = read_body(RulesBody)
    rules = set_rules(ports(), caller(), pool, body.retention_days, body.blind)
    note("set rules", **rules.to_json())
    return _pool_rules(pool, rules)


@operation({204: None}, body=Body({JSON: SelfBody}))
def put_self_description(candidate_id: str) -> Any:
    """Keep what a person says of themselves, for the impact report alone: `{"gender": …, "ethnicity": …, …}`."""
    body = read_body(SelfBody)
    describe(ports(), reads(), candidate_id, body.model_dump())
    note("describe oneself")
    return "", 204


@operation(
    {200: Impact},
    query=(text("stage", "Counts as selected; repeatable."), text("since", "A time."), text("until", "A time.")),
)
def get_impact(job_id: str) -> Impact:
    """Tell selection rates by group: `?stage=` (repeatable), `?since=`, `?until=`. For admins."""
    stages = request.args.getlist("stage")
    since, until = request.args.get("since", ""), request.args.get("until", "9999")
    report: Any = impact(ports(), caller(), job_id, stages, since, until)
    return Impact(**report)


def _pool_rules(pool: str, rules: Rules) -> PoolRules:
    return PoolRules(pool=pool, retention_days=dict(rules.retention_days), blind=rules.blind)
