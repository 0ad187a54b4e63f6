"""What a model said about records, as outcomes: the same for every stage that asks a model one question a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from shared.ports import D, Reply
from shared.stages.stage import Outcome


def outcomes_of(count: int, replies: Mapping[int, Reply[Any]], field: str, nothing: str) -> list[Outcome[D]]:
    """Return one outcome for each of `count` records: `replies` by place; `field` takes the value.

    A record nobody asked about, or about which there is nothing to say, is skipped with the reason `nothing`.
    """
    return [_outcome(replies.get(place), field, nothing) for place in range(count)]


def _outcome(reply: Reply[Any] | None, field: str, nothing: str) -> Outcome[D]:
    if reply is None or (reply.value is None and reply.error is None):
        return Outcome("skipped", reason=nothing)
    if reply.value is None:
        return Outcome("retryable" if reply.retryable else "failed", reason=reply.error, tokens=reply.tokens)
    fields = cast(D, {field: reply.value.model_dump(mode="json")})
    return Outcome("done", fields, tokens=reply.tokens)
