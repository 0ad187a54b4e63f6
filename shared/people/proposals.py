"""Pairs that may be one person, listed and decided: joined, or not the same for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from shared.errors import InvalidRequest, NotFound
from shared.models.collections import PROPOSALS
from shared.paging import iter_all
from shared.people.merge_split import keep_apart_writes, merge_writes
from shared.people.stored import load_people
from shared.ports import Delete, Op, Ports, Update, Write
from shared.retry import write_until_accepted

if TYPE_CHECKING:
    from shared.models.documents.people import ProposalDocument

Verdict = Literal["same", "different"]
_STATES: Final[dict[Verdict, Literal["joined", "different"]]] = {"same": "joined", "different": "different"}


def list_open(ports: Ports, pool: str | None = None) -> Iterator[ProposalDocument]:
    """Yield the proposals nobody decided yet, by id."""
    where: list[tuple[str, Op, str]] = [("state", "==", "open")]
    if pool is not None:
        where.append(("pool", "==", pool))
    for row in iter_all(ports.store, PROPOSALS, where):
        yield row.data


def decide_proposal(ports: Ports, id_: str, answer: Verdict, uid: str) -> ProposalDocument:
    """Join the two, or note for good that they are not the same; return the decided proposal.

    Raises `NotFound`, `InvalidRequest` where it was decided before or one of the two is gone.
    """

    def build() -> tuple[Sequence[Write], ProposalDocument]:
        row = ports.store.get(PROPOSALS, [id_]).get(id_)
        if row is None:
            raise NotFound(f"no proposal {id_}")
        if row.data["state"] != "open":
            raise InvalidRequest(f"proposal {id_} was decided before: {row.data['state']}")
        people = list(load_people(ports, row.data["candidate_ids"]).values())
        if len(people) < 2:
            raise InvalidRequest(f"proposal {id_}: one of the two records is gone")
        fields: ProposalDocument = {"state": _STATES[answer], "decided_by": uid, "decided_at": ports.now()}
        writes = merge_writes(ports, people)[0] if answer == "same" else keep_apart_writes(ports, people)
        others = [write for write in writes if write[0] != "proposals" or write[1] != id_]
        return [*others, Update(PROPOSALS, id_, fields, row.version)], {**row.data, **fields}

    return write_until_accepted(ports.store, build, f"proposal {id_}")


def proposal_deletes(ports: Ports, candidate_ids: Iterable[str]) -> list[Write]:
    """Return writes that remove every proposal about these candidates."""
    ids: dict[str, None] = {}
    for candidate_id in candidate_ids:
        rows = ports.store.query(PROPOSALS, [("candidate_ids", "array_contains", candidate_id)], fields=())
        ids |= dict.fromkeys(row.id for row in rows)
    return [Delete(PROPOSALS, id_) for id_ in ids]
