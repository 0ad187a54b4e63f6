"""The request that is being answered: its runtime, its caller, and what they may read."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from functions.callers import caller_of_request
from functions.parameters import number
from functions.runtime import RUNTIME, Runtime
from shared.access import Reads, allow
from shared.access.pools import check_pool
from shared.config import Settings
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.models.collections import Collection
from shared.ports import D, Ports, Stored, Where
from shared.privacy.blind import Sight

# In the environment of a request; no header can name them.
_READS: Final = "shortlist.reads"
_SIGHT: Final = "shortlist.sight"


def runtime() -> Runtime:
    """Return what the app that answers works with."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    return runtime


def ports() -> Ports:
    """Return the ports, connected on first use."""
    return runtime().ports


def settings() -> Settings:
    """Return the settings this process was started with."""
    return runtime().settings


def caller() -> Caller:
    """Return who asks. Raises `NotSignedIn`, `NotAllowed`, `Retryable`.

    An endpoint hands it to whatever reads or changes; `reads()` is the reading itself.
    """
    return caller_of_request(runtime(), request)


def reads() -> Reads:
    """Return what the caller may read: the only way of an endpoint to documents."""
    if _READS not in request.environ:
        request.environ[_READS] = Reads(ports(), caller())
    reads: Reads = request.environ[_READS]
    return reads


def sight() -> Sight:
    """Return how the caller sees people: `?view=blind` is for everybody, blind pools are for their recruiters.

    Whoever shows people chooses it when the view is built. Raises `InvalidRequest`.
    """
    if _SIGHT not in request.environ:
        view = request.args.get("view")
        if view not in (None, "blind"):
            raise InvalidRequest(f"view={view!r}: blind, or nothing")
        request.environ[_SIGHT] = Sight(ports(), caller(), blind_view=view == "blind")
    sight: Sight = request.environ[_SIGHT]
    return sight


def pool_to_change(name: str) -> str:
    """Return the pool of that name, once it is one the caller may add to. Raises `InvalidRequest`, `NotAllowed`."""
    pool = check_pool(name)
    allow(caller(), "change", pool)
    return pool


def cv_pool() -> str:
    """Return the pool CVs are sent to, in the query string or the form, once it is one the caller may add to."""
    return pool_to_change(request.args.get("pool") or request.form.get("pool") or "default")


def sent_files(name: str, most: int | None = None) -> list[FileStorage]:
    """Return the files of that name in a multipart form. Raises `InvalidRequest`."""
    files = request.files.getlist(name)
    if not files or (most and len(files) > most):
        what = "one file" if most == 1 else "the files"
        raise InvalidRequest(f"send {what} as multipart `{name}`; paths are not read")
    return files


def newest(kind: Collection[D], where: Where) -> tuple[list[Stored[D]], str | None]:
    """Return the page `?limit=&after=` asks for, the newest first, and the `next` that follows it."""
    limit = number("limit", 50, 1, 500)
    created_at, _, id_ = request.args.get("after", "").partition("~")
    after = (created_at, id_) if id_ else None
    rows = reads().page(kind, where, order="-created_at", limit=limit, after=after)
    if len(rows) < limit:
        return rows, None
    last: Any = rows[-1].data
    return rows, f"{last['created_at']}~{rows[-1].id}"
