"""The same core from a terminal. A command parses, calls, prints; no decision lives here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from shared.config import Settings, load_settings
from shared.errors import ShortlistError
from terminal.command import verb

# file of terminal/commands/ -> what its commands are for, and an example
_SECTIONS: Final = {
    "people": ("People in and out", "shortlist import export.csv --dry-run"),
    "stages": ("The stages", "shortlist run"),
    "search": ("Finding people", 'shortlist search "senior backend engineer, Go or Java"'),
    "jobs": ("Jobs", "shortlist jobs import jobs.jsonl"),
    "repair": ("Vectors and repair", "shortlist backfill candidates --dry-run"),
    "access": ("Who may see what", "shortlist token --role recruiter --pool acme --uid rita"),
    "privacy": ("Privacy", "shortlist personal-data CANDIDATE"),
    "operations": ("This installation", "shortlist backup home.backup"),
}
_ALIASES: Final = {"like": "similar", "held": "personal-data"}  # names of before


class _Commands(click.Group):
    """Reads the files of the commands when one of them is asked for: `serve` answers sooner without them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all commands."""
        self._read()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, also by a name it had before; None where there is none of that name."""
        name = _ALIASES.get(cmd_name, cmd_name)
        if name not in self.commands:
            self._read()
        return super().get_command(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in sections, each with one example."""
        own: Sequence[click.Command] = list(self.commands.values())
        sections = {"Serving": ("shortlist serve", own)}
        for file, (title, example) in _SECTIONS.items():
            sections[title] = (example, _commands_of(file))
        for title, (example, commands) in sections.items():
            with formatter.section(title):
                rows = [(command.name or "", command.get_short_help_str(70)) for command in commands]
                formatter.write_dl(rows)
                formatter.write_text(f"Example: {example}")

    def _read(self) -> None:
        for file in _SECTIONS:
            for command in _commands_of(file):
                self.add_command(command)


def _commands_of(file: str) -> Sequence[click.Command]:
    commands: Sequence[click.Command] = import_module(f"terminal.commands.{file}").VERBS
    return commands


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
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


@main.command()
@click.option("--port", type=int, default=8080, show_default=True)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Others than loopback need SHORTLIST_IDENTITY=local: everybody signs in then.",
)
@verb
def serve(settings: Settings, port: int, host: str) -> None:
    """Serve every function on one port, watch HOME/incoming as the bucket, sweep what is due now and then."""
    from functions.local import serve as serve_all

    serve_all(settings, host, port)


if __name__ == "__main__":
    main()
