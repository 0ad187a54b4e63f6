"""The `api` function: one Flask app, a blueprint per resource."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, Request, Response, request
from werkzeug.routing import Rule

from functions.api.admin import admin
from functions.api.api_keys import api_keys
from functions.api.audit import audit
from functions.api.candidate_documents import candidate_documents
from functions.api.candidate_notes import candidate_notes
from functions.api.candidates import candidates
from functions.api.cv_documents import cv_documents
from functions.api.events import events
from functions.api.imports import imports
from functions.api.jobs import jobs
from functions.api.matches import matches
from functions.api.members import members
from functions.api.openapi import openapi
from functions.api.people import people
from functions.api.pools import pools
from functions.api.privacy import duties
from functions.api.processing import processing
from functions.api.search_runs import search_runs
from functions.api.sharing import sharing
from functions.api.stats import stats
from functions.audited import begin, seen_by, write_audit
from functions.blinded import blind_answer
from functions.edge import answer, caller, request_id
from functions.guard import check_rate, guard
from functions.idempotency import answered_before, keep_answer

_BLUEPRINTS: Final = (
    admin,
    api_keys,
    audit,
    candidate_documents,
    candidate_notes,
    candidates,
    cv_documents,
    duties,
    events,
    imports,
    jobs,
    matches,
    members,
    openapi,
    people,
    pools,
    processing,
    search_runs,
    sharing,
    stats,
)
# Endpoints that answer without asking who is there: they hold nobody's data.
PUBLIC: Final = frozenset(
    {
        "candidate_documents.download",  # who holds an address signed for minutes was shown it
        "openapi.get_asset",
        "openapi.get_docs",
        "openapi.get_openapi",
        "stats.healthz",
        "stats.readyz",
    }
)


class _Matched(Rule):
    """A path that is matched: what builds addresses of it is compiled when first asked, not in every cold start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        return lambda rule, /, **values: Rule._compile_builder(rule, append_unknown)(rule, **values)


def make_app() -> Flask:
    """Return the app; it connects to nothing until a request needs it."""
    app = Flask("shortlist", static_folder=None)
    app.url_rule_class = _Matched
    app.url_map.strict_slashes = False
    guard(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.before_request(_ask_who)
    app.after_request(_write_down)
    app.register_error_handler(Exception, answer)
    return app


def _ask_who() -> Response | None:
    """Nobody unknown gets as far as an endpoint, whether or not it asks by itself; nothing is done twice by one key."""
    asks_whether_to_ask = request.method == "OPTIONS"  # a browser, before another site's page; Flask answers it
    if request.endpoint is not None and request.endpoint not in PUBLIC and not asks_whether_to_ask:
        caller(request)
        check_rate(request)
        begin(request)
        return answered_before(request)
    return None


def _write_down(response: Response) -> Response:
    """Nothing is handed out that the audit does not know of."""
    if response.status_code < 400:
        try:
            response = blind_answer(request, response, seen_by(request))
            write_audit(request)
        except Exception as error:
            response = answer(error)
    keep_answer(request, response)
    response.headers["X-Request-Id"] = request_id(request)
    return response


_app: list[Flask] = []


def api(request: Request) -> Any:
    """Answer any request of the API."""
    if not _app:
        _app.append(make_app())
    with _app[0].request_context(request.environ):
        return _app[0].full_dispatch_request()
