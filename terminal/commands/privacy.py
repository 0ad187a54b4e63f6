"""The verbs of what is owed to people: erase, held, retention, impact."""

from __future__ import annotations

from typing import Any

import click

from shared.config import Settings
from shared.errors import InvalidRequest
from terminal.command import connect, json_verb, print_value, verb


@click.command()
@click.argument("candidate_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do it; without, say what would be removed.")
@json_verb
def erase(settings: Settings, candidate_id: str, yes: bool, as_json: bool) -> None:
    """Remove a person from every place there is, keep them out from now on, and print the receipt."""
    from shared import wiring
    from shared.access import Reads, audit
    from shared.models.caller import Caller
    from shared.privacy.erase import erase as remove
    from shared.privacy.personal_data import held as look

    ports = connect(settings)
    reads = Reads(ports, Caller())
    if not yes:
        found = look(ports, reads, candidate_id)
        print_value({"would_remove": _counts(found)}, as_json, _would_text)
        raise InvalidRequest("nothing was removed: say --yes to erase")
    receipt = remove(ports, reads, candidate_id, wiring.dropped_files(settings, ports))
    audit.record(ports, reads.caller, "erase", [receipt.id], {"places": receipt.places})
    print_value(receipt.model_dump(mode="json"), as_json, _receipt_text)


@click.command("personal-data")
@click.argument("candidate_id", metavar="ID")
@verb
def personal_data(settings: Settings, candidate_id: str) -> None:
    """Print everything that is held about a person as JSON: documents, files, rows of exports."""
    import orjson

    from shared.access import Reads, audit
    from shared.models.caller import Caller
    from shared.privacy.personal_data import held as look

    ports = connect(settings)
    found = look(ports, Reads(ports, Caller()), candidate_id)
    audit.record(ports, Caller(), "tell what is held", [found["candidate_id"]])
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())


@click.command()
@click.option("--pool", help="The pool whose rules are set by --row, --cv, --form, --blind.")
@click.option("--row", type=click.IntRange(0), help="Days that rows of exports are kept; 0: for good.")
@click.option("--cv", type=click.IntRange(0), help="Days that CV files are kept; 0: for good.")
@click.option("--form", type=click.IntRange(0), help="Days that typed-in people are kept; 0: for good.")
@click.option("--blind/--no-blind", default=None, help="Whether the pool's recruiters see no names.")
@click.option("--apply", is_flag=True, help="Remove what is over its time; without, only say what is.")
@json_verb
def retention(settings: Settings, pool: str | None, row: int | None, cv: int | None, form: int | None,
              blind: bool | None, apply: bool, as_json: bool) -> None:  # fmt: skip
    """Say what is older than the pools' rules keep it, or remove it; set a pool's rules."""
    from shared import wiring
    from shared.models.caller import Caller
    from shared.privacy.retention import Keep
    from shared.privacy.retention import retention as look
    from shared.privacy.rules import all_rules, set_rules

    ports, me = connect(settings), Caller()
    days = {kind: number for kind, number in (("row", row), ("cv", cv), ("form", form)) if number is not None}
    if days or blind is not None:
        if pool is None:
            raise InvalidRequest("say by --pool whose rules these are")
        set_rules(ports, me, pool, days, blind)
    keep = Keep(search_runs=settings.keep_runs_days, audit=settings.keep_audit_days)
    found = look(ports, me, keep, apply, wiring.dropped_files(settings, ports))
    rules = {name: each.to_json() for name, each in all_rules(ports).items()}
    print_value({**found, "rules": rules}, as_json, _retention_text)


@click.command()
@click.option("--job", "job_id", required=True, metavar="ID")
@click.option("--stage", "stages", multiple=True, metavar="NAME", help="Counts as selected; repeatable.")
@click.option("--since", default="", metavar="DATE", help="Matched or applied from then on.")
@click.option("--until", default="9999", metavar="DATE", help="Matched or applied before.")
@json_verb
def impact(settings: Settings, job_id: str, stages: tuple[str, ...], since: str, until: str, as_json: bool) -> None:
    """Tell selection rates and four-fifths ratios of a job by the groups people put themselves in."""
    from shared.models.caller import Caller
    from shared.privacy.impact import impact as look

    print_value(look(connect(settings), Caller(), job_id, stages, since, until), as_json, _impact_text)


VERBS = (erase, personal_data, retention, impact)


def _counts(found: Any) -> dict[str, int]:
    counts = {kind: len(rows) for kind, rows in found["documents"].items()}
    return {**counts, "CV files": len(found["files"]), "rows of export files": len(found["export_rows"])}


def _would_text(value: Any) -> str:
    return "\n".join(f"{number:>6}  {place}" for place, number in value["would_remove"].items())


def _receipt_text(value: Any) -> str:
    lines = [f"erased {value['id']} of pool {value['pool']}; removed or emptied:"]
    lines += [f"{number:>6}  {place}" for place, number in value["places"].items()]
    return "\n".join([*lines, *(f"not reached: {note}" for note in value["notes"])])


def _retention_text(value: Any) -> str:
    lines = []
    for pool, rules in value["rules"].items():
        days = ", ".join(f"{kind} {n} days" for kind, n in rules["retention_days"].items())
        lines.append(f"pool {pool}: {days or 'everything is kept'}{', blind' if rules['blind'] else ''}")
    for due in value["due"]:
        where = f" of pool {due['pool']}" if due["pool"] else ""
        lines.append(f"{due['count']:>6}  {due['place']}{where}, older than {due['days']} days")
    done = "removed" if value["applied"] else "nothing was removed: --apply does it"
    return "\n".join([*lines, done if value["due"] else "nothing is over its time"])


def _impact_text(value: Any) -> str:
    lines = [f"job {value['job_id']}, from {value['since'] or 'the beginning'} to {value['until'] or 'now'}"]
    for name, table in value["selections"].items():
        lines.append(f"{name.replace('_', ' ')}: {table['people']} people")
        for attribute, groups in table["attributes"].items():
            lines += [f"  {attribute}: {_group_text(group)}" for group in groups]
    return "\n".join(lines)


def _group_text(group: Any) -> str:
    if group["suppressed"]:
        return f"{group['group']}, {group['people']} people: not told"
    ratio = "no ratio" if group["ratio"] is None else f"ratio {group['ratio']:.2f}"
    below = " (below four fifths)" if group["below_four_fifths"] else ""
    return f"{group['group']}, {group['selected']} of {group['people']}, rate {group['rate']:.2f}, {ratio}{below}"
