"""What goes wrong as problem+json (RFC 9457): one shape for every endpoint, with a code programs can go by."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from flask import Response, jsonify

MEDIA_TYPE: Final = "application/problem+json"


def problem(status: int, code: str, detail: str, request_id: str, **more: Any) -> Response:
    """Return an error as an answer: `title` says the status, `detail` what is wrong, `code` stays as it is.

    `request_id` is in the log and in the audit, too; `more`: members of this kind of problem alone.
    """
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    response = jsonify({**said, "detail": detail, "request_id": request_id, **more})
    response.status_code = status
    response.mimetype = MEDIA_TYPE
    return response
