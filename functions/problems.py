"""What goes wrong, as problem+json (RFC 9457): one shape for every function, with a code programs can go by."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from flask import Request, Response, has_request_context, jsonify
from flask import request as current
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from shared.errors import OutOfQuota, ShortlistError, safe_traceback

MEDIA_TYPE: Final = "application/problem+json"
_REQUEST_ID: Final = "shortlist.request_id"  # in the environment of a request; no header can name it
_SECONDS: Final = {"busy": 2, "in_progress": 2}  # errors that pass within seconds
_PATIENCE: Final = 10  # seconds until a request that failed for another passing reason is sent again
log = logging.getLogger("shortlist.problems")


def respond(function: Callable[..., Any], *arguments: Any) -> Response:
    """Return what a function answers as JSON, or the problem it raises."""
    try:
        return jsonify(function(*arguments))
    except Exception as error:
        return problem_of(error)


def problem_of(error: Exception, **members: Any) -> Response:
    """Return an error as an answer: ours say what is wrong, all others only an id to look up in the log.

    `members`: further members of this problem.
    """
    id_ = request_id(current) if has_request_context() else secrets.token_hex(6)
    if isinstance(error, ShortlistError):
        response = problem(error.status, error.code, str(error), id_, **members)
        if error.retryable:
            response.headers["Retry-After"] = str(_retry_after(error))
        return response
    if isinstance(error, HTTPException) and error.code is not None:
        return _framework_problem(error, error.code, id_)
    log.error("request %s broke: %s", id_, safe_traceback(error))
    return problem(500, "broken", "this request broke; the log has the reason under this id", id_)


def problem(status: int, code: str, detail: str, request_id: str, **members: Any) -> Response:
    """Return a problem: `title` names the status, `detail` says what is wrong, `code` never changes."""
    known = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    response = jsonify({**known, "detail": detail, "request_id": request_id, **members})
    response.status_code = status
    response.mimetype = MEDIA_TYPE
    return response


def request_id(request: Request) -> str:
    """Return the id this request has in its answer, in the log and in the audit."""
    id_: str = request.environ.setdefault(_REQUEST_ID, secrets.token_hex(6))
    return id_


def _retry_after(error: ShortlistError) -> int:
    """Return the seconds until the request may be sent again."""
    wait = error.wait if isinstance(error, OutOfQuota) else None
    return round(wait or _SECONDS.get(error.code, _PATIENCE))


def _framework_problem(error: HTTPException, status: int, id_: str) -> Response:
    """What Flask refuses before an endpoint is reached: an unknown path, another method, too large a body."""
    name = error.name.lower()
    response = problem(status, name.replace(" ", "_"), f"{current.method} {current.path}: {name}", id_)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response
