"""A backfill at a terminal: what it will take, a question, progress, where it stands, what to run next."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from shared.errors import InvalidRequest
from shared.models.collections import COLLECTIONS
from shared.ports import Data, Ports, Stored
from shared.repair import Found, Reckoned, Repair, Repaired
from shared.stages.stage import load_stage
from shared.vectors.generations import field_at, filling, live_space, other_place, switch_if_complete, tidy

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument

Say = Callable[[str], None]


def announcement(found: Found, reckoned: Reckoned) -> str:
    """How many, why, and what it will take."""
    lines = [f"{len(found.findings):,} of {found.records:,} {found.kind} want repair"]
    for why, details in found.counts.items():
        lines.append(f"  {why:<12} {sum(details.values()):,}")
        lines += [f"    {number:>8,}  {detail}" for detail, number in details.items()]
    if found.findings:
        lasts = "a time the first batch will tell" if reckoned.minutes is None else f"{reckoned.minutes:,.1f} minutes"
        cost = f"${reckoned.dollars:.2f}" if reckoned.known else "dollars nobody knows before the first records"
        lines.append(f"about {lasts}, {reckoned.calls:,} API calls, {reckoned.tokens:,} tokens, {cost}")
    return "\n".join(lines)


def ask_first(yes: bool) -> bool:
    """Whether to go on. Raises `InvalidRequest` where nobody can be asked."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise InvalidRequest("nobody is here to be asked: add --yes, or --dry-run to look only")
    return click.confirm("Go on?", default=False, err=True)


class Progress:
    """Says a line for every record and one for every batch. No names: a person is their title, employer and id."""

    def __init__(self, ports: Ports, kind: str, total: int, batch_size: int, repair: Repair, say: Say) -> None:
        self._ports, self._kind, self._total, self._size = ports, kind, total, batch_size
        self._repair, self._say, self._began, self._told = repair, say, time.monotonic(), 0

    def watch(self, rows: Sequence[Stored[RecordDocument]]) -> None:
        """See a finished group."""
        sizes = _dimensions(self._ports, self._kind, [row.id for row in rows])
        for row in rows:
            self._say(record_line(self._kind, row.id, row.data, sizes.get(row.id)))
        done = self._repair.so_far.records
        if done - self._told >= self._size or done == self._total:
            self._told = done
            self._say(self._batch())

    def _batch(self) -> str:
        now, seconds = self._repair.so_far, max(1e-9, time.monotonic() - self._began)
        left = (self._total - now.records) * seconds / max(1, now.records)
        return (
            f"[{now.records:,}/{self._total:,} {now.records / self._total:.0%}] {now.done:,} done, "
            f"{now.failed:,} failed, {now.skipped:,} skipped, {_clock(seconds)} elapsed, {_clock(left)} remaining, "
            f"{now.records / seconds * 60:,.1f} a minute"
        )


def record_line(kind: str, id_: str, data: RecordDocument, dimensions: int | None) -> str:
    """Title at company, id, skills found, seniority, dimensions; or why not."""
    title, company, skills, level = _job(data) if kind == "jobs" else _person(data)
    name = f"{title or 'no title'} at {company}" if company else title or "no title"
    states = data.get("stages") or {}
    failed = [f"{name} failed: {(s.get('error') or {}).get('message')}" for name, s in states.items()
              if s.get("state") == "failed"]  # fmt: skip
    if failed or states.get("embed", {}).get("state") == "skipped":
        return f"  {name}  {id_}  {'; '.join(failed) or 'skipped: ' + str(states['embed'].get('reason'))}"
    found = f"{skills} skills, {level or 'seniority unknown'}, {dimensions or 'no'} dimensions"
    return f"  {name}  {id_}  {found}"


def _job(data: Any) -> tuple[str | None, str | None, int, str | None]:
    read = data.get("enrichment") or {}
    levels = ", ".join(read.get("levels") or ())
    return data.get("title"), data.get("company"), len(read.get("skills") or ()), levels or data.get("seniority")


def _person(data: Any) -> tuple[str | None, str | None, int, str | None]:
    newest: Data = next(iter((data.get("profile") or {}).get("experiences") or ()), {})
    found = (data.get("enrichment") or {}).get("skills") or (data.get("profile") or {}).get("skills") or ()
    return newest.get("title"), newest.get("company"), len(found), (data.get("classification") or {}).get("level")


def _dimensions(ports: Ports, kind: str, ids: Sequence[str]) -> dict[str, int]:
    place = live_space(ports.store, kind).place
    fields = (field_at("embedding", place), field_at("embedding", other_place(place)))
    rows = ports.store.get(COLLECTIONS[kind], ids, fields=fields)
    return {id_: len(vector) for id_, row in rows.items() for vector in row.data.values()}


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


@contextmanager
def stopped_by_hand(repair: Repair, say: Say) -> Iterator[None]:
    """Let Ctrl-C end the work after the records in hand; a second one ends it at once."""

    def first(*_: Any) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        say("stopping after the records in hand; Ctrl-C again ends at once")
        repair.stop()

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def settle_space(ports: Ports, kind: str) -> Data:
    """Make a complete space the live one and clear the one before; say how it stands."""
    recipe = load_stage("embed", kind).recipe(ports)
    switched = switch_if_complete(ports, kind, recipe)
    far = filling(ports.store, kind, recipe)
    return {"switched": switched, "removed": tidy(ports, kind, recipe), "filling": asdict(far) if far else None}


def summary(kind: str, total: int, seconds: float, did: Repaired, space: Data) -> str:
    """Totals, minutes, rate, and what to run next."""
    rate = did.records / max(seconds, 1e-9) * 60
    lines = [
        f"{did.done:,} done, {did.failed:,} failed, {did.skipped:,} skipped (no description), {did.left:,} left to "
        f"others, {total - did.records:,} not begun; "
        f"{seconds / 60:.1f} minutes, {rate:,.1f} a minute, ${did.dollars:.2f}"
    ]
    lines += [f"  {number:,} x {reason}" for reason, number in sorted(did.reasons.items(), key=lambda each: -each[1])]
    if did.stopped:
        lines.append(f"stopped: {did.stopped}; `shortlist backfill {kind}` goes on from there")
    if far := space["filling"]:
        lines.append(
            f"the new vectors ({far['recipe']}) are in for {far['filled']:,}, {far['left']:,} to go; until then "
            f"searches use the old ones ({far['live']})"
        )
    lines.append("next: `shortlist verify`" + (" (and `shortlist failures`)" if did.failed else ""))
    return "\n".join(lines)
