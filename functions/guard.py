"""What stands around every endpoint: how much may come in, how JSON is read, and what browsers are told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import orjson
from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from pydantic_core import from_json
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

from functions.problems import problem_of
from shared.config import Settings
from shared.errors import InvalidRequest

_MEGABYTE: Final = 1_000_000
_FILE_ENDPOINTS: Final = frozenset(  # whose body may be a file itself
    {"imports.create_import", "imports.create_import_before", "imports.preview_import", "jobs.import_jobs"}
)
_FORM_PARTS: Final = 2_100  # a bulk upload has up to 2,000 files
# A blueprint that answers with pages sets its own `Content-Security-Policy`; these fill in what is not set.
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}
_LONGEST_NAME: Final = 60  # characters of an unknown parameter that are repeated
_ONLY_TLS: Final = "max-age=31536000; includeSubDomains"


class StrictJson(DefaultJSONProvider):
    """JSON as the standard has it: no NaN, no half characters, and nothing nested deeper than 200 levels."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Return JSON, in the order given."""
        return orjson.dumps(obj, self.default, orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Read JSON. Raises `ValueError`."""
        return from_json(s, allow_inf_nan=False)


def guard(app: Flask, settings: Settings) -> None:
    """Put the guards around an app; they go first and last, whatever is registered afterwards."""

    def limit_body() -> None:
        request.max_content_length = _most_megabytes(settings) * _MEGABYTE

    def tell_browsers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.google.service:
            response.headers["Strict-Transport-Security"] = _ONLY_TLS
        return response

    app.json = StrictJson(app)
    app.config["MAX_FORM_PARTS"] = _FORM_PARTS
    app.before_request(limit_body)
    app.after_request(tell_browsers)
    app.register_error_handler(ClientDisconnected, _too_slow)


def check_query(known: Collection[str]) -> None:
    """Refuse a parameter that this address does not have. Raises `InvalidRequest`."""
    for name in request.args:
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise InvalidRequest(f"unknown parameter {name[:_LONGEST_NAME]!r}; this address takes {names}")


def _most_megabytes(settings: Settings) -> int:
    may_be_file = request.mimetype == "multipart/form-data" or request.endpoint in _FILE_ENDPOINTS
    if may_be_file:
        return max(settings.max_file_mb, settings.max_cv_mb) + 1
    return settings.max_json_mb


def _too_slow(_: ClientDisconnected) -> Response:
    """The rest of a body did not come; `serve` stops waiting, and Google does in front of the functions."""
    return problem_of(RequestTimeout())
