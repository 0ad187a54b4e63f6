"""`Idempotency-Key` on a POST: sent again, the same request is answered as it was the first time, and done once."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO, Any, Final

from flask import Request, Response

from functions.edge import caller, ports
from shared.errors import WrongCall

HEADER: Final = "Idempotency-Key"
_LONGEST: Final = 200  # characters of a key
_MOST: Final = 256_000  # bytes of an answer that is kept
_MEMORY: Final = 8 << 20  # bytes of a body that are held in memory
_BLOCK: Final = 1 << 20
_ID, _SPOOL = "shortlist.idempotency", "shortlist.spool"
# They change no record, and tell of many people: done again they answer anew.
_ANEW: Final = ("search_runs.create_search_run", "search_runs.ask_why", "imports.preview_import")
_SECRET: Final = ("api_keys.create_api_key",)  # answers that are shown once and kept nowhere


def answered_before(request: Request) -> Response | None:
    """Return the first answer to this very request; None where it is to be answered now.

    Raises `WrongCall`, `KeyReused`, `InProgress`, `Taken`.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or request.endpoint in _ANEW:
        return None
    if not 0 < len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
        raise WrongCall(f"{HEADER}: 1 to {_LONGEST} printable ASCII characters")
    from shared.access.idempotency import answer_id, begin_answer

    id_ = answer_id(ports(), caller(request).uid, key)
    known = begin_answer(ports(), id_, _fingerprint(request))
    if known is None:
        request.environ[_ID] = id_
        return None
    response = Response(known.body, known.status, mimetype=known.media)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def keep_answer(request: Request, response: Response) -> None:
    """Keep what a request with a key was answered; what broke or may go better another time is not."""
    if spool := request.environ.pop(_SPOOL, None):
        spool.close()
    id_ = request.environ.pop(_ID, None)
    if id_ is None:
        return
    from shared.access.idempotency import drop_answer, end_answer

    if response.status_code >= 500 or "Retry-After" in response.headers:
        return drop_answer(ports(), id_)
    small = not response.is_streamed and (response.content_length or 0) <= _MOST
    body = response.get_data(as_text=True) if small and request.endpoint not in _SECRET else None
    end_answer(ports(), id_, response.status_code, body, response.mimetype or "", _whom(response))


def _whom(response: Response) -> str | None:
    said: Any = response.get_json(silent=True) if response.is_json else None
    if not isinstance(said, dict):
        return None
    found = said.get("candidate_id") or (said.get("candidate") or {}).get("id")
    return str(found) if found else None


def _fingerprint(request: Request) -> str:
    """Hash what is asked. Of a form the fields and files: the line between its parts is another every time."""
    found = hashlib.blake2b(f"{request.full_path}\x1f{request.mimetype}".encode("utf-8", "replace"), digest_size=16)
    if request.mimetype != "multipart/form-data":
        spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 closed with the answer
        while block := request.stream.read(_BLOCK):
            found.update(block)
            spool.write(block)
        spool.seek(0)
        request.environ[_SPOOL] = request.__dict__["stream"] = spool  # who reads the body reads it from here
        return found.hexdigest()
    for name, value in sorted(request.form.items(multi=True)):
        found.update(f"\x1f{name}\x1e{value}".encode("utf-8", "replace"))
    for name, file in request.files.items(multi=True):
        found.update(f"\x1f{name}\x1e{file.filename}\x1e".encode("utf-8", "replace"))
        while block := file.stream.read(_BLOCK):
            found.update(block)
        file.stream.seek(0)
    return found.hexdigest()
