"""Who gets on and who does not, by groups people put themselves in: counted here, read by no search and no stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Final, Required, TypedDict, cast

from shared.access import Reads, allow
from shared.errors import InvalidRequest, NotAllowed, NotFound
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES, JOBS, MATCHES, SELF_DESCRIBED
from shared.paging import iter_all
from shared.ports import Create, Delete, Ports, Update

if TYPE_CHECKING:
    from shared.models.documents.privacy import SelfDescribedDocument

ATTRIBUTES: Final = ("gender", "ethnicity", "age_group", "disability")
FEWEST: Final = 5  # people of a group that is told of; fewer could be recognised
FOUR_FIFTHS: Final = 0.8
_LONGEST: Final = 60  # characters of an answer


class GroupRate(TypedDict, total=False):
    """How a group got on; of a group that is too small nothing but that."""

    group: Required[str]
    people: Required[int | str]
    selected: int
    rate: float
    ratio: float | None
    below_four_fifths: bool
    suppressed: Required[bool]


class Selection(TypedDict):
    """A selection by groups of each attribute; `described`: how many said anything, where that tells of nobody."""

    people: int
    described: int | None
    attributes: dict[str, list[GroupRate]]


class ImpactAnswer(TypedDict):
    """Selection rates by group for one job."""

    job_id: str
    since: str | None
    until: str | None
    stages: list[str]
    fewest: int
    selections: dict[str, Selection]


def describe(ports: Ports, reads: Reads, candidate_id: str, said: Mapping[str, str | None]) -> None:
    """Keep what a person says of themselves; nothing said removes it. For the candidate and for a form's own key
    (service), nobody else. Raises `NotAllowed`, `NotFound`, `InvalidRequest`."""
    if reads.caller.role not in ("candidate", "service"):
        raise NotAllowed("people describe themselves: with their own token, or by the form's key")
    row = reads.one(CANDIDATES, candidate_id, fields=("pool",))
    for name, value in said.items():
        if name not in ATTRIBUTES or (value is not None and not 0 < len(value) <= _LONGEST):
            raise InvalidRequest(f"{', '.join(ATTRIBUTES)}: each 1 to {_LONGEST} characters, or null")
    kept = {name: value for name, value in said.items() if value}
    if not kept:
        ports.store.commit([[Delete(SELF_DESCRIBED, row.id)]])
        return
    described = {"id": row.id, "pool": row.data["pool"], **kept, "at": ports.now()}
    new = cast("SelfDescribedDocument", described)
    if ports.store.commit([[Create(SELF_DESCRIBED, row.id, new)]]) != [None]:
        cleared = cast("SelfDescribedDocument", {**dict.fromkeys(ATTRIBUTES), **described})
        ports.store.commit([[Update(SELF_DESCRIBED, row.id, cleared, None)]])


def impact(
    ports: Ports, caller: Caller, job_id: str, stages: Sequence[str] = (), since: str = "", until: str = "9999"
) -> ImpactAnswer:
    """Return selection rates by group for one job, and each group's rate over the highest (four fifths: 0.8).

    Two selections: `scored_above_median`, of everybody matched to the job; `reached_stage`, of everybody who applied
    for it, those who stand in one of `stages` now. `since`, `until`: of the matching and the applying, UTC. Groups of
    fewer than five people, and what could be reckoned back from them, are not told. Raises `NotAllowed`, `NotFound`.
    """
    allow(caller, "administer")
    if not ports.store.get(JOBS, [job_id], fields=()):
        raise NotFound(f"no job {job_id}")
    matches = [row.data for row in ports.store.query(MATCHES, [("job_id", "==", job_id)])]
    scores = {one["candidate_id"]: one["score"] for one in matches if since <= one["at"] < until}
    middle = median(scores.values()) if scores else 0.0
    applied = dict(_applied(ports, job_id, since, until))
    said = _said(ports, {*scores, *applied})
    selections = {"scored_above_median": {id_: score > middle for id_, score in scores.items()}}
    if stages:
        wanted = {stage.casefold() for stage in stages}
        selections["reached_stage"] = {id_: stage.casefold() in wanted for id_, stage in applied.items()}
    return {
        "job_id": job_id,
        "since": since or None,
        "until": None if until == "9999" else until,
        "stages": list(stages),
        "fewest": FEWEST,
        "selections": {name: _table(selected, said) for name, selected in selections.items()},
    }


def _applied(ports: Ports, job_id: str, since: str, until: str) -> Iterator[tuple[str, str]]:
    """Yield who applied for the job, and the stage they are in; applications stand on the people of the job's pool."""
    pool = ports.store.get(JOBS, [job_id], fields=("pool",))[job_id].data.get("pool")
    for row in iter_all(ports.store, CANDIDATES, [("pool", "==", pool)], ("applications",)):
        for one in row.data.get("applications") or ():
            if one.get("job_id") == job_id and since <= (one.get("applied_at") or since) < until:
                yield row.id, one.get("stage") or ""


def _said(ports: Ports, ids: Iterable[str]) -> dict[str, SelfDescribedDocument]:
    wanted = sorted(ids)
    return {id_: row.data for id_, row in ports.store.get(SELF_DESCRIBED, wanted).items()} if wanted else {}


def _table(selected: Mapping[str, bool], said: Mapping[str, SelfDescribedDocument]) -> Selection:
    """Return for every attribute its groups with people, selected, rate and ratio."""
    table: Selection = {
        "people": len(selected),
        "described": sum(id_ in said for id_ in selected),
        "attributes": {},
    }
    for attribute in ATTRIBUTES:
        groups: dict[str, list[bool]] = defaultdict(list)
        for id_, chosen in selected.items():
            words = cast("Mapping[str, str | None]", said.get(id_) or {})
            if value := words.get(attribute):
                groups[value].append(chosen)
        if groups:
            table["attributes"][attribute] = _rates(groups)
    hides = any(row["suppressed"] for rows in table["attributes"].values() for row in rows)
    if hides or (table["described"] or 0) < FEWEST:  # the groups told of, taken from the sum, would tell of the others
        table["described"] = None
    return table


def _rates(groups: Mapping[str, Sequence[bool]]) -> list[GroupRate]:
    told = {name: chosen for name, chosen in groups.items() if len(chosen) >= FEWEST}
    rates = {name: sum(chosen) / len(chosen) for name, chosen in told.items()}
    best = max(rates.values(), default=0.0)
    rows: list[GroupRate] = []
    for name in sorted(groups):
        if name not in told:
            rows.append({"group": name, "people": f"fewer than {FEWEST}", "suppressed": True})
            continue
        ratio = rates[name] / best if best else None
        rows.append({"group": name, "people": len(told[name]), "selected": sum(told[name]),
                     "rate": round(rates[name], 4), "ratio": None if ratio is None else round(ratio, 4),
                     "below_four_fifths": ratio is not None and ratio < FOUR_FIFTHS, "suppressed": False})  # fmt: skip
    return rows
