"""Which records want repair, why, and from which stage on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from shared.models.candidate import FAILED
from shared.pipeline.claims import fingerprint
from shared.ports import Ports, Stored
from shared.repair.vectors import VectorCheck, VectorFault, why_missing
from shared.stages.stage import Stage, load_stage
from shared.stages.table import ORDER

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument, StageStateData

Why = Literal["placeholder", "missing", "failed", "stale"]
WHYS: Final[tuple[Why, ...]] = ("placeholder", "missing", "failed", "stale")


class Finding(NamedTuple):
    """A record to be done anew from `stage` on. `vectors`: (collection, field) of what is no vector there."""

    id: str
    why: Why
    detail: str
    stage: str
    vectors: tuple[tuple[str, str], ...] = ()


@dataclass
class Found:
    """What a look at all records of a kind found: each record once."""

    kind: str
    records: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many for each reason: why -> detail -> records."""
        counts: dict[str, Counter[str]] = {}
        for finding in self.findings:
            counts.setdefault(finding.why, Counter())[finding.detail] += 1
        return {why: dict(counts[why].most_common()) for why in WHYS if why in counts}


def find(ports: Ports, kind: str, only: Why | None = None) -> Found:
    """Look at every record of a kind and its vectors, a page at a time; return what wants repair.

    Also sees what changed under the stages without their knowledge: the hash of what they read is another.
    """
    check, judge = VectorCheck(ports, kind), _Judge(ports, kind)
    found = Found(kind, 0)
    for page in check.pages(fields=None):
        check.look(page)
        vectors = {id_ for (collection, _), held in page.vectors.items() if collection == kind for id_ in held}
        judged = (judge.finding(row, row.id in vectors) for row in page.rows)
        found.findings += [each for each in judged if each]
    report = check.end()
    found.records = report.records
    found.findings = with_faults(found.findings, report.faults)
    found.findings = [each for each in found.findings if only in (None, each.why)]
    return found


def with_faults(findings: list[Finding], faults: Iterable[VectorFault]) -> list[Finding]:
    """Add the records with a false vector: each is found for that alone, whatever else is wrong with it."""
    by_id: dict[str, list[VectorFault]] = {}
    for fault in faults:
        by_id.setdefault(fault.id, []).append(fault)
    earlier = {each.id: each.stage for each in findings}
    false = [
        Finding(id_, "placeholder", each[0].kind.replace("_", " "), earlier.get(id_, "embed"),
                tuple((fault.collection, fault.field) for fault in each))
        for id_, each in by_id.items()
    ]  # fmt: skip
    return false + [each for each in findings if each.id not in by_id]


class _Judge:
    """What the documents say of their stages, up to the vectors."""

    def __init__(self, ports: Ports, kind: str) -> None:
        order = ORDER[kind]
        self._order = order[: order.index("embed") + 1]
        self._stages: dict[str, Stage[RecordDocument]] = {name: load_stage(name, kind) for name in self._order}
        self._recipes = {name: stage.recipe(ports) for name, stage in self._stages.items()}

    def finding(self, row: Stored[RecordDocument], has_vector: bool) -> Finding | None:
        data, states = row.data, row.data.get("stages") or {}
        awaiting = data.get("awaiting")
        failed = [name for name, state in states.items() if state.get("state") == "failed"]
        if awaiting == FAILED and failed:
            first = min(failed, key=lambda name: self._order.index(name) if name in self._order else 9)
            return Finding(row.id, "failed", f"{first} failed", first)
        skipped = states.get("embed", {}).get("state") == "skipped"
        if awaiting in self._order:
            if has_vector or skipped:
                return Finding(row.id, "stale", f"what {awaiting} reads has changed", awaiting)
            return Finding(row.id, "missing", why_missing(data), awaiting)
        stale = next(filter(None, (self._stale(name, data, states) for name in self._order)), None)
        if stale:
            return Finding(row.id, "stale", *stale)
        if not has_vector and not skipped:
            return Finding(row.id, "missing", why_missing(data), "embed")
        return None

    def _stale(self, name: str, data: RecordDocument, states: Mapping[str, StageStateData]) -> tuple[str, str] | None:
        state = states.get(name)
        if not state:
            return None
        if state["recipe"] != self._recipes[name]:
            return f"{name} was done by {state['recipe']!r}, now it is {self._recipes[name]!r}", name
        if state["input"] != fingerprint(self._stages[name].inputs(data)):
            return f"what {name} read has changed since", name
        return None
