"""The verbs of what is owed to people: erase, held, retention, impact."""

from __future__ import annotations

from typing import Any

import click

from shared.config import Settings
from shared.errors import WrongCall
from terminal.verb import AS_JSON, connect, print_value, verb


@click.command()
@click.argument("candidate_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do it; without, say what would be removed.")
@AS_JSON
@click.pass_obj
@verb
def erase(settings: Settings, candidate_id: str, yes: bool, as_json: bool) -> None:
    """Remove a person from every place there is, keep them out from now on, and print the receipt."""
    from shared import audit, wiring
    from shared.access import Reads
    from shared.duties.erase import erase as remove
    from shared.duties.held import held as look
    from shared.models.caller import Caller

    ports = connect(settings)
    reads = Reads(ports, Caller())
    if not yes:
        found = look(ports, reads, candidate_id)
        print_value({"would_remove": _counts(found)}, as_json, _would_text)
        raise WrongCall("nothing was removed: say --yes to erase")
    receipt = remove(ports, reads, candidate_id, wiring.dropped_files(settings, ports))
    audit.record(ports, reads.caller, "erase", [receipt.id], {"places": receipt.places})
    print_value(receipt.model_dump(mode="json"), as_json, _receipt_text)


@click.command()
@click.argument("candidate_id", metavar="ID")
@click.pass_obj
@verb
def held(settings: Settings, candidate_id: str) -> None:
    """Print everything that is held about a person as JSON: documents, files, rows of exports."""
    import orjson

    from shared import audit
    from shared.access import Reads
    from shared.duties.held import held as look
    from shared.models.caller import Caller

    ports = connect(settings)
    found = look(ports, Reads(ports, Caller()), candidate_id)
    audit.record(ports, Caller(), "tell what is held", [found["candidate_id"]])
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())


VERBS = (erase, held)


def _counts(found: Any) -> dict[str, int]:
    counts = {kind: len(rows) for kind, rows in found["documents"].items()}
    return {**counts, "CV files": len(found["files"]), "rows of export files": len(found["export_rows"])}


def _would_text(value: Any) -> str:
    return "\n".join(f"{number:>6}  {place}" for place, number in value["would_remove"].items())


def _receipt_text(value: Any) -> str:
    lines = [f"erased {value['id']} of pool {value['pool']}; removed or emptied:"]
    lines += [f"{number:>6}  {place}" for place, number in value["places"].items()]
    return "\n".join([*lines, *(f"not reached: {note}" for note in value["notes"])])
