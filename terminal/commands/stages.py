"""The verbs that do what is due, and say what that is: stages, run, retry, plan, stats, failures."""

from __future__ import annotations

import click

from shared.config import Settings
from shared.stages.table import rows_of
from terminal.command import LIMIT, connect, json_verb, print_value


def _stage_verb(stage: str, help_text: str) -> click.Command:
    @click.command(stage, help=help_text)
    @LIMIT
    @click.option("--batch-size", type=click.IntRange(1, 50), default=50, show_default=True)
    @click.option("--force", is_flag=True, help="Also what is done already: every record is asked again.")
    @json_verb
    def run_stage(settings: Settings, limit: int | None, batch_size: int, force: bool, as_json: bool) -> None:
        import terminal
        from terminal import runs

        run = runs.Run()
        ports = connect(settings, run.watch, follow=False)
        print_value(run.one_stage(ports, stage, limit, batch_size, force), as_json, terminal.run_text)

    return run_stage


@click.command()
@json_verb
def run(settings: Settings, as_json: bool) -> None:
    """Do all that is due or stale, to the end."""
    import terminal
    from terminal import runs

    work = runs.Run()
    print_value(work.all_stages(connect(settings, work.watch)), as_json, terminal.run_text)


@click.command()
@json_verb
def retry(settings: Settings, as_json: bool) -> None:
    """Try the failed ones again, and do all that is due."""
    import terminal
    from shared.imports.steps import retry_imports
    from shared.pipeline.backlog import retry as retry_failed
    from shared.stages.table import ORDER
    from terminal import runs

    work = runs.Run()
    ports = connect(settings, work.watch)
    retried = retry_imports(ports) + sum(retry_failed(ports, kind) for kind in ORDER)
    print_value({"retried": retried, **work.all_stages(ports)}, as_json, terminal.run_text)


@click.command()
@json_verb
def plan(settings: Settings, as_json: bool) -> None:
    """Say what is due or stale, why, and what it will cost."""
    from dataclasses import asdict

    import terminal
    from shared.pipeline.backlog import plan as plan_all
    from shared.stages.table import ORDER
    from terminal import vectors
    from terminal.commands import repair as verbs_repair

    ports = connect(settings)
    stages = [{"kind": kind, **asdict(each)} for kind in ORDER for each in plan_all(ports, kind)]
    sums = {name: sum(stage[name] for stage in stages) for name in ("calls", "tokens", "dollars")}
    seen = vectors.planned(ports, verbs_repair.KINDS)
    value = {"stages": stages, **sums, "vectors": seen}
    print_value(value, as_json, lambda _: f"{terminal.plan_text(value)}\n{vectors.planned_text(seen)}")


@click.command()
@json_verb
def stats(settings: Settings, as_json: bool) -> None:
    """Count candidates, jobs and CV files by what they await and what each stage did."""
    import terminal
    from shared.pipeline.backlog import stats as count_all
    from shared.stages.table import ORDER

    ports = connect(settings)
    others = {kind: count_all(ports, kind) for kind in ORDER if kind != "candidates"}
    there = {
        kind: {k: v for k, v in found.items() if k != "sources"} for kind, found in others.items() if found["total"]
    }
    print_value({**count_all(ports), **there}, as_json, terminal.stats_text)


@click.command()
@json_verb
def failures(settings: Settings, as_json: bool) -> None:
    """List what failed for good, with the reason."""
    import terminal
    from shared.pipeline.backlog import failures as failed
    from shared.stages.table import ORDER

    ports = connect(settings)
    found = [{"kind": kind, **each} for kind in ORDER for each in failed(ports, kind)]
    print_value({"failures": found}, as_json, terminal.failures_text)


VERBS = (*(_stage_verb(row.stage, row.command) for row in rows_of("candidates")), run, retry, plan, stats, failures)
