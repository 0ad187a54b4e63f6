"""The commands that keep a home: backup and restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from shared.config import Settings
from terminal.command import json_verb, open_file, print_value

_PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="A file whose first line is the passphrase.",
)
_NOT_ENCRYPTED = (
    "shortlist: the backup is not encrypted and holds the home's secret: whoever reads it reads everything "
    "(--encrypt, or --passphrase-file)"
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase and encrypt the backup with it.")
@_PASSPHRASE_FILE
@json_verb
def backup(settings: Settings, file: Path, encrypt: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Write all of this home to one FILE; `serve` and others may go on.

    Example: shortlist backup shortlist-monday.backup --encrypt
    """
    # imported here: encryption is loaded by these commands alone
    from shared import wiring

    passphrase = _read_passphrase(passphrase_file)
    if passphrase is None and encrypt:
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    if passphrase is None:
        click.echo(_NOT_ENCRYPTED, err=True)
    print_value(vars(wiring.back_up_home(settings, file, passphrase)), as_json, _backup_text)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PASSPHRASE_FILE
@json_verb
def restore(settings: Settings, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a new home of the backup FILE.

    Example: shortlist --home restored restore shortlist-monday.backup
    """
    # imported here: encryption is loaded by these commands alone
    from shared import wiring

    passphrase = _read_passphrase(passphrase_file)
    if passphrase is None and sys.stdin.isatty() and wiring.is_encrypted_backup(file):
        passphrase = click.prompt("Passphrase", hide_input=True)
    report = wiring.restore_home(settings, file, passphrase)
    print_value({**vars(report), "home": str(settings.home)}, as_json, _restore_text)


def _read_passphrase(path: Path | None) -> str | None:
    if path is None:
        return None
    with open_file(path) as file:
        passphrase = file.readline().decode(errors="replace").rstrip("\r\n")
    if not passphrase:
        raise click.BadParameter(f"{path}: its first line is empty")
    return passphrase


def _backup_text(report: dict[str, Any]) -> str:
    lines = [f"backed up: {_counts(report)}", *_missing(report)]
    return "\n".join(lines)


def _restore_text(report: dict[str, Any]) -> str:
    lines = [f"restored to {report['home']}: {_counts(report)}", *_missing(report)]
    lines.append(f"made {report['created_at'][:16]}Z: who was erased after that is in it again; erase them once more")
    return "\n".join(lines)


def _counts(report: dict[str, Any]) -> str:
    records = report["records"]
    people = f"{records.get('candidates', 0):,} people, {records.get('jobs', 0):,} jobs, {report['files']:,} files"
    return f"{people}, {report['bytes']:,} bytes"


def _missing(report: dict[str, Any]) -> list[str]:
    return [f"missing: {name}" for name in report["missing"]]


VERBS = (backup, restore)
