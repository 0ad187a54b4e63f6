"""The edge of every function: where its ports come from, and how our errors become answers."""

from __future__ import annotations

import functools
import ipaddress
import logging
import secrets
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import Request, Response, has_request_context, jsonify
from flask import request as current
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from functions.problem import problem
from shared.config import Settings, load_settings
from shared.errors import Misconfigured, NotAllowed, NotSignedIn, OutOfQuota, ShortlistError, WrongCall, where

if TYPE_CHECKING:
    from shared.access import Reads
    from shared.models.caller import Caller
    from shared.models.task import Task
    from shared.ports import Identity, Ports, SignIn

    Handler = Callable[[Ports, Task, bool], Any]

log = logging.getLogger("shortlist.edge")
_connected: list[Ports] = []
_settings: list[Settings] = []
_identity: list[Identity | None] = []
_sign_in: list[SignIn] = []
_handler: list[Handler] = []  # does the tasks of this process's own queue, when not `deliver`
_connecting = threading.Lock()
_SOON: Final = ("busy", "in_progress")  # errors that pass within seconds
# Where a request keeps what is known of it; no header can name these.
CALLER, _READS, _ID = "shortlist.caller", "shortlist.reads", "shortlist.request_id"


def ports() -> Ports:
    """Return this process's ports, connected on the first request that needs them."""
    with _connecting:
        if not _connected:
            from shared import wiring
            from shared.operations.dispatch import deliver

            _connected.append(wiring.connect(settings(), _handler[0] if _handler else deliver))
        return _connected[0]


def settings() -> Settings:
    """Return the settings this process was started with."""
    return _settings[0] if _settings else load_settings()


def check_settings() -> None:
    """Make the log as Google Cloud reads it; end on a missing or wrong setting, with one line naming the variable."""
    try:
        google = settings().google
    except Misconfigured as error:
        print(f"shortlist: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    if google.service:
        from functions.cloud_log import write_cloud_lines

        write_cloud_lines(google.project)


def use(
    given: Settings, ports: Ports | None = None, identity: Identity | None = None, sign_in: SignIn | None = None
) -> None:
    """Start over with these settings instead of the environment's; what is not given besides is theirs."""
    _settings[:] = [given]
    _connected[:] = [ports] if ports else []
    _identity[:] = [identity] if identity else []
    _sign_in[:] = [sign_in] if sign_in else []


def do_tasks_by(handler: Handler) -> None:
    """Let this do the tasks of a queue that is connected from now on."""
    _handler[:] = [handler]


def caller(request: Request) -> Caller:
    """Return who asks, the same however often in one request. Raises `NotSignedIn`, `NotAllowed`, `Retryable`.

    An endpoint hands it to whatever reads or changes; `reads(request)` is the reading itself.
    """
    if CALLER not in request.environ:
        request.environ[CALLER] = _who(request)
    known: Caller = request.environ[CALLER]
    return known


def reads(request: Request) -> Reads:
    """Return what this request's caller may read: the only way of an endpoint to documents."""
    from shared.access import Reads

    if _READS not in request.environ:
        request.environ[_READS] = Reads(ports(), caller(request))
    known: Reads = request.environ[_READS]
    return known


def request_id(request: Request) -> str:
    """Return the id this request has in its answer, in the log and in the audit."""
    known: str = request.environ.setdefault(_ID, secrets.token_hex(6))
    return known


def _who(request: Request) -> Caller:
    from shared.access.signing_in import caller_of
    from shared.models.caller import Caller

    authorization, key = (request.headers.get(name, "") for name in ("Authorization", "X-Api-Key"))
    if settings().identity == "none" and not authorization and not key:
        _check_it_is_this_machine(request)
        return Caller()
    if not _sign_in:
        from shared import wiring

        _sign_in[:] = [wiring.sign_in(settings())]
    return caller_of(ports(), _sign_in[0], authorization, key)


def _check_it_is_this_machine(request: Request) -> None:
    """Let only programs of this machine be the administrator without a token, and no web page open in its browser."""
    origin = request.headers.get("Origin")
    if not is_loopback(request.remote_addr or "") or not is_loopback(urlsplit(request.host_url).hostname or ""):
        raise NotSignedIn(
            "from other machines sign in: `shortlist token` makes tokens, and SHORTLIST_IDENTITY=local asks"
        )
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise NotSignedIn("another site's page asks: sign in with `Authorization: Bearer TOKEN`")


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own, which no other reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_signature(request: Request, deployed: str) -> None:
    """Let only the account through that tasks and schedules are signed as, in a token made for this very function.

    On one machine, which calls itself, an administrator may, too. Raises `NotSignedIn`, `NotAllowed`, `Retryable`.
    """
    if not _identity:
        from shared import wiring

        _identity[:] = [wiring.identity(settings())]
    identity, google = _identity[0], settings().google
    if identity is None:
        from shared.access import allow

        return allow(caller(request), "operate")
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn(f"{deployed} wants a bearer token")
    if identity.service_account(token, f"{google.functions_url}/{deployed}") != google.tasks_account:
        raise NotAllowed(f"{deployed} is for the account of the tasks (SHORTLIST_TASKS_ACCOUNT)")


def answer(error: Exception, **more: Any) -> Response:
    """Return an error as problem+json: our own say what is wrong, anything else only an id to look up in the log."""
    id_ = _id_of_this_request()
    if isinstance(error, ShortlistError):
        response = problem(error.status, error.code, str(error), id_, **more)
        if error.again:
            wait = error.wait if isinstance(error, OutOfQuota) else None
            response.headers["Retry-After"] = str(round(wait or (2 if error.code in _SOON else 10)))
        return response
    if isinstance(error, HTTPException) and error.code is not None:
        return _refused(error, error.code, id_)
    log.error("request %s broke: %s", id_, where(error))
    return problem(500, "broken", "this request broke; the log has the reason under this id", id_)


def _refused(error: HTTPException, status: int, id_: str) -> Response:
    """What the framework refuses before an endpoint is asked: an unknown path, another method, too large a body."""
    name = error.name.lower()
    response = problem(status, name.replace(" ", "_"), f"{current.method} {current.path}: {name}", id_)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _id_of_this_request() -> str:
    return request_id(current) if has_request_context() else secrets.token_hex(6)


def endpoint(function: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """Wrap an HTTP function: what it returns becomes JSON, what it raises an answer."""

    @functools.wraps(function)
    def wrapped(request: Request) -> Any:
        try:
            return jsonify(function(request))
        except Exception as error:
            return answer(error)

    return wrapped


def number(request: Request, name: str, default: int, least: int, most: int) -> int:
    """Return a whole number of the query string. Raises `WrongCall`."""
    text = request.args.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise WrongCall(f"{name}={text!r}: a whole number from {least} to {most}")
    return int(text)


def flag(request: Request, name: str) -> bool:
    """Return a true/false of the query string. Raises `WrongCall`."""
    text = request.args.get(name, "false").lower()
    if text not in ("true", "false"):
        raise WrongCall(f"{name}={text!r}: true or false")
    return text == "true"


def json_object(request: Request) -> dict[str, Any]:
    """Return the JSON object of the body, an empty one where there is no body. Raises `WrongCall`."""
    said = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(said, dict):
        raise WrongCall("send one JSON object")
    return said
