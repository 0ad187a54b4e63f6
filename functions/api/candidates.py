"""One candidate over HTTP, with its version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import orjson
from flask import Response, jsonify, request

from functions.openapi.operation import VIEW, Query, operation
from functions.request import reads, sight
from shared.models.collections import CANDIDATES
from shared.views.candidates import CandidateAnswer, candidate_record

_HIDDEN: Final = ("lease", "readers", "embedding", "embedding_2", "search_terms", "name_key", "employer_key")
VERSION_HEADERS: Final[Mapping[int, tuple[str, ...]]] = {200: ("ETag", "Content-Location"), 201: ("ETag", "Location")}
_KNOWN_VERSION: Final = Query("If-None-Match", "A version that is known.", header=True)


@operation({200: CandidateAnswer, 304: None}, query=(_KNOWN_VERSION, VIEW), headers=VERSION_HEADERS)
def get_candidate(candidate_id: str) -> Response:
    """Return one record; `ETag` is its version, for `If-None-Match` and for changes."""
    row = reads().one(CANDIDATES, candidate_id)
    answer = CandidateAnswer(candidate=candidate_record(row.id, visible_fields(row.data), sight()))
    response = with_version(answer, row.id, row.data)
    response.make_conditional(request)
    return response


def with_version(answer: CandidateAnswer, candidate_id: str, record: Mapping[str, Any]) -> Response:
    """Return the answer about a record with the headers that name it and its version."""
    response = jsonify(answer.to_json())
    response.set_etag(version_of(record))
    response.headers["Content-Location"] = f"/api/candidates/{candidate_id}/"
    return response


def version_of(record: Mapping[str, Any]) -> str:
    """Return a record's version as its readers see it: a lease of a stage that runs does not make another."""
    content = orjson.dumps(visible_fields(record), option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def visible_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored record without what its readers never see."""
    return {name: value for name, value in record.items() if name not in _HIDDEN and value is not None}
