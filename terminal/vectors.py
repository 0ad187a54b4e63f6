"""The stored vectors, looked at from a terminal: are they real, of what are they, who is near whom."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from shared.errors import InvalidRequest
from shared.models.collections import RECORDS
from shared.paging import iter_pages
from shared.ports import Data, Ports, Stored, Vector
from shared.repair import VectorReport, check_vectors
from shared.stages.stage import load_stage
from shared.vectors.generations import filling, live_space, live_vectors
from terminal.backfills import record_line

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument

_LISTED: Final = 50  # of each kind, in text; --json lists all
_DRAWN: Final = 2_000  # vectors in a picture
_NEAR: Final = 3
_SIDE: Final = 640
_COLOURS: Final = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#000000")


def verdict(checked: Mapping[str, VectorReport]) -> Data:
    """Return what `verify --json` prints."""
    value: Data = {"all_real": not any(report.faults or report.missing for report in checked.values())}
    for kind, report in checked.items():
        faults = [{"id": f.id, "field": f"{f.collection}.{f.field}", "kind": f.kind} for f in report.faults]
        missing = [{"id": id_, "why": why} for id_, why in report.missing.items()]
        value[kind] = {"records": report.records, "vectors": report.vectors, "nothing_to_embed": report.without_text,
                       "kinds": report.kinds, "faults": faults, "missing": missing}  # fmt: skip
    return value


def verdict_text(value: Data) -> str:
    """The same for people."""
    lines = []
    for kind in (name for name in value if name != "all_real"):
        seen = value[kind]
        lines.append(
            f"{kind}: {seen['vectors']:,} vectors of {seen['records']:,} records, {len(seen['faults']):,} not real, "
            f"{len(seen['missing']):,} missing, {seen['nothing_to_embed']:,} have nothing to embed"
        )
        lines += [
            f"  {each['id']}  {each['kind'].replace('_', ' ')}  {each['field']}" for each in seen["faults"][:_LISTED]
        ]
        lines += [f"  {each['id']}  missing: {each['why']}" for each in seen["missing"][:_LISTED]]
        more = sum(max(0, len(seen[name]) - _LISTED) for name in ("faults", "missing"))
        lines += [f"  and {more:,} more (--json lists all)"] if more else []
    broken = [kind for kind in value if kind != "all_real" and (value[kind]["faults"] or value[kind]["missing"])]
    lines.append("all vectors are real" if value["all_real"] else f"next: `shortlist backfill {broken[0]}`")
    return "\n".join(lines)


def planned(ports: Ports, kinds: Sequence[str]) -> Data:
    """Return what `plan` says of the vectors: how many are not real, of each kind, and how far a new space is."""
    value: Data = {}
    for kind in kinds:
        report, far = check_vectors(ports, kind), filling(ports.store, kind, load_stage("embed", kind).recipe(ports))
        value[kind] = {"vectors": report.vectors, "missing": len(report.missing), **report.kinds,
                       "filling": {**asdict(far), "complete": far.complete} if far else None}  # fmt: skip
    return value


def planned_text(value: Data) -> str:
    """The same for people."""
    lines = []
    for kind, seen in value.items():
        wrong = {name: number for name, number in seen.items() if name not in ("vectors", "filling") and number}
        said = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in wrong.items()) or "all real"
        lines.append(f"vectors of {kind}: {seen['vectors']:,}; {said}")
        if far := seen["filling"]:
            lines.append(
                f"             new space {far['recipe']!r}: {far['filled']:,} filled, {far['left']:,} to go, "
                f"{far['failed']:,} failed; searches use {far['live']!r} until it is complete"
            )
    return "\n".join(lines)


def overview(ports: Ports, kind: str, latest: int) -> Data:
    """Return counts, lengths and the neighbours of the latest."""
    report, recipe = check_vectors(ports, kind), load_stage("embed", kind).recipe(ports)
    far, lengths = filling(ports.store, kind, recipe), report.lengths
    return {
        "kind": kind,
        "records": report.records,
        "vectors": report.vectors,
        "real": not report.faults,
        "recipes": dict(report.recipes.most_common()),
        "dimensions": {str(size): number for size, number in report.dimensions.most_common()},
        "lengths": {"min": min(lengths), "mean": sum(lengths) / len(lengths), "max": max(lengths)} if lengths else None,
        "live": live_space(ports.store, kind).recipe,
        "filling": {"recipe": far.recipe, "filled": far.filled, "left": far.left} if far else None,
        "latest": [_with_neighbours(ports, kind, row) for row in _latest(ports, kind, latest)],
    }


def overview_text(value: Data) -> str:
    """The same for people."""
    lines = [
        f"{value['vectors']:,} vectors of {value['records']:,} {value['kind']}; live: {value['live'] or 'none yet'}"
    ]
    lines += [f"  {number:>8,}  {recipe}" for recipe, number in value["recipes"].items()]
    lines += [f"  {number:>8,}  of {size} dimensions" for size, number in value["dimensions"].items()]
    if value["lengths"]:
        lines.append("  length: " + ", ".join(f"{name} {number:.6f}" for name, number in value["lengths"].items()))
    if far := value["filling"]:
        lines.append(f"  being filled beside: {far['recipe']}, {far['filled']:,} in, {far['left']:,} to go")
    for each in value["latest"]:
        lines.append(each["line"].strip())
        lines += [f"    {near['similarity']:.3f}  {near['line'].strip()}" for near in each["near"]]
    lines += [] if value["real"] else ["not all of them are real: `shortlist verify` lists them"]
    return "\n".join(lines + ([f"picture: {value['plot']['file']}"] if "plot" in value else []))


def _latest(ports: Ports, kind: str, count: int) -> list[Stored[RecordDocument]]:
    ids: list[tuple[str, str]] = []
    for rows in iter_pages(ports.store, RECORDS[kind], [("stages.embed.state", "==", "done")], ("awaiting", "stages")):
        ids = heapq.nlargest(count, [*ids, *((row.data["stages"]["embed"]["at"], row.id) for row in rows)])
    found = ports.store.get(RECORDS[kind], [id_ for _, id_ in ids])
    return [found[id_] for _, id_ in ids if id_ in found]


def _with_neighbours(ports: Ports, kind: str, row: Stored[RecordDocument]) -> Data:
    from shared.vectors.generations import legs_among

    vectors = live_vectors(ports.store, kind, [row.id], ("embedding",)).get(row.id, {})
    near: list[Data] = []
    for collection, field, vector in legs_among(ports.store, kind, kind, vectors) or ():
        found = ports.store.nearest(collection, field, vector, [("pool", "==", row.data["pool"])], _NEAR + 1)
        rows = ports.store.get(RECORDS[kind], [id_ for id_, _ in found])
        near = [
            {"id": id_, "similarity": round(product, 4), "line": record_line(kind, id_, rows[id_].data, len(vector))}
            for id_, product in found
            if id_ != row.id and id_ in rows
        ][:_NEAR]
    size = len(vectors["embedding"]) if vectors else None
    return {"id": row.id, "line": record_line(kind, row.id, row.data, size), "near": near}


def write_plot(ports: Ports, kind: str, path: Path) -> Data:
    """Write a picture of at most 2,000 live vectors, by the two directions they differ most in. SVG only.

    Raises `InvalidRequest` for another format, for fewer than three vectors or where the file cannot be written.
    """
    if path.suffix.lower() != ".svg":
        raise InvalidRequest(f"--plot {path}: a picture is an .svg; nothing that draws PNG is installed")
    rows = ports.store.query(RECORDS[kind], limit=_DRAWN)  # ids are random, so these are a sample
    vectors = live_vectors(ports.store, kind, [row.id for row in rows], ("embedding",))
    rows = [row for row in rows if row.id in vectors]
    if len(rows) < 3:
        raise InvalidRequest("--plot: fewer than three vectors are stored")
    try:
        path.write_text(_svg(kind, rows, _flattened([vectors[row.id]["embedding"] for row in rows])), encoding="utf-8")
    except OSError as error:
        raise InvalidRequest(f"{path}: {(error.strerror or 'cannot be written').lower()}") from error
    return {"file": str(path), "vectors": len(rows)}


def _flattened(vectors: Sequence[Vector]) -> Any:
    """The first two principal components, scaled into 0..1: (n, 2)."""
    import numpy as np

    rows = np.stack(vectors).astype(np.float64)
    rows -= rows.mean(axis=0)
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    flat = rows @ directions[:2].T
    flat -= flat.min(axis=0)
    return flat / np.maximum(flat.max(axis=0), 1e-12)


def _svg(kind: str, rows: Sequence[Stored[RecordDocument]], places: Any) -> str:
    names = [_function(row.data) for row in rows]
    order = sorted(set(names), key=lambda name: -names.count(name))
    colour = {name: _COLOURS[min(place, len(_COLOURS) - 1)] for place, name in enumerate(order)}
    dots = [
        f'<circle cx="{20 + x * (_SIDE - 40):.1f}" cy="{20 + y * (_SIDE - 40):.1f}" r="3" fill="{colour[name]}" '
        f'fill-opacity="0.7"><title>{escape(record_line(kind, row.id, row.data, None).split("  ")[1])}</title></circle>'
        for (x, y), row, name in zip(places, rows, names, strict=True)
    ]
    legend = [
        f'<text x="{_SIDE + 10}" y="{30 + 18 * place}" fill="{colour[name]}">{escape(name)} {names.count(name)}</text>'
        for place, name in enumerate(order)
    ]
    size = f'width="{_SIDE + 200}" height="{_SIDE}" viewBox="0 0 {_SIDE + 200} {_SIDE}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *dots, *legend, "</svg>", ""])


def _function(data: Any) -> str:
    read = data.get("enrichment") or {}
    return str((data.get("classification") or {}).get("function") or next(iter(read.get("functions") or ()), "unknown"))
