"""The commands that find people: search, why, similar."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shared.config import Settings
from shared.models.collections import CANDIDATES
from terminal.command import connect, json_verb, print_value, write_down

if TYPE_CHECKING:
    from shared.ports import Ports
    from shared.search import SearchResult

_TOP_K = click.option("--top-k", type=int, default=10, show_default=True, help="How many at most.")
_WEIGHTS = click.option("--weights", help="skill=.5,experience=.25,education=.15,location=.1")
_PRESET = click.option("--preset", help="Weights by kind of role instead: executive, manager, individual.")
_WHERE = click.option(
    "--where", multiple=True, metavar="FIELD=VALUE", help="level=senior, function=…, pool=…; repeatable."
)
_WORDS = click.option("--words", help='Words that must be there: title:lead "event sourcing" -intern (a OR b).')
_STRICT = click.option("--strict", is_flag=True, help="Drop who does not say a place or years asked for.")


def _narrowed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take what a search is narrowed and weighed by; `_read` reads it."""
    for option in (_STRICT, _WORDS, _WHERE, _PRESET, _WEIGHTS, _TOP_K):  # help lists the last one first
        function = option(function)
    return function


@click.command()
@click.argument("text", metavar="JOB|TEXT", required=False, default="")
@click.option("--job-file", type=click.Path(path_type=Path), help="A text file with the whole job offer.")
@_narrowed
@json_verb
def search(settings: Settings, text: str, job_file: Path | None, as_json: bool, **asked: Any) -> None:
    """Find people for a text or a job (its id), best first, with reasons.

    In a text quotes, -word, OR and title:… filter by words.
    """
    import terminal
    from shared.models.caller import Caller
    from shared.search import search as find
    from shared.search.find import run
    from shared.search.jobs import search_for_job

    ports, read = connect(settings), _read(asked)
    job = terminal.read_job(job_file) if job_file else None
    if _is_job_id(text) and not job:
        found = run(ports, search_for_job(ports, text, Caller(), read), Caller())
    else:
        found = find(ports, text, caller=Caller(), job_text=job, **read)
    _write_down_search(ports, found, text or job)
    print_value(found.to_json(), as_json, terminal.search_text)


@click.command()
@click.argument("job_or_text", metavar="JOB|TEXT")
@click.argument("candidate_id", metavar="CANDIDATE")
@_narrowed
@json_verb
def why(settings: Settings, job_or_text: str, candidate_id: str, as_json: bool, **asked: Any) -> None:
    """Say why somebody is absent or low for a job or a text, and the smallest change that would bring them in."""
    import terminal
    from shared.models.caller import Caller
    from shared.models.search_run import SearchAsked
    from shared.search.why import why as ask_why

    ports = connect(settings)
    read = _read(asked)
    what = {"job_id": job_or_text} if _is_job_id(job_or_text) else {"job_offer_text": job_or_text}
    run = SearchAsked.model_validate({**what, **read, "filters": read.pop("where")})
    told = ask_why(ports, run, candidate_id, Caller())
    write_down(ports, "why", candidate_id)
    print_value({"name": _name(ports, candidate_id), **told}, as_json, terminal.why_text)


@click.command()
@click.argument("candidate_id", metavar="ID")
@_TOP_K
@json_verb
def similar(settings: Settings, candidate_id: str, top_k: int, as_json: bool) -> None:
    """Find people like this one in their pool, with reasons."""
    import terminal
    from shared.models.caller import Caller
    from shared.search.similar import like as find_like

    ports = connect(settings)
    found = find_like(ports, candidate_id, Caller(), top_k)
    _write_down_search(ports, found, None, like=candidate_id)
    print_value(found.to_json(), as_json, terminal.search_text)


def _write_down_search(ports: Ports, found: SearchResult, text: str | None, **details: str) -> None:
    """Write into the audit whom a search showed; of the words of its text only a hash."""
    from shared.access.audit import fingerprint

    if text:
        details["text"] = fingerprint(ports, text)
    people = [hit["candidate_id"] for hit in found.to_json()["results"]]
    write_down(ports, "search", *people, **details)


def _is_job_id(text: str) -> bool:
    """Whether a text is an id, as `jobs list` prints it, so that a wrong one is no search for a strange word."""
    return bool(re.fullmatch(r"[0-9a-f]{32}", text))


def _name(ports: Ports, candidate_id: str) -> str | None:
    person = ports.store.get(CANDIDATES, [candidate_id], fields=("person",))[candidate_id].data.get("person") or {}
    name: str | None = person.get("name")
    return name


def _read(asked: dict[str, Any]) -> Any:
    """Return the options with weights and filters read. Raises `InvalidRequest`."""
    import terminal

    return asked | {"weights": terminal.read_weights(asked["weights"]), "where": terminal.read_where(asked["where"])}


VERBS = (search, why, similar)
