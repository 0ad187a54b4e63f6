"""What every verb is made with: our errors as one line, the ports of a home, values as JSON or as text."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from shared.config import Settings
from shared.errors import InvalidRequest, ShortlistError

if TYPE_CHECKING:
    from shared.ports import Ports

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
LIMIT = click.option("--limit", type=click.IntRange(min=1), help="At most this many.")
POOL = click.option("--pool", default="default", show_default=True, help="The pool the people belong to.")


def json_verb(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a verb that prints its value as people read it or, `as_json`, as one JSON object."""
    return _AS_JSON(verb(function))


def verb(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function the settings first, and turn our errors into one line and the right exit code."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except ShortlistError as error:
            click.echo(f"shortlist: {error}", err=True)
            sys.exit(2 if 400 <= error.status < 500 and not error.retryable else 1)
        except BrokenPipeError:
            sys.exit(0)  # the reader of our output has seen enough

    return click.pass_obj(wrapped)


def open_file(path: Path) -> BinaryIO:
    """Open a file that is named at the terminal. Raises `InvalidRequest`, in the system's words."""
    try:
        return path.open("rb")
    except OSError as error:
        raise InvalidRequest(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error


def connect(settings: Settings, watch: Callable[..., None] | None = None, follow: bool = True) -> Ports:
    """Return the ports of the settings, closed with the verb, however it ends.

    `watch` hears of every task and what came of it; `follow`: queue the next.
    """
    from shared import wiring
    from shared.operations.dispatch import deliver

    def delivered(ports: Ports, task: Any, last_attempt: bool) -> None:
        tally = deliver(ports, task, last_attempt, follow)
        if watch:
            watch(task, tally)

    ports = wiring.connect(settings, delivered)
    click.get_current_context().call_on_close(ports.store.close)
    return ports


def write_down(ports: Ports, action: str, *subjects: str, **details: Any) -> None:
    """Write into the audit what who sits at the terminal did to these candidates."""
    from shared.access.audit import record
    from shared.models.caller import Caller

    record(ports, Caller(), action, subjects, details)


def print_value(value: Any, as_json: bool, readable: Callable[[Any], str]) -> None:
    """Print a value as one JSON object, or as people read it."""
    if as_json:
        import orjson

        click.echo(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode())
    else:
        click.echo(readable(value))
