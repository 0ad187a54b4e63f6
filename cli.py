"""The same core from a terminal. A verb parses, calls, prints; no decision lives here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from shared.config import Settings, load_settings
from shared.errors import ShortlistError, WrongCall
from terminal import verbs_access, verbs_repair, verbs_search
from terminal.verb import AS_JSON, connect, print_value, verb

_LIMIT = click.option("--limit", type=click.IntRange(min=1), help="At most this many.")
_POOL = click.option("--pool", default="default", show_default=True, help="The pool the people belong to.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--home", type=click.Path(path_type=Path), help="Where the embedded data lives (SHORTLIST_HOME).")
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    """Turn ATS exports into clean candidates and find the right one, with reasons."""
    try:
        settings = load_settings()
    except ShortlistError as error:
        click.echo(f"shortlist: {error}", err=True)
        sys.exit(2)
    context.obj = Settings(**{**vars(settings), "home": home or settings.home})


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_POOL
@_LIMIT
@click.option("--dry-run", is_flag=True, help="Write nothing; show the mapping, the first changes and the rejects.")
@click.option("--mapping", "show_mapping", is_flag=True, help="Only show which column is read as what.")
@click.option("--on-duplicate", type=click.Choice(["merge", "skip"]), default="merge", show_default=True)
@click.option("--include-disqualified", is_flag=True, help="Take disqualified rows too.")
@AS_JSON
@click.pass_obj
@verb
def import_(settings: Settings, file: Path, as_json: bool, **asked: Any) -> None:
    """Import an ATS export (CSV or XLSX). The same command again goes on where a stopped one ended."""
    import terminal
    from shared.intake.imports import check_pool
    from shared.models.batch import ImportOptions
    from terminal import runs

    pool = check_pool(asked.pop("pool"))
    dry_run, show_mapping = asked.pop("dry_run"), asked.pop("show_mapping")
    options = ImportOptions(**asked)
    try:
        stream = file.open("rb")
    except OSError as error:
        raise WrongCall(f"{file}: {(error.strerror or 'cannot be read').lower()}") from error
    with stream:
        if show_mapping:
            print_value(runs.read_mapping(stream, file.name), as_json, terminal.mapping_text)
        elif dry_run:
            preview = runs.preview(connect(settings), stream, file.name, pool, options)
            print_value(preview, as_json, terminal.preview_text)
        else:
            done = runs.run_import(connect(settings), settings, stream, file.name, pool, options)
            print_value(done, as_json, terminal.import_text)


@main.command()
@click.argument("paths", metavar="FILE…|DIR", nargs=-1, required=True, type=click.Path(path_type=Path))
@_POOL
@AS_JSON
@click.pass_obj
@verb
def cv(settings: Settings, paths: tuple[Path, ...], pool: str, as_json: bool) -> None:
    """Take CV files in: read them, and make or find their people. `run` does the stages behind."""
    import terminal
    from shared.intake.imports import check_pool
    from terminal import cvs, runs

    run = runs.Run()
    ports = connect(settings, run.watch, follow=False)
    taken = cvs.take_cvs(ports, run, paths, check_pool(pool), settings.max_cv_mb * 1_000_000)
    print_value(taken, as_json, terminal.cvs_text)


@main.command()
@AS_JSON
@click.pass_obj
@verb
def imports(settings: Settings, as_json: bool) -> None:
    """List imports, newest first."""
    import terminal
    from shared.intake.imports import list_imports

    rows = [each.model_dump(mode="json") for each in list_imports(connect(settings).store)]
    print_value({"imports": rows}, as_json, terminal.imports_text)


@main.command()
@_LIMIT
@AS_JSON
@click.pass_obj
@verb
def uploads(settings: Settings, limit: int | None, as_json: bool) -> None:
    """List dropped files, newest first: what became of each, refusals with the reason."""
    import terminal
    from shared.intake.uploads import list_uploads

    rows = [each.model_dump(mode="json") for each in list_uploads(connect(settings).store, limit or 100)]
    print_value({"uploads": rows}, as_json, terminal.uploads_text)


@main.command()
@click.option("--add", "name", metavar="NAME", help="Make this pool: files dropped into the bucket name existing ones.")
@AS_JSON
@click.pass_obj
@verb
def pools(settings: Settings, name: str | None, as_json: bool) -> None:
    """List the pools, or make one."""
    from shared.intake.pools import add_pool, list_pools

    ports = connect(settings)
    if name is not None:
        add_pool(ports, name)
    print_value({"pools": list_pools(ports)}, as_json, lambda value: "\n".join(value["pools"]))


@main.command()
@click.argument("import_id")
@AS_JSON
@click.pass_obj
@verb
def undo(settings: Settings, import_id: str, as_json: bool) -> None:
    """Take back what an import said; what other sources said stays."""
    import terminal
    from shared.intake.undoing import undo_import
    from terminal.runs import shown

    ports = connect(settings)
    with shown("people", "the same command goes on from there") as watch:
        undone = undo_import(ports, import_id, watch)
    print_value(undone, as_json, terminal.undo_text)


@main.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be merged.")
@AS_JSON
@click.pass_obj
@verb
def dedupe(settings: Settings, dry_run: bool, as_json: bool) -> None:
    """Merge records that share a key but were stored apart; list flagged likely duplicates."""
    import terminal
    from shared.intake.joining import dedupe as dedupe_all
    from terminal.runs import shown

    ports = connect(settings)
    with shown("records", "what was merged stays merged", 2 * ports.store.count("candidates")) as watch:
        found = dedupe_all(ports, dry_run, watch)
    print_value(found, as_json, terminal.dedupe_text)


@main.command()
@click.argument("id_one")
@click.argument("id_two")
@AS_JSON
@click.pass_obj
@verb
def merge(settings: Settings, id_one: str, id_two: str, as_json: bool) -> None:
    """Make two candidates one; `split` takes it back."""
    from shared.intake.joining import merge as merge_two

    kept = merge_two(connect(settings), id_one, id_two)
    print_value({"candidate_id": kept}, as_json, lambda value: f"one candidate now: {value['candidate_id']}")


@main.command()
@click.argument("candidate_id", metavar="ID")
@AS_JSON
@click.pass_obj
@verb
def split(settings: Settings, candidate_id: str, as_json: bool) -> None:
    """Take a merged candidate apart again."""
    from shared.intake.joining import split as split_one

    ids = split_one(connect(settings), candidate_id)
    print_value({"candidate_ids": ids}, as_json, lambda value: "apart now: " + " ".join(value["candidate_ids"]))


def _stage_verb(stage: str, help_text: str) -> None:
    @main.command(stage, help=help_text)
    @_LIMIT
    @click.option("--batch-size", type=click.IntRange(1, 50), default=50, show_default=True)
    @click.option("--force", is_flag=True, help="Also what is done already: every record is asked again.")
    @AS_JSON
    @click.pass_obj
    @verb
    def run_stage(settings: Settings, limit: int | None, batch_size: int, force: bool, as_json: bool) -> None:
        import terminal
        from terminal import runs

        run = runs.Run()
        ports = connect(settings, run.watch, follow=False)
        print_value(run.one_stage(ports, stage, limit, batch_size, force), as_json, terminal.run_text)


_stage_verb("classify", "Classify the candidates that await it: function, level, specialties.")
_stage_verb("enrich", "Enrich the candidates that await it: career, skills, strengths, summary.")
_stage_verb("embed", "Embed the candidates that await it: 768-d vectors.")


@main.command()
@AS_JSON
@click.pass_obj
@verb
def run(settings: Settings, as_json: bool) -> None:
    """Do all that is due or stale, to the end."""
    import terminal
    from terminal import runs

    work = runs.Run()
    print_value(work.all_stages(connect(settings, work.watch)), as_json, terminal.run_text)


@main.command()
@AS_JSON
@click.pass_obj
@verb
def retry(settings: Settings, as_json: bool) -> None:
    """Try the failed ones again, and do all that is due."""
    import terminal
    from shared.backlog import retry as retry_failed
    from shared.intake.steps import retry_imports
    from shared.stages import ORDER
    from terminal import runs

    work = runs.Run()
    ports = connect(settings, work.watch)
    retried = retry_imports(ports) + sum(retry_failed(ports, kind) for kind in ORDER)
    print_value({"retried": retried, **work.all_stages(ports)}, as_json, terminal.run_text)


@main.command()
@AS_JSON
@click.pass_obj
@verb
def plan(settings: Settings, as_json: bool) -> None:
    """Say what is due or stale, why, and what it will cost."""
    from dataclasses import asdict

    import terminal
    from shared.backlog import plan as plan_all
    from shared.stages import ORDER

    ports = connect(settings)
    stages = [{"kind": kind, **asdict(each)} for kind in ORDER for each in plan_all(ports, kind)]
    sums = {name: sum(stage[name] for stage in stages) for name in ("calls", "tokens", "dollars")}
    print_value({"stages": stages, **sums}, as_json, terminal.plan_text)


@main.command()
@AS_JSON
@click.pass_obj
@verb
def stats(settings: Settings, as_json: bool) -> None:
    """Count candidates by what they await and what each stage did."""
    import terminal
    from shared.backlog import stats as count_all

    print_value(count_all(connect(settings)), as_json, terminal.stats_text)


@main.command()
@AS_JSON
@click.pass_obj
@verb
def failures(settings: Settings, as_json: bool) -> None:
    """List what failed for good, with the reason."""
    import terminal
    from shared.backlog import failures as failed
    from shared.stages import ORDER

    ports = connect(settings)
    found = [{"kind": kind, **each} for kind in ORDER for each in failed(ports, kind)]
    print_value({"failures": found}, as_json, terminal.failures_text)


@main.command()
@click.argument("candidate_id", metavar="ID")
@AS_JSON
@click.pass_obj
@verb
def show(settings: Settings, candidate_id: str, as_json: bool) -> None:
    """Show one candidate; a merged id leads to the record it joined."""
    import terminal
    from shared.intake.joining import find_id

    ports = connect(settings)
    now = find_id(ports, candidate_id)
    print_value({"id": now, **ports.store.get("candidates", [now])[now].data}, as_json, terminal.candidate_text)


@main.command()
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), required=True)
@click.pass_obj
@verb
def export(settings: Settings, kind: str) -> None:
    """Write all candidates to stdout: whole documents as JSON lines, or a CSV safe to open in a spreadsheet."""
    from shared.intake.exporting import documents, write_csv, write_jsonl
    from terminal.runs import counted, shown

    ports = connect(settings)
    write = write_csv if kind == "csv" else write_jsonl
    with shown("people", "what was written is whole lines", ports.store.count("candidates")) as watch:
        write(counted(documents(ports), watch), sys.stdout)


for _each in (*verbs_search.VERBS, *verbs_access.VERBS, *verbs_repair.VERBS):
    main.add_command(_each)


@main.command()
@click.option("--port", type=int, default=8080, show_default=True)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Others than loopback need SHORTLIST_IDENTITY=local: everybody signs in then.",
)
@click.pass_obj
@verb
def serve(settings: Settings, port: int, host: str) -> None:
    """Serve every function on one port, watch HOME/incoming as the bucket, sweep what is due now and then."""
    from functions.local import serve as serve_all

    serve_all(settings, host, port)


if __name__ == "__main__":
    main()
