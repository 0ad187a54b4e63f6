"""The application: its health is answered at once; the rest is imported by the first request that needs it.

This is the only file of functions/ with imports inside functions. Each of them starts a part that is too slow to load
for a health check, and a function on Google Cloud loads only its own part.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Request, Response, request
from werkzeug.routing import Rule

from functions.runtime import RUNTIME, LazyFunction, Runtime
from shared.config import load_settings
from shared.errors import Misconfigured
from shared.stages.table import TABLE
from shared.views.answer import Answer

if TYPE_CHECKING:
    from functions.api.routes import Route

Function = Callable[..., Any]
HEALTH: Final = ("/health", "/healthz")  # Google answers /healthz itself, so a function there is asked at /health
_HEALTH_ENDPOINTS: Final = ("stats.health", "stats.healthz")


def process_runtime() -> Runtime:
    """Return the runtime the environment asks for; log as Google Cloud reads it there.

    Ends the process on a missing or wrong setting, with one line naming the variable.
    """
    try:
        settings = load_settings()
        google = settings.google
    except Misconfigured as error:
        print(f"shortlist: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    if google.service:
        # only on Google Cloud
        from functions.cloud_log import write_cloud_lines

        write_cloud_lines(google.project)
    return Runtime(settings)


def deployed_functions(runtime: Runtime) -> dict[str, Function]:
    """Return every deployable function by the name main.py exports it under; none is loaded yet."""

    def on_upload(event: Any) -> None:
        # a function loads its own part alone
        from functions.events import take_upload

        take_upload(runtime, event)

    def backfill(request: Request) -> Any:
        # a function loads its own part alone
        from functions.schedule import backfill

        return backfill(runtime, request)

    def cleanup(request: Request) -> Any:
        # a function loads its own part alone
        from functions.schedule import cleanup

        return cleanup(runtime, request)

    def batch_enrich_candidates(request: Request) -> Any:
        # a function loads its own part alone
        from functions.tasks import queue_candidates

        return queue_candidates(runtime, request)

    single = (_api_function(runtime), on_upload, backfill, cleanup, batch_enrich_candidates)
    functions: dict[str, Function] = {function.__name__: function for function in single}
    for task_function in TABLE:
        functions[task_function.export] = _task_function(runtime, task_function.export)
    return functions


def _task_function(runtime: Runtime, export: str) -> Function:
    def run(request: Request) -> Any:
        # a function loads its own part alone
        from functions.tasks import run_task

        return run_task(runtime, request, export)

    run.__name__ = run.__qualname__ = export
    return run


def _api_function(runtime: Runtime) -> Function:
    lock = threading.Lock()
    apps: list[Flask] = []

    def api(request: Request) -> Any:
        """Answer any request of the API and the pages."""
        with lock:
            if not apps:
                apps.append(create_app(runtime))
        with apps[0].request_context(request.environ):
            return apps[0].full_dispatch_request()

    return api


def create_app(runtime: Runtime) -> Flask:
    """Return the app over these settings and ports; it connects to nothing until a request needs it."""
    from functions.api.routes import ROUTES  # the tasks have no app, and load nothing of it
    from functions.guard import guard  # the tasks have no app, and load nothing of it
    from functions.problems import problem_of  # the tasks have no app, and load nothing of it

    app = _App("shortlist", static_folder=None)
    app.extensions[RUNTIME] = runtime
    app.url_rule_class = _MatchedRule
    app.url_map.strict_slashes = False
    guard(app, runtime.settings)
    if runtime.settings.cors_origins:
        _answer_other_sites(app, runtime.settings.cors_origins)
    for address, endpoint in zip(HEALTH, _HEALTH_ENDPOINTS, strict=True):
        app.add_url_rule(address, endpoint, health)
    _add_routes(app, "functions.api", ROUTES)
    app.before_request(_check_request)
    app.after_request(_finish_request)
    app.register_error_handler(Exception, problem_of)
    return app


def health() -> Any:
    """Answer without touching anything."""
    # the tasks have no app, and load nothing of it
    from functions.guard import check_query

    check_query(())
    return {"ok": True}


class _App(Flask):
    """A Flask app whose endpoints return views; here a view becomes JSON."""

    def make_response(self, rv: Any) -> Response:
        """Return what an endpoint answered as a response."""
        answer, *rest = rv if isinstance(rv, tuple) else (rv,)
        if isinstance(answer, Answer):
            answer = answer.to_json()
        return super().make_response((answer, *rest) if rest else answer)


class _MatchedRule(Rule):
    """An address that is only matched: what builds addresses of it is compiled when first asked for."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        return lambda rule, /, **values: Rule._compile_builder(rule, append_unknown)(rule, **values)


def _add_routes(app: Flask, package: str, routes: Iterable[Route]) -> None:
    for route in routes:
        view = LazyFunction(f"{package}.{route.module}", route.function)
        app.add_url_rule(route.address, route.endpoint, view, methods=[route.method])


def _check_request() -> Response | None:
    if request.endpoint is None or request.endpoint in _HEALTH_ENDPOINTS:
        return None
    # health is answered without them
    from functions.checks import check_request

    return check_request(request)


def _finish_request(response: Response) -> Response:
    from functions.problems import request_id  # the tasks have no app, and load nothing of it

    if request.endpoint is not None and request.endpoint not in _HEALTH_ENDPOINTS:
        # health is answered without them
        from functions.checks import finish_request

        response = finish_request(request, response)
    response.headers["X-Request-Id"] = request_id(request)
    return response


def _answer_other_sites(app: Flask, origins: Iterable[str]) -> None:
    # only where other sites are named
    from flask_cors import CORS

    sent = ["Authorization", "X-Api-Key", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key"]
    sent.append("Last-Event-ID")
    received = ["ETag", "X-Request-Id", "Retry-After", "Content-Disposition"]
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    CORS(app, origins=list(origins), methods=methods, max_age=600, allow_headers=sent, expose_headers=received)
