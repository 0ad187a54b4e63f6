"""A request sent twice is done once: by the caller's key its first answer is found again."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from shared.errors import Conflict, IdempotencyKeyReused, InProgress
from shared.leases import is_held, lease_end
from shared.models.answered import Answered
from shared.models.collections import ANSWERS
from shared.ports import Create, Data, Delete, Ports, Update
from shared.retry import attempts

KEPT: Final = timedelta(days=1)
_LONGEST: Final = timedelta(minutes=15)  # a request is being answered; then its worker has died
_TRIES: Final = 5


def answer_id(ports: Ports, uid: str, key: str) -> str:
    """Return what a caller's key is found by: two callers may use the same one."""
    return hmac.new(ports.key_secret, f"idempotency\x1f{uid}\x1f{key}".encode(), hashlib.sha256).hexdigest()[:32]


def begin_answer(ports: Ports, id_: str, request: str) -> Answered | None:
    """Return the first answer, or None: then the request is ours to answer, and `end_answer` keeps it.

    Raises `IdempotencyKeyReused` for another request under the same key, `InProgress`, `Conflict` where the answer was
    not kept.
    """
    fresh = Answered(id=id_, request=request, at=ports.now(), worker=ports.worker.name)
    said = fresh.model_dump(mode="json", exclude_none=True)
    for _ in attempts("this key is being written by others; try again", _TRIES):
        if ports.store.commit([[Create(ANSWERS, id_, said)]]) == [None]:
            return None
        row = ports.store.get(ANSWERS, [id_]).get(id_)
        if row is None:
            continue
        known = Answered.model_validate(row.data)
        if _before(ports, KEPT) > known.at or (known.status is None and _is_lost(ports, known)):
            ports.store.commit([[Delete(ANSWERS, id_, row.version)]])
            continue
        if known.request != request:
            raise IdempotencyKeyReused(
                "this Idempotency-Key was sent with another request: a new request wants a new key"
            )
        if known.status is None:
            raise InProgress("this very request is being answered: come again in a moment")
        if known.body is None:
            raise Conflict("this request was done; its answer held a secret or was too long to be kept")
        return known
    raise AssertionError("attempts ends by raising")


def end_answer(ports: Ports, id_: str, status: int, body: str | None, media: str, candidate_id: str | None) -> None:
    """Keep the answer of a request that `begin_answer` left to us."""
    said: Data = {"status": status, "media": media, "body": body, "candidate_id": candidate_id}
    known = {name: value for name, value in said.items() if value is not None}
    ports.store.commit([[Update(ANSWERS, id_, known, None)]])


def drop_answer(ports: Ports, id_: str) -> None:
    """Forget a request that came to nothing: sent again it is tried again."""
    ports.store.commit([[Delete(ANSWERS, id_)]])


def forget_answers(ports: Ports) -> int:
    """Forget answers older than a day; return how many."""
    rows = ports.store.query(ANSWERS, [("at", "<", _before(ports, KEPT))], fields=())
    for start in range(0, len(rows), 200):
        ports.store.commit([[Delete(ANSWERS, row.id)] for row in rows[start : start + 200]])
    return len(rows)


def _is_lost(ports: Ports, known: Answered) -> bool:
    return not is_held(ports, {"owner": known.worker, "until": lease_end(known.at, _LONGEST)})


def _before(ports: Ports, by: timedelta) -> str:
    return (datetime.fromisoformat(ports.now()) - by).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
