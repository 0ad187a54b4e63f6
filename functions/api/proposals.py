"""Pairs of records that may be one person over HTTP: lists of them, and what a person decides."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from flask import request

from functions.audit import note
from functions.openapi.operation import AFTER, JSON, POOL, VIEW, Body, choice, limit, operation
from functions.parameters import JsonBody, number, read_body
from functions.request import caller, ports, reads, sight
from shared.access import allow
from shared.errors import InvalidRequest
from shared.models.collections import CANDIDATES, PROPOSALS
from shared.people.merge_split import find_id
from shared.people.proposals import decide_proposal
from shared.ports import Where
from shared.views.proposals import ProposalDecided, ProposalPage, proposal_page, show_proposal

_STATES: Final = ("open", "joined", "different")
_FIELDS: Final = ("pool", "person", "profile")


class ProposalBody(JsonBody):
    """What a person says of the two: one person, or not."""

    answer: Literal["same", "different"]


@operation({200: ProposalPage}, query=(POOL, choice("state", *_STATES), limit(50, 200), AFTER, VIEW))
def list_proposals() -> ProposalPage:
    """List pairs that may be one person, with what speaks for and against: `?pool=&state=&limit=&after=`.

    `state` is `open` unless it is given; `after` is the last answer's `next`. Not for candidates.
    """
    allow(caller(), "search")
    state = request.args.get("state", "open")
    if state not in _STATES:
        raise InvalidRequest(f"state={state!r}: one of {', '.join(_STATES)}")
    where: list[Any] = [("state", "==", state)]
    if "pool" in request.args:
        where.append(("pool", "==", request.args["pool"]))
    size = number("limit", 50, 1, 200)
    after = request.args.get("after")
    rows = reads().page(PROPOSALS, cast(Where, where), None, size, (None, after) if after else None)
    proposals = [row.data for row in rows]
    people = _people([id_ for proposal in proposals for id_ in proposal["candidate_ids"]])
    end = rows[-1].id if len(rows) == size else None
    return proposal_page(proposals, people, end, sight())


@operation({200: ProposalDecided}, body=Body({JSON: ProposalBody}), refuses=(404,))
def decide(proposal_id: str) -> ProposalDecided:
    """Decide a proposal: JSON `{"answer": "same"}` joins the two, `"different"` keeps them apart for good."""
    row = reads().one(PROPOSALS, proposal_id)
    allow(caller(), "change", row.data["pool"])
    answer = read_body(ProposalBody).answer
    proposal = decide_proposal(ports(), row.id, answer, caller().uid)
    note(f"proposal: {answer}", proposal["candidate_ids"])
    joined = find_id(ports(), proposal["candidate_ids"][0]) if answer == "same" else None
    shown = show_proposal(proposal, _people(proposal["candidate_ids"]), sight())
    return ProposalDecided(proposal=shown, candidate_id=joined)


def _people(ids: list[str]) -> dict[str, Any]:
    rows = reads().some(CANDIDATES, sorted(set(ids)), _FIELDS)
    return {id_: row.data for id_, row in rows.items()}
