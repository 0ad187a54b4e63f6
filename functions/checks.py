"""What is checked before every endpoint, and what is written after it: caller, rate, parameters, keys, audit."""

from __future__ import annotations

import threading
from time import monotonic
from typing import Final

from flask import Request, Response, current_app

from functions.api.routes import PUBLIC
from functions.audit import collect_reads, write_audit
from functions.guard import check_query
from functions.openapi.operation import VIEW, operation_of
from functions.problems import problem_of
from functions.request import caller, settings
from functions.runtime import LazyFunction
from shared.errors import TooManyRequests

_BURST: Final = 6  # a sixth of a minute's requests may come at once
_MOST_CALLERS: Final = 10_000  # whose buckets are kept; who has not come for a minute has a full one anyway
KEY_HEADER: Final = "Idempotency-Key"
_kept_answer = LazyFunction("functions.idempotency", "kept_answer")
_keep_answer = LazyFunction("functions.idempotency", "keep_answer")
_BUCKETS: Final = "shortlist.buckets"


class Buckets:
    """Requests a caller may still make. They fill up again by the second; each process has its own."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}  # uid -> requests left, and when that was
        self._lock = threading.Lock()

    def take(self, uid: str, per_minute: int) -> float:
        """Take one request; return 0, or the seconds until there is one again."""
        per_second = per_minute / 60
        most = max(per_minute / _BURST, 1.0)
        now = monotonic()
        with self._lock:
            left, at = self._left.pop(uid, (most, now))
            left = min(most, left + (now - at) * per_second)
            granted = left >= 1
            self._left[uid] = (left - granted, now)  # the latest caller is the last in order
            if len(self._left) > _MOST_CALLERS:
                del self._left[next(iter(self._left))]
        return 0.0 if granted else (1 - left) / per_second


def check_request(request: Request) -> Response | None:
    """Let no unknown caller, no unknown parameter and nothing too often reach an endpoint.

    Returns the answer that was kept for this request's idempotency key, None where the endpoint is to answer.
    """
    if request.method == "OPTIONS":  # a browser, before another site's page; Flask answers it
        return None
    if request.endpoint in PUBLIC:
        check_query(_parameters(request))
        return None
    caller()
    _check_rate()
    check_query({*_parameters(request), VIEW.name})
    collect_reads(request)
    if KEY_HEADER not in request.headers:
        return None
    answer: Response | None = _kept_answer(request)
    return answer


def finish_request(request: Request, response: Response) -> Response:
    """Hand out nothing the audit does not know of, and keep the answer where the request has a key."""
    if response.status_code < 400:
        try:
            write_audit(request)
        except Exception as error:
            response = problem_of(error)
    if KEY_HEADER in request.headers:
        _keep_answer(request, response)
    return response


def _parameters(request: Request) -> set[str]:
    """Return the names of the parameters that the contract of an endpoint has."""
    view = current_app.view_functions[request.endpoint or ""]
    function = view.function if isinstance(view, LazyFunction) else view
    return {parameter.name for parameter in operation_of(function).query if not parameter.header}


def _check_rate() -> None:
    """Count this request for its caller. Without sign-in all requests are this machine's own and none is counted."""
    per_minute = settings().rate_per_minute
    if not per_minute or settings().identity == "none":
        return
    buckets: Buckets = current_app.extensions.setdefault(_BUCKETS, Buckets())
    if wait := buckets.take(caller().uid, per_minute):
        raise TooManyRequests(f"more than {per_minute} requests a minute (SHORTLIST_RATE_PER_MINUTE)", max(wait, 1.0))
