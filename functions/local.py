"""Every function of main.py in one process on one port, with a folder watched as the bucket and a scheduler."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler, make_server

from functions.app import Function, deployed_functions
from functions.runtime import LazyFunction, Runtime, is_loopback
from shared.config import Settings, make_home
from shared.errors import InvalidRequest
from shared.stages.table import FAN_OUT, TABLE

log = logging.getLogger("shortlist.serve")
_TURN: Final = 0.001  # seconds a thread that works may keep one that answers waiting, at each of its many short waits
_POLITE: Final = 0.25  # seconds a task lets requests go first
_BEGIN_AFTER: Final = 1.0  # seconds in which the first requests have the process to themselves
_SIGN_IN: Final = {
    True: "Authentication is off: every program on this machine is the administrator.",
    False: "Everybody has to sign in: `shortlist token` makes tokens.",
}
_LOOPBACK_ONLY: Final = (
    "others reach this address, and authentication is off; set SHORTLIST_IDENTITY=local and give people tokens "
    "(`shortlist token`), or listen on a loopback address (127.0.0.1)"
)


class Requests:
    """How many requests are being answered; tasks wait a moment for them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one as long as it is being answered; what is streamed afterwards is not counted."""
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def let_go_first(self) -> None:
        """Return when none is being answered, or after `_POLITE` seconds, so that tasks continue under any load."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, _POLITE)


class LocalServer:
    """All functions as one WSGI application: a task's thread and a request's share one interpreter."""

    def __init__(self, runtime: Runtime, requests: Requests) -> None:
        self._requests = requests
        self._context = Flask("local", static_folder=None)
        functions = deployed_functions(runtime)
        self._api = functions["api"]
        self._functions: dict[str, Function] = {
            "/onUpload": partial(LazyFunction("functions.events", "receive_event"), runtime),
            f"/{FAN_OUT}": functions["batch_enrich_candidates"],
            "/backfill": functions["backfill"],
            "/cleanup": functions["cleanup"],
        }
        for function in TABLE:
            self._functions[f"/{function.deployed}"] = functions[function.export]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Send a request to the function its path names; every other path is the API's."""
        with self._context.request_context(environ):
            function = self._functions.get(request.path.rstrip("/"), self._api)
            with self._requests.one_more():
                response = self._context.make_response(function(request))
        return response(environ, start_response)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped. Raises `InvalidRequest` for an address others could reach while authentication is off."""
    if settings.identity == "none" and not is_loopback(host):
        raise InvalidRequest(f"--host {host}: {_LOOPBACK_ONLY}")
    make_home(settings.home)
    sys.setswitchinterval(_TURN)
    requests = Requests()
    runtime = Runtime(settings, before_task=requests.let_go_first)
    application = LocalServer(runtime, requests)
    try:
        server = make_server(host, port, application, threaded=True, request_handler=QuietHandler)
    except OSError as error:
        raise InvalidRequest(f"cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}") from error
    except SystemExit as error:  # werkzeug's way to say that the port is taken
        raise InvalidRequest(f"cannot listen on {host}:{port}: it is in use; choose another with --port") from error
    stop = threading.Event()
    _start_background(runtime, stop)
    drop = f"drop exports into {settings.home / 'incoming'}/csv/POOL/, CVs into cv/POOL/"
    print(f"Shortlist on http://{host}:{server.port}  ({drop}; Ctrl-C stops)", flush=True)
    print(_SIGN_IN[settings.identity == "none"], flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("stopped", flush=True)
    finally:
        stop.set()
        runtime.finish()


class QuietHandler(WSGIRequestHandler):
    """Logs requests through logging, without query strings: they may hold what people searched for."""

    timeout = 30  # seconds without a byte of a request, then its thread ends

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        log.info("%s %s %s", self.command, self.path.partition("?")[0], code)


def _start_background(runtime: Runtime, stop: threading.Event) -> None:
    """Watch the folder; where threads do the tasks, sweep, too: those of Cloud Tasks are swept by Scheduler."""
    names = ["watch_folder"]
    if runtime.settings.queue == "threads":
        names.append("sweep")
    for name in names:
        work = LazyFunction("functions.background", name)
        threading.Thread(target=_work_later, args=(work, runtime, stop), daemon=True).start()


def _work_later(work: LazyFunction, runtime: Runtime, stop: threading.Event) -> None:
    if not stop.wait(_BEGIN_AFTER):
        work(runtime, stop)
