"""What stands around every endpoint of the API: how much may come in, how often, and what browsers are told."""

from __future__ import annotations

import threading
from time import monotonic
from typing import Any, Final

from flask import Flask, Request, Response, current_app, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

from functions.edge import answer, caller, settings
from shared.errors import TooManyRequests

_MEGABYTE: Final = 1_000_000
_FILES: Final = frozenset(  # whose body may be a file itself
    {"imports.create_import", "imports.create_import_before", "imports.preview_import", "jobs.import_jobs"}
)
_PARTS: Final = 2_100  # of a form; a bulk upload has up to 2,000 files
_BURST: Final = 6  # a sixth of a minute's requests may come at once
_MOST_CALLERS: Final = 10_000  # whose buckets are kept; who has not come for a minute has a full one anyway
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}
# The page that shows the API runs its own scripts, and styles elements by itself.
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_BUCKETS: Final = "shortlist.buckets"
_ONLY_TLS: Final = "max-age=31536000; includeSubDomains"


class StrictJson(DefaultJSONProvider):
    """JSON as the standard has it: no NaN, no half characters, and nothing nested deeper than 200 levels."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Return JSON, in the order given."""
        import orjson

        return orjson.dumps(obj, self.default, orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Read JSON. Raises `ValueError`."""
        from pydantic_core import from_json

        return from_json(s, allow_inf_nan=False)


class Buckets:
    """Requests a caller may still make. They fill up again by the second; each process has its own."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}  # uid -> requests left, and when that was
        self._lock = threading.Lock()

    def take(self, uid: str, per_minute: int) -> float:
        """Take one request; return 0, or the seconds until there is one again."""
        second, most, now = per_minute / 60, max(per_minute / _BURST, 1.0), monotonic()
        with self._lock:
            left, at = self._left.pop(uid, (most, now))
            left = min(most, left + (now - at) * second)
            self._left[uid] = (left - 1 if left >= 1 else left, now)  # last come, last in order
            if len(self._left) > _MOST_CALLERS:
                del self._left[next(iter(self._left))]
        return 0.0 if left >= 1 else (1 - left) / second


def guard(app: Flask) -> None:
    """Put the guards around an app. They go first and last, whatever is registered afterwards."""
    app.json = StrictJson(app)
    app.config["MAX_FORM_PARTS"] = _PARTS
    app.before_request(_limit_body)
    app.after_request(_tell_browsers)
    app.register_error_handler(ClientDisconnected, _too_slow)
    if origins := settings().cors_origins:
        from flask_cors import CORS

        CORS(app, origins=list(origins), methods=["GET", "POST", "PUT", "PATCH", "DELETE"], max_age=600,
             allow_headers=["Authorization", "X-Api-Key", "Content-Type", "If-Match", "If-None-Match",
                            "Idempotency-Key", "Last-Event-ID"],
             expose_headers=["ETag", "X-Request-Id", "Retry-After", "Content-Disposition"])  # fmt: skip
    app.extensions[_BUCKETS] = Buckets()


def check_rate(request: Request) -> None:
    """Count this request for who asks. Raises `TooManyRequests`. Where nobody is asked, it is this machine alone."""
    per_minute = settings().rate_per_minute
    if not per_minute or settings().identity == "none":
        return
    if wait := current_app.extensions[_BUCKETS].take(caller(request).uid, per_minute):
        raise TooManyRequests(f"more than {per_minute} requests a minute (SHORTLIST_RATE_PER_MINUTE)", max(wait, 1.0))


def _limit_body() -> None:
    files = request.mimetype == "multipart/form-data" or request.endpoint in _FILES
    megabytes = max(settings().max_file_mb, settings().max_cv_mb) + 1 if files else settings().max_json_mb
    request.max_content_length = megabytes * _MEGABYTE


def _tell_browsers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "openapi.get_docs":
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
    if settings().google.service:
        response.headers["Strict-Transport-Security"] = _ONLY_TLS
    return response


def _too_slow(_: ClientDisconnected) -> Response:
    """The rest of a body did not come (`serve` waits; in front of the functions Google does)."""
    return answer(RequestTimeout())
