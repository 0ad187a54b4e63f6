"""The verbs of jobs: take them in, look at them, close them, and see who answers them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from shared.config import Settings
from shared.errors import NotFound
from shared.models.collections import COLLECTIONS, JOBS
from terminal.command import LIMIT, connect, json_verb, open_file, print_value

_POOL = click.option("--pool", default="default", show_default=True, help="The pool the jobs belong to.")


@click.group()
def jobs() -> None:
    """Take jobs in, list them, show one with what was read of it, close or open one."""


@jobs.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_POOL
@json_verb
def import_jobs(settings: Settings, file: Path, pool: str, as_json: bool) -> None:
    """Take jobs in from CSV, XLSX or JSON lines. The same file twice writes nothing; `run` does the stages."""
    from shared.jobs.jobs import import_jobs as take
    from terminal.render.jobs import job_import_text

    with open_file(file) as stream:
        done = take(connect(settings), stream, file.name, pool, settings.max_file_mb * 1_000_000)
    print_value(done, as_json, job_import_text)


@jobs.command("list")
@click.option("--pool", help="Of this pool only.")
@click.option("--status", type=click.Choice(["open", "closed"]), help="Only these.")
@LIMIT
@json_verb
def list_jobs(settings: Settings, pool: str | None, status: str | None, limit: int | None, as_json: bool) -> None:
    """List jobs, newest first."""
    from terminal.render.jobs import jobs_text

    where: list[Any] = [("pool", "==", pool)] if pool else []
    where += [("status", "==", status)] if status else []
    rows = connect(settings).store.query(JOBS, where, order="-created_at", limit=limit or 100)
    print_value({"jobs": [row.data for row in rows]}, as_json, jobs_text)


@jobs.command("show")
@click.argument("job_id", metavar="ID")
@json_verb
def show_job(settings: Settings, job_id: str, as_json: bool) -> None:
    """Show one job: what it asks for, each with its words."""
    from shared.jobs.jobs import find_job, id_of_job
    from terminal.render.jobs import job_text

    ports = connect(settings)
    print_value(find_job(ports, id_of_job(ports, job_id)).data, as_json, job_text)


def _status_verb(name: str, status: Literal["open", "closed"], help_text: str) -> None:
    @jobs.command(name, help=help_text)
    @click.argument("job_id", metavar="ID")
    @json_verb
    def change(settings: Settings, job_id: str, as_json: bool) -> None:
        from shared.jobs.jobs import id_of_job, set_status
        from terminal.render.jobs import job_text

        ports = connect(settings)
        print_value(set_status(ports, id_of_job(ports, job_id), status), as_json, job_text)


_status_verb("close", "closed", "Close a job: its matches go.")
_status_verb("open", "open", "Open a closed job again; `run` finds who answers it.")


@click.command()
@click.argument("id_", metavar="JOB|CANDIDATE")
@LIMIT
@json_verb
def matches(settings: Settings, id_: str, limit: int | None, as_json: bool) -> None:
    """List who answers a job, or which open jobs a candidate answers, best first."""
    from shared.access import Reads
    from shared.jobs.jobs import id_of_job
    from shared.jobs.match_lists import list_matches
    from shared.models.caller import Caller
    from terminal.render.jobs import matches_text

    ports = connect(settings)
    id_ = id_of_job(ports, id_)
    known = {kind: ports.store.get(COLLECTIONS[kind], [id_], fields=()) for kind in ("jobs", "candidates")}
    if not any(known.values()):
        raise NotFound(f"no job and no candidate {id_}")
    side: Literal["job_id", "candidate_id"] = "job_id" if known["jobs"] else "candidate_id"
    found, _ = list_matches(ports, Reads(ports, Caller()), side, id_, limit or 20)
    print_value({"matches": found}, as_json, matches_text)


VERBS = (jobs, matches)
