"""Who calls: people and programs of the API, and the service account that signs tasks and schedules."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Request

from functions.runtime import Runtime, is_loopback
from shared.access import allow
from shared.access.signing_in import caller_of
from shared.errors import NotAllowed, NotSignedIn
from shared.models.caller import Caller

CALLER: Final = "shortlist.caller"  # in the environment of a request; no header can name it


def caller_of_request(runtime: Runtime, request: Request) -> Caller:
    """Return who sends a request, looked up once a request. Raises `NotSignedIn`, `NotAllowed`, `Retryable`."""
    if CALLER not in request.environ:
        request.environ[CALLER] = _identify(runtime, request)
    caller: Caller = request.environ[CALLER]
    return caller


def check_signature(runtime: Runtime, request: Request, deployed: str) -> None:
    """Let only the account through that tasks and schedules are signed as, in a token made for this very function.

    On one machine, which calls itself, an administrator may, too. Raises `NotSignedIn`, `NotAllowed`, `Retryable`.
    """
    identity, google = runtime.identity, runtime.settings.google
    if identity is None:
        allow(caller_of_request(runtime, request), "operate")
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn(f"{deployed} needs a bearer token")
    account = identity.service_account(token, f"{google.functions_url}/{deployed}")
    if account != google.tasks_account:
        raise NotAllowed(f"{deployed} is for the account of the tasks (SHORTLIST_TASKS_ACCOUNT)")


def _identify(runtime: Runtime, request: Request) -> Caller:
    authorization = request.headers.get("Authorization", "")
    key = request.headers.get("X-Api-Key", "")
    if runtime.settings.identity == "none" and not authorization and not key:
        _check_this_machine(request)
        return Caller()
    return caller_of(runtime.ports, runtime.sign_in, authorization, key)


def _check_this_machine(request: Request) -> None:
    """Let only programs of this machine be the administrator without a token, and no web page open in its browser."""
    host = urlsplit(request.host_url).hostname
    if not is_loopback(request.remote_addr or "") or not is_loopback(host or ""):
        raise NotSignedIn(
            "from other machines sign in: `shortlist token` makes tokens, and SHORTLIST_IDENTITY=local asks for them"
        )
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise NotSignedIn("another site's page asks: sign in with `Authorization: Bearer TOKEN`")
