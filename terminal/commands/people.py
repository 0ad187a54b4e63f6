"""The verbs by which people come in, are joined and parted, shown and written out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from shared.config import Settings
from shared.models.collections import CANDIDATES
from terminal.command import LIMIT, POOL, connect, json_verb, open_file, print_value, verb, write_down


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@POOL
@LIMIT
@click.option("--dry-run", is_flag=True, help="Write nothing; show the mapping, the first changes and the rejects.")
@click.option("--mapping", "show_mapping", is_flag=True, help="Only show which column is read as what.")
@click.option("--on-duplicate", type=click.Choice(["merge", "skip"]), default="merge", show_default=True)
@click.option("--include-disqualified", is_flag=True, help="Take disqualified rows too.")
@click.option("--map", "pairs", metavar="HEADER=FIELD", multiple=True, help="Read a column as that field; remembered.")
@click.option("--dates", type=click.Choice(["mdy", "dmy"]), help="Order of all dates; else the cells decide.")
@json_verb
def import_(settings: Settings, file: Path, as_json: bool, **asked: Any) -> None:
    """Import an ATS export (CSV or XLSX). The same command again goes on where a stopped one ended."""
    import terminal
    from shared.access.pools import check_pool
    from shared.imports.preview import parse_mapping
    from shared.models.batch import ImportOptions
    from terminal import runs

    pool = check_pool(asked.pop("pool"))
    dry_run, show_mapping = asked.pop("dry_run"), asked.pop("show_mapping")
    mapping = parse_mapping(asked.pop("pairs"))
    options = ImportOptions(**asked, mapping=mapping)
    with open_file(file) as stream:
        if show_mapping:
            print_value(runs.read_mapping(stream, file.name, options), as_json, terminal.mapping_text)
        elif dry_run:
            preview = runs.preview(connect(settings), stream, file.name, pool, options)
            print_value(preview, as_json, terminal.preview_text)
        else:
            done = runs.run_import(connect(settings), settings, stream, file.name, pool, options)
            print_value(done, as_json, terminal.import_text)


@click.command()
@click.argument("paths", metavar="FILE…|DIR", nargs=-1, required=True, type=click.Path(path_type=Path))
@POOL
@click.option("--admit", is_flag=True, help="Take in, too, what does not look like a CV.")
@json_verb
def cv(settings: Settings, paths: tuple[Path, ...], pool: str, admit: bool, as_json: bool) -> None:
    """Take CV files in: read them, and make or find their people. `run` does the stages behind."""
    import terminal
    from shared.access.pools import check_pool
    from terminal import cvs, runs

    run = runs.Run()
    ports = connect(settings, run.watch, follow=False)
    taken = cvs.take_cvs(ports, run, paths, check_pool(pool), settings.max_cv_mb * 1_000_000, admit)
    print_value(taken, as_json, terminal.cvs_text)


@click.command()
@json_verb
def imports(settings: Settings, as_json: bool) -> None:
    """List imports, newest first."""
    import terminal
    from shared.imports.start import list_imports

    rows = [each.model_dump(mode="json") for each in list_imports(connect(settings).store)]
    print_value({"imports": rows}, as_json, terminal.imports_text)


@click.command()
@LIMIT
@json_verb
def uploads(settings: Settings, limit: int | None, as_json: bool) -> None:
    """List dropped files, newest first: what became of each, refusals with the reason."""
    import terminal
    from shared.imports.uploads import list_uploads

    rows = [each.model_dump(mode="json") for each in list_uploads(connect(settings).store, limit or 100)]
    print_value({"uploads": rows}, as_json, terminal.uploads_text)


@click.command()
@click.option("--add", "name", metavar="NAME", help="Make this pool: nothing that is taken in makes one by itself.")
@json_verb
def pools(settings: Settings, name: str | None, as_json: bool) -> None:
    """List the pools, or make one."""
    from shared.access.pools import add_pool, list_pools

    ports = connect(settings)
    if name is not None:
        add_pool(ports, name)
    print_value({"pools": list_pools(ports)}, as_json, lambda value: "\n".join(value["pools"]))


@click.command()
@click.argument("import_id")
@click.option("--dry-run", is_flag=True, help="Only say what goes, changes and stays.")
@click.option("--also-kept", is_flag=True, help="Remove people too whom notes, tags or corrections would keep.")
@json_verb
def undo(settings: Settings, import_id: str, dry_run: bool, also_kept: bool, as_json: bool) -> None:
    """Take back what an import said; what other sources said and people did by hand stays."""
    import terminal
    from shared.imports.undo import preview_undo, undo_import
    from terminal.runs import shown

    ports = connect(settings)
    if dry_run:
        print_value(preview_undo(ports, import_id), as_json, terminal.undo_text)
        return
    with shown("people", "the same command goes on from there") as watch:
        undone = undo_import(ports, import_id, watch, also_kept)
    write_down(ports, "undo import", **undone)
    print_value(undone, as_json, terminal.undo_text)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be merged.")
@json_verb
def dedupe(settings: Settings, dry_run: bool, as_json: bool) -> None:
    """Merge records that share a key but were stored apart; list flagged likely duplicates."""
    import terminal
    from shared.people.dedupe import dedupe as dedupe_all
    from terminal.runs import shown

    ports = connect(settings)
    with shown("records", "what was merged stays merged", 2 * ports.store.count(CANDIDATES)) as watch:
        found = dedupe_all(ports, dry_run, watch)
    print_value(found, as_json, terminal.dedupe_text)


@click.command()
@click.argument("id_one")
@click.argument("id_two")
@json_verb
def merge(settings: Settings, id_one: str, id_two: str, as_json: bool) -> None:
    """Make two candidates one; `split` takes it back."""
    from shared.people.merge_split import merge as merge_two

    ports = connect(settings)
    kept = merge_two(ports, id_one, id_two)
    write_down(ports, "merge", kept, id_one, id_two)
    print_value({"candidate_id": kept}, as_json, lambda value: f"one candidate now: {value['candidate_id']}")


@click.command()
@click.argument("candidate_id", metavar="ID")
@json_verb
def split(settings: Settings, candidate_id: str, as_json: bool) -> None:
    """Take a merged candidate apart again."""
    from shared.people.merge_split import split as split_one

    ports = connect(settings)
    ids = split_one(ports, candidate_id)
    write_down(ports, "split", *ids)
    print_value({"candidate_ids": ids}, as_json, lambda value: "apart now: " + " ".join(value["candidate_ids"]))


@click.command()
@click.argument("candidate_id", metavar="ID")
@json_verb
def show(settings: Settings, candidate_id: str, as_json: bool) -> None:
    """Show one candidate; a merged id leads to the record it joined."""
    import terminal
    from shared.people.merge_split import find_id

    ports = connect(settings)
    now = find_id(ports, candidate_id)
    write_down(ports, "read", now)
    print_value({"id": now, **ports.store.get(CANDIDATES, [now])[now].data}, as_json, terminal.candidate_text)


@click.command()
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), required=True)
@verb
def export(settings: Settings, kind: str) -> None:
    """Write all candidates to stdout: whole documents as JSON lines, or a CSV safe to open in a spreadsheet."""
    from shared.people.export import documents, write_csv, write_jsonl
    from terminal.runs import counted, shown

    ports = connect(settings)
    write = write_csv if kind == "csv" else write_jsonl
    with shown("people", "what was written is whole lines", ports.store.count(CANDIDATES)) as watch:
        write(counted(documents(ports), watch), sys.stdout)
    write_down(ports, "export", format=kind, people=ports.store.count(CANDIDATES))


VERBS = (import_, cv, imports, uploads, pools, undo, dedupe, merge, split, show, export)
