"""`Idempotency-Key` on a POST: the same request sent again is done once and answered as it was the first time."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO, Any, Final

import orjson
from flask import Request, Response

from functions.request import caller, ports, reads, sight
from shared.access import allow
from shared.access.idempotency import answer_id, begin_answer, drop_answer, end_answer
from shared.errors import InvalidRequest
from shared.models.answered import Answered
from shared.models.collections import CANDIDATES, DOCUMENTS, JOBS, Collection
from shared.privacy.blind import ANY, TEXT, Shape, hidden_words, project
from shared.views.candidates import RECORD
from shared.views.cv_documents import BULK_ITEM, DOCUMENT, FACTS

HEADER: Final = "Idempotency-Key"
_LONGEST: Final = 200  # characters of a key
_MOST: Final = 256_000  # bytes of an answer that is kept
_MEMORY: Final = 8 << 20  # bytes of a body that are held in memory
_BLOCK: Final = 1 << 20
_ID, _SPOOL = "shortlist.idempotency", "shortlist.spool"
# They change no record and show many people: sent again, they are answered from the records as they are then.
_NOT_KEPT: Final = ("search_runs.create_search_run", "search_runs.ask_why", "imports.preview_import")
# Names of ids, in the address or in the answer, of records the caller must still see to be given the answer again.
_CHECKED: Final[dict[str, Collection[Any]]] = {"candidate_id": CANDIDATES, "job_id": JOBS, "document_id": DOCUMENTS}
_JSON: Final = "application/json"
# Of a kept answer a blind reader sees these parts as they see them anywhere, and everything else as text.
_SEEN_BLIND: Final[Shape] = {"candidate": RECORD, "document": DOCUMENT, "read": FACTS, "items": BULK_ITEM, ANY: TEXT}
_SECRET: Final = ("api_keys.create_api_key",)  # answers that are shown once and kept nowhere


def kept_answer(request: Request) -> Response | None:
    """Return the first answer to this very request; None where it is to be answered now.

    Raises `InvalidRequest`, `IdempotencyKeyReused`, `InProgress`, `Conflict`.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or request.endpoint in _NOT_KEPT:
        return None
    if not 0 < len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
        raise InvalidRequest(f"{HEADER}: 1 to {_LONGEST} printable ASCII characters")
    id_ = answer_id(ports(), caller().uid, key)
    answer = begin_answer(ports(), id_, _fingerprint(request))
    if answer is None:
        request.environ[_ID] = id_
        return None
    _check_still_allowed(request, answer)
    response = Response(_as_seen_now(request, answer), answer.status, mimetype=answer.media)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _as_seen_now(request: Request, answer: Answered) -> str | bytes | None:
    """Return the body of a kept answer as the caller sees people now: a pool may have become blind since."""
    candidate_id = answer.candidate_id or ""
    words = sight().words_of([candidate_id]).get(candidate_id)
    if words is None and sight().blind(request.args.get("pool") or "default"):
        words = hidden_words({})
    if words is None or not answer.body or answer.media != _JSON:
        return answer.body
    return orjson.dumps(project(orjson.loads(answer.body), _SEEN_BLIND, words))


def _check_still_allowed(request: Request, answer: Answered) -> None:
    """Ask again whether the caller may see what a kept answer tells of. Raises `NotFound`, `NotAllowed`."""
    pool = request.args.get("pool")
    if pool is not None:
        allow(caller(), "read", pool)
    if answer.candidate_id is not None:
        reads().one(CANDIDATES, answer.candidate_id, fields=())
    body = orjson.loads(answer.body) if answer.body and answer.media == _JSON else {}
    for name, collection in _CHECKED.items():
        id_ = (request.view_args or {}).get(name) or (isinstance(body, dict) and body.get(name))
        if isinstance(id_, str):
            reads().one(collection, id_, fields=())


def keep_answer(request: Request, response: Response) -> None:
    """Keep how a request with a key was answered; what broke or may succeed later is not kept."""
    if spool := request.environ.pop(_SPOOL, None):
        spool.close()
    id_ = request.environ.pop(_ID, None)
    if id_ is None:
        return
    if response.status_code >= 500 or "Retry-After" in response.headers:
        drop_answer(ports(), id_)
        return
    body = _body_to_keep(request, response)
    end_answer(ports(), id_, response.status_code, body, response.mimetype or "", _candidate_of(response))


def _body_to_keep(request: Request, response: Response) -> str | None:
    if response.is_streamed or request.endpoint in _SECRET:
        return None
    if (response.content_length or 0) > _MOST:
        return None
    return response.get_data(as_text=True)


def _candidate_of(response: Response) -> str | None:
    """Return the candidate an answer is about: erasing them erases the kept answer."""
    answer: Any = response.get_json(silent=True) if response.is_json else None
    if not isinstance(answer, dict):
        return None
    id_ = answer.get("candidate_id") or (answer.get("candidate") or {}).get("id")
    return str(id_) if id_ else None


def _fingerprint(request: Request) -> str:
    """Hash the request. Of a form the fields and files: the line between its parts is another every time."""
    digest = hashlib.blake2b(f"{request.full_path}\x1f{request.mimetype}".encode("utf-8", "replace"), digest_size=16)
    if request.mimetype == "multipart/form-data":
        _digest_form(request, digest)
    else:
        request.environ[_SPOOL] = request.__dict__["stream"] = _digest_body(request, digest)
    return digest.hexdigest()


def _digest_form(request: Request, digest: hashlib.blake2b) -> None:
    fields = list(request.form.items(multi=True))
    if any(name is None for name, _ in (*fields, *request.files.items(multi=True))):
        raise InvalidRequest("every part of a form needs a name")
    for name, value in sorted(fields):
        digest.update(f"\x1f{name}\x1e{value}".encode("utf-8", "replace"))
    for name, file in request.files.items(multi=True):
        digest.update(f"\x1f{name}\x1e{file.filename}\x1e".encode("utf-8", "replace"))
        while block := file.stream.read(_BLOCK):
            digest.update(block)
        file.stream.seek(0)


def _digest_body(request: Request, digest: hashlib.blake2b) -> IO[bytes]:
    """Return the body again: the endpoint reads it from here."""
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 closed with the answer
    while block := request.stream.read(_BLOCK):
        digest.update(block)
        spool.write(block)
    spool.seek(0)
    return spool
