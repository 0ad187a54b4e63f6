"""The verbs of an operator who looks after what is stored: backfill, verify, embeddings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from shared.config import Settings
from terminal.command import connect, json_verb, print_value

KINDS: Final = ("candidates", "jobs")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--dry-run", is_flag=True, help="Only say what would be done, why, and what it takes.")
@click.option("--batch-size", type=click.IntRange(1, 50), default=10, show_default=True, help="Progress every so many.")
@click.option("--delay", type=click.FloatRange(min=0), default=2.0, show_default=True,
              help="Seconds between records; 0: as fast as the quota allows.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--max-cost", type=click.FloatRange(min=0), metavar="DOLLARS", help="Stop before more is spent.")
@click.option("--only", type=click.Choice(["placeholder", "stale", "failed", "missing"]), help="Only for this reason.")
@json_verb
def backfill(settings: Settings, kind: str, dry_run: bool, as_json: bool, **asked: Any) -> None:
    """Repair what is missing, a placeholder, stale or failed. Only what the stages write changes."""
    from dataclasses import asdict
    from time import monotonic

    from shared.repair import Repair, find, reckon
    from terminal import backfills

    def say(text: str) -> None:
        click.echo(text, err=as_json)

    ports = connect(settings, follow=False)
    found = find(ports, kind, asked["only"])
    per_minute = settings.gemini.per_minute if settings.model == "gemini" else 0
    takes = reckon(ports, kind, found.findings, asked["batch_size"], asked["delay"], per_minute)
    say(backfills.announcement(found, takes))
    result: dict[str, Any] = {"kind": kind, "records": found.records, "found": found.counts, "takes": asdict(takes)}
    if dry_run or not found.findings or not backfills.ask_first(asked["yes"]):
        space = {} if dry_run else backfills.settle_space(ports, kind)
        print_value({**result, "space": space}, as_json, lambda _: "nothing was changed")
        return
    repair = Repair(ports, kind, asked["batch_size"], asked["delay"], asked["max_cost"], settings.workers)
    progress = backfills.Progress(ports, kind, len(found.findings), asked["batch_size"], repair, say)
    began = monotonic()
    with backfills.stopped_by_hand(repair, say):
        did = repair.run(found.findings, progress.watch)
    seconds, space = monotonic() - began, backfills.settle_space(ports, kind)
    result |= {"did": asdict(did), "seconds": round(seconds, 2), "space": space, "next": "shortlist verify"}
    print_value(result, as_json, lambda _: backfills.summary(kind, len(found.findings), seconds, did, space))
    if did.stopped == "it was asked to stop":
        sys.exit(130)


@click.command()
@json_verb
def verify(settings: Settings, as_json: bool) -> None:
    """Look at every vector: are all of them real? Ends with 1 and a list if not."""
    from shared.repair import check_vectors
    from terminal import vectors

    ports = connect(settings)
    checked = {kind: check_vectors(ports, kind) for kind in KINDS}
    value = vectors.verdict(checked)
    print_value(value, as_json, vectors.verdict_text)
    if not value["all_real"]:
        sys.exit(1)


@click.command()
@click.option("--latest", type=click.IntRange(1, 50), default=3, show_default=True, help="Neighbours of so many.")
@click.option("--plot", type=click.Path(path_type=Path), help="Write a picture of the vectors in two dimensions (SVG).")
@click.option("--kind", type=click.Choice(KINDS), default="candidates", show_default=True)
@json_verb
def embeddings(settings: Settings, latest: int, plot: Path | None, kind: str, as_json: bool) -> None:
    """Count vectors by model, dimensions and text version; show the latest and who is near them."""
    from terminal import vectors

    ports = connect(settings)
    value = vectors.overview(ports, kind, latest)
    if plot:
        value["plot"] = vectors.write_plot(ports, kind, plot)
    print_value(value, as_json, vectors.overview_text)


VERBS: Final = (backfill, verify, embeddings)
