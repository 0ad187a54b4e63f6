"""The last step of an answer to whoever sees people blind: whatever an endpoint tells, it tells without names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Request, Response

from functions.callers import CALLER
from functions.request import caller, ports
from shared.errors import InvalidRequest, NotAllowed
from shared.models.collections import CANDIDATES

_FIELDS: Final = ("pool", "person", "profile")
_FILES: Final = ("filename", "file")


def blind_answer(request: Request, response: Response, seen: Mapping[str, None]) -> Response:
    """Return the answer as this caller may see it: blind where they ask for it (`?view=blind`), and for recruiters
    where a person's pool or one of their own is blind. `seen`: candidates the request has read.

    Raises `NotAllowed` for an answer that cannot be told blind, such as a file.
    """
    asked = _asked(request)
    if CALLER not in request.environ or not (asked or caller().role == "recruiter"):
        return response
    own = any(_is_blind(pool) for pool in caller().pools)
    if not response.is_json:
        known = {*seen, *_path(request)}
        if (asked or own or _hidden(known, asked, own)) and (response.is_streamed or response.get_data()):
            raise NotAllowed("people are seen blind here, and this would show who they are")
        return response
    body = response.get_json()
    people = _hidden({*seen, *_path(request), *_named(body)}, asked, own)
    if people or asked or own:
        response.set_data(_json(_told(body, people, _whose(request, people), asked or own)))
    return response


def _asked(request: Request) -> bool:
    view = request.args.get("view")
    if view not in (None, "blind"):
        raise InvalidRequest(f"view={view!r}: blind, or nothing")
    return view == "blind"


def _is_blind(pool: str) -> bool:
    from shared.privacy.rules import rules_of

    return rules_of(ports(), pool).blind


def _hidden(ids: set[str], asked: bool, own: bool) -> dict[str, re.Pattern[str]]:
    """Return what is to be hidden of each of these people who is seen blind."""
    from shared.access.reads import could_be_id
    from shared.privacy.blind import hidden_words

    rows = ports().store.get(CANDIDATES, sorted(filter(could_be_id, ids)), fields=_FIELDS) if ids else {}
    blind = {pool: asked or own or _is_blind(pool) for pool in {row.data.get("pool", "") for row in rows.values()}}
    return {id_: hidden_words(row.data) for id_, row in rows.items() if blind[row.data.get("pool", "")]}


def _path(request: Request) -> set[str]:
    said = (request.view_args or {}).get("candidate_id")
    return {said} if said else set()


def _whose(request: Request, people: Mapping[str, re.Pattern[str]]) -> re.Pattern[str] | None:
    """Whom the whole answer is of, where its path names one person."""
    return next((people[id_] for id_ in _path(request) if id_ in people), None)


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("candidate_id"), str):
            yield value["candidate_id"]
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


def _told(value: Any, people: Mapping[str, re.Pattern[str]], of: re.Pattern[str] | None, files: bool) -> Any:
    """Tell each part blind by the person it names; names of files are hidden with them."""
    from shared.privacy.blind import told_blind

    if isinstance(value, list):
        return [_told(each, people, of, files) for each in value]
    if not isinstance(value, Mapping):
        return told_blind(value, of) if of else value
    whose = next((people[value[key]] for key in ("candidate_id", "id") if value.get(key) in people), None)
    if whose or of:
        return told_blind(value, whose or of)  # type: ignore[arg-type]
    return {
        name: "" if files and name in _FILES and isinstance(each, str) else _told(each, people, of, files)
        for name, each in value.items()
    }


def _json(value: Any) -> bytes:
    import orjson

    return orjson.dumps(value)
