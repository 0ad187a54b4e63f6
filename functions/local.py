"""Every function of main.py in one process on one port, with a folder watched as the bucket and a scheduler."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server

import main
from functions import edge
from functions.tasks import FAN_OUT
from shared.config import Settings
from shared.errors import ShortlistError, WrongCall, where
from shared.models.task_functions import TASK_FUNCTIONS

if TYPE_CHECKING:
    from shared.models.task import Task
    from shared.ports import Ports

log = logging.getLogger("shortlist.serve")
_TURN: Final = 0.001  # seconds a thread that works may keep one that answers waiting, at each of its many short waits
_POLITE: Final = 0.25  # seconds a task lets requests go first
_LOOK_EVERY: Final = 1.0  # seconds between two looks at the incoming folder
_WHO: Final = ("Everybody has to sign in: `shortlist token` makes tokens.",
               "Nobody is asked who they are: whoever is on this machine is the administrator.")  # fmt: skip
_CLEAN_EVERY: Final = 86_400.0  # seconds
_BEGIN_AFTER: Final = 1.0  # seconds in which the first requests have the process to themselves


def _on_upload(request: Request) -> Any:
    """Hand a storage event over as functions-framework does; no IAM stands in front of it here."""
    from cloudevents.exceptions import GenericException
    from cloudevents.http import from_http

    try:
        edge.check_signature(request, "onUpload")
        main.on_upload(from_http(dict(request.headers), request.get_data()))
    except GenericException:
        return edge.answer(WrongCall("not a CloudEvent"))
    except ShortlistError as error:
        return edge.answer(error)
    except HTTPException as error:
        return error.get_response()
    return "OK"


# deployed name -> function
PATHS: Final[dict[str, Callable[[Request], Any]]] = {
    "/onUpload": _on_upload,
    f"/{FAN_OUT}": main.batch_enrich_candidates,
    "/backfill": main.backfill,
    "/cleanup": main.cleanup,
    **{f"/{each.deployed}": getattr(main, each.export) for each in TASK_FUNCTIONS},
}


_CONTEXT: Final = Flask("local", static_folder=None)


class Requests:
    """How many requests are being answered, and a moment's patience for whoever would slow them down."""

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
        """Return when none is being answered, or after `_POLITE` seconds, so that tasks go on under any load."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, _POLITE)


_REQUESTS: Final = Requests()


def _deliver(ports: Ports, task: Task, last: bool) -> Any:
    """Do a task once nobody waits for an answer: its thread and theirs share one interpreter."""
    from shared.operations.dispatch import deliver

    _REQUESTS.let_go_first()
    return deliver(ports, task, last)


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send a request to the function its path names; every other path is the api's."""
    with _CONTEXT.request_context(environ):
        function = PATHS.get(request.path.rstrip("/"), main.api)
        with _REQUESTS.one_more():
            response: Response = _CONTEXT.make_response(function(request))
    return response(environ, start_response)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped. Raises `WrongCall` for an address others could reach while nobody is asked who they are."""
    if settings.identity == "none" and not edge.is_loopback(host):
        wanted = "set SHORTLIST_IDENTITY=local and give people tokens (`shortlist token`); 127.0.0.1 is loopback"
        raise WrongCall(f"--host {host}: others reach this address, and nobody is asked who they are; {wanted}")
    edge.use(settings)
    edge.do_tasks_by(_deliver)
    sys.setswitchinterval(_TURN)
    try:
        server = make_server(host, port, wsgi, threaded=True, request_handler=_Quiet)
    except OSError as error:
        raise WrongCall(f"cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}") from error
    except SystemExit as error:  # werkzeug's way to say that the port is taken
        raise WrongCall(f"cannot listen on {host}:{port}: it is in use; choose another with --port") from error
    stop = threading.Event()
    # What Cloud Tasks works off, the scheduled backfill of the functions sweeps.
    for work in (_watch, _sweep) if settings.queue == "threads" else (_watch,):
        threading.Thread(target=work, args=(settings, stop), daemon=True).start()
    drop = f"drop exports into {settings.home / 'incoming'}/csv/POOL/, CVs into cv/POOL/"
    print(f"Shortlist on http://{host}:{server.port}  ({drop}; Ctrl-C stops)", flush=True)
    print(_WHO[settings.identity == "none"], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("stopped", flush=True)
    finally:
        stop.set()


class _Quiet(WSGIRequestHandler):
    """Log requests through logging, without query strings: they may hold what people searched for."""

    timeout = 30  # seconds without a byte of a request, then its thread goes

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        log.info("%s %s %s", self.command, self.path.partition("?")[0], code)


def _watch(settings: Settings, stop: threading.Event) -> None:
    stop.wait(_BEGIN_AFTER)
    from shared.imports.dropped_files import look_for_files

    seen: dict[Path, tuple[int, int]] = {}
    limits = {"csv": settings.max_file_mb * 1_000_000, "cv": settings.max_cv_mb * 1_000_000}
    while not stop.wait(_LOOK_EVERY):
        try:
            look_for_files(edge.ports(), settings.home / "incoming", seen, limits)
        except Exception as error:
            log.error("looking for dropped files broke, the next look follows: %s", where(error))


def _sweep(settings: Settings, stop: threading.Event) -> None:
    """Queue what is due as it turns up; look for what is stale at the start and every `backfill_every` seconds."""
    stop.wait(_BEGIN_AFTER)
    from functions.schedule import clean_up
    from shared import wiring
    from shared.jobs.match_lists import refresh_out_of_date
    from shared.operations.backfill import sweep_imports
    from shared.pipeline.backlog import bring_in_stale, sweep
    from shared.stages import ORDER

    looked = cleaned = float("-inf")
    while not stop.wait(_LOOK_EVERY):
        try:
            if monotonic() - looked >= settings.backfill_every:
                for kind in ORDER:
                    bring_in_stale(edge.ports(), kind)
                refresh_out_of_date(edge.ports())
                looked = monotonic()
            if monotonic() - cleaned >= _CLEAN_EVERY:
                clean_up()
                cleaned = monotonic()
            if sweep_imports(edge.ports()) + sum(sweep(edge.ports(), kind) for kind in ORDER):
                wiring.thread_queue(edge.ports()).join()
        except Exception as error:
            log.error("the sweep broke, the next one follows: %s", where(error))
