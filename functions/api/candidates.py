"""Candidates over HTTP: lists, one record, people typed in, corrections that stand, tags, and taking a record out."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import orjson
from flask import Response, jsonify, request

from functions.api.candidate_bodies import Correction, NewCandidate
from functions.api.privacy import erase_candidate
from functions.audit import note
from functions.parameters import flag, number, read_body
from functions.request import caller, pool_to_change, ports, reads
from shared.access import allow
from shared.errors import InvalidRequest, Outdated, VersionNeeded
from shared.people.browse import FILTERS, NEWEST, Asked, browse, read_place
from shared.people.corrections import correct_candidate, tag_candidate
from shared.people.delete import remove_candidate
from shared.people.manual_entry import add_by_hand
from shared.pipeline.backlog import queue_due

_HIDDEN: Final = ("lease", "readers", "embedding", "embedding_2", "search_terms", "name_key", "employer_key")
_LONGEST_TAG: Final = 100


def list_candidates() -> Any:
    """List candidates, the newest first: `?pool=&q=&function=&level=&stage=&tag=&flag=&awaiting=&sort=&limit=&after=`.

    `after` is the last answer's `next`; a page of a narrow list may be short and still have one.
    """
    return browsed(request.args.get("pool"))


def browsed(pool: str | None) -> Any:
    """Return the page a request asks for."""
    sort, after = request.args.get("sort", NEWEST), request.args.get("after")
    filters = {name: request.args[name] for name in FILTERS if name in request.args}
    cursor = read_place(after, sort) if after else None
    asked = Asked(pool, filters, sort, number("limit", 50, 1, 200), cursor)
    found, end = browse(ports(), reads(), asked)
    return {"candidates": found, "next": end}


def get_candidate(candidate_id: str) -> Any:
    """Return one record; `ETag` is its version, for `If-None-Match` and for changes."""
    row = reads().one("candidates", candidate_id)
    response = _shown(row.id, row.data)
    response.make_conditional(request)
    return response


def create_candidate() -> Any:
    """Take a person typed in: `{"person": …, "profile": …, "application": …}`, `?pool=`; a known address joins them."""
    pool = pool_to_change(request.args.get("pool") or "default")
    facts = read_body(NewCandidate).facts()
    id_, effect = add_by_hand(ports(), pool, facts, caller().uid)
    note("create", [id_], effect=effect)
    _queue(id_)
    response = _shown(id_, reads().one("candidates", id_).data, effect=effect)
    response.status_code = 201 if effect == "created" else 200
    response.headers["Location"] = f"/api/candidates/{id_}/"
    return response


def edit_candidate(candidate_id: str) -> Any:
    """Correct the record: `{"person": {…}, "profile": {…}, "classification": {…}, "withdraw": […]}`, with `If-Match`.

    A field that is named has exactly this value from now on, whatever imports, CVs and models say; null empties it.
    """
    id_ = _changeable(candidate_id)
    facts = read_body(Correction).facts()
    if not facts:
        raise InvalidRequest(
            "nothing to correct: name fields of person, profile or classification, or what to withdraw"
        )
    changed = correct_candidate(ports(), id_, facts, caller().uid, _check_version)
    note("correct", [id_], fields=[f"{part}.{name}" for part, said in facts.items() for name in said])
    _queue(id_)
    return _shown(id_, changed)


def delete_candidate(candidate_id: str) -> Any:
    """Take the record out of its pool; a later import of the same file brings it back. `?erase=true` is for good."""
    if flag("erase"):
        return erase_candidate(candidate_id)
    if flag("erase"):
        return erase_candidate(candidate_id)
    id_ = _changeable(candidate_id, needs_version=False)
    remove_candidate(ports(), id_)
    note("delete", [id_])
    return "", 204


def put_tag(candidate_id: str, tag: str) -> Any:
    """Put a tag on the person; it stays whatever applications say."""
    return _tagged(candidate_id, tag, put=True)


def remove_tag(candidate_id: str, tag: str) -> Any:
    """Take a tag off the person; it stays off whatever applications say."""
    return _tagged(candidate_id, tag, put=False)


def _tagged(candidate_id: str, tag: str, put: bool) -> Any:
    id_ = _changeable(candidate_id, needs_version=False)
    if not tag.strip() or len(tag) > _LONGEST_TAG or not tag.isprintable():
        raise InvalidRequest(f"tag: 1 to {_LONGEST_TAG} printable characters")
    changed = tag_candidate(ports(), id_, tag.strip(), put, caller().uid)
    note("tag" if put else "untag", [id_])
    _queue(id_)
    return {"tags": (changed.get("profile") or {}).get("tags") or []}


def _changeable(candidate_id: str, needs_version: bool = True) -> str:
    """Return the id of a record the caller may change. What was read is what may be changed: by its version."""
    row = reads().one("candidates", candidate_id)
    allow(caller(), "change", row.data["pool"])
    if needs_version and "If-Match" not in request.headers:
        raise VersionNeeded("send `If-Match` with the ETag the record was read with")
    if "If-Match" in request.headers:
        _check_version(row.data)
    return row.id


def _check_version(data: dict[str, Any]) -> None:
    if not request.if_match.contains(version_of(_visible(data))):
        raise Outdated("the record has changed since it was read: read it again")


def version_of(shown: dict[str, Any]) -> str:
    """Return a record's version as its readers see it: a lease of a stage that runs does not make another."""
    return hashlib.blake2b(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _visible(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in _HIDDEN and value is not None}


def _shown(id_: str, data: dict[str, Any], **beside: Any) -> Response:
    shown = _visible(data)
    response = jsonify({"candidate": {**shown, "id": id_}, **beside})
    response.set_etag(version_of(shown))
    response.headers["Content-Location"] = f"/api/candidates/{id_}/"
    return response


def _queue(candidate_id: str) -> None:
    queue_due(ports(), "candidates", [candidate_id])
