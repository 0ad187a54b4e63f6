"""The same core from a terminal. A verb parses, calls, prints; no decision lives here."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from shared.config import Settings, load_settings
from shared.errors import ShortlistError
from terminal.command import verb

# terminal/commands/….py
_FILES: Final = (
    "people",
    "jobs",
    "stages",
    "search",
    "access",
    "repair",
    "privacy",
    "operations",
)


class _Verbs(click.Group):
    """Reads the files of the verbs when one of them is asked for: `serve` answers sooner without them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all verbs."""
        self._read()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb, None where there is none of that name."""
        if cmd_name not in self.commands:
            self._read()
        return super().get_command(ctx, cmd_name)

    def _read(self) -> None:
        for name in _FILES:
            for each in import_module(f"terminal.commands.{name}").VERBS:
                self.add_command(each)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
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
