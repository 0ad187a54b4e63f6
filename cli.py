"""The same core from a terminal. A verb parses, calls, prints; no decision lives here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from shared.config import Settings, load_settings
from shared.errors import ShortlistError
from terminal import verbs_access, verbs_duties, verbs_intake, verbs_jobs, verbs_repair, verbs_search, verbs_stages
from terminal.verb import verb

_GROUPS: Final = (verbs_intake, verbs_jobs, verbs_stages, verbs_search, verbs_access, verbs_repair, verbs_duties)


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


for _verb in (each for group in _GROUPS for each in group.VERBS):
    main.add_command(_verb)


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
