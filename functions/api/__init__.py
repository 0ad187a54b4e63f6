"""The `api` function: one Flask app, a blueprint per resource."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, Request, jsonify, request
from werkzeug.exceptions import HTTPException

from functions.api.cv_documents import cv_documents
from functions.api.imports import imports
from functions.api.search_runs import search_runs
from functions.api.stats import stats
from functions.edge import answer, caller

PUBLIC: Final = frozenset({"stats.healthz"})  # endpoints that answer without asking who is there


def make_app() -> Flask:
    """Return the app; it connects to nothing until a request needs it."""
    app = Flask("shortlist", static_folder=None)
    app.url_map.strict_slashes = False
    for blueprint in (cv_documents, imports, search_runs, stats):
        app.register_blueprint(blueprint)
    app.before_request(_ask_who)
    app.register_error_handler(Exception, _answer)
    return app


def _ask_who() -> None:
    """Nobody unknown gets as far as an endpoint, whether or not it asks by itself."""
    if request.endpoint is not None and request.endpoint not in PUBLIC:
        caller(request)


def _answer(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return jsonify(error=f"{request.method} {request.path}: {error.name.lower()}"), error.code
    return answer(error)


_app: list[Flask] = []


def api(request: Request) -> Any:
    """Answer any request of the API."""
    if not _app:
        _app.append(make_app())
    with _app[0].request_context(request.environ):
        return _app[0].full_dispatch_request()
