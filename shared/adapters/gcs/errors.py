"""Failures of Cloud Storage, said in our words: the one place where its library's errors become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from shared.errors import (
    InvalidRequest,
    Misconfigured,
    NotFound,
    OutOfQuota,
    Permanent,
    Retryable,
    ShortlistError,
    TooLarge,
)

_Meaning = tuple[type[ShortlistError], str]
_STATUSES: Final[dict[int, _Meaning]] = {
    400: (InvalidRequest, "Cloud Storage does not take this request"),
    401: (Misconfigured, "Cloud Storage does not know who asks (application default credentials)"),
    403: (Misconfigured, "this service account may not do that in the bucket of SHORTLIST_BUCKET"),
    404: (NotFound, "does not exist"),
    408: (Retryable, "Cloud Storage took too long"),
    409: (Retryable, "someone else is changing it"),
    410: (Retryable, "the upload's session is gone"),
    412: (Retryable, "changed meanwhile"),
    413: (TooLarge, "larger than Cloud Storage takes"),
    416: (Retryable, "ended before it should"),
    429: (OutOfQuota, "Cloud Storage asks to slow down"),
    500: (Retryable, "Cloud Storage failed"),
    502: (Retryable, "Cloud Storage failed"),
    503: (Retryable, "Cloud Storage is not available"),
    504: (Retryable, "Cloud Storage took too long"),
}


@contextmanager
def storage_errors(what: str) -> Iterator[None]:
    """Raise what the library raises inside the block as one of ours; `what` begins the message."""
    try:
        yield
    except ShortlistError:
        raise
    except Exception as error:
        meaning = meaning_of(error)
        if meaning is None:  # a mistake of ours, not of the outside world
            raise
        kind, reason = meaning
        raise kind(f"{what}: {reason}") from error


def meaning_of(error: Exception) -> _Meaning | None:
    """Return which of our errors this one of the library is, and why; None when it is none of its."""
    status = _status(error)
    if status is not None:
        kind = Retryable if status >= 500 else Permanent
        return _STATUSES.get(status, (kind, f"Cloud Storage answered {status}"))
    if getattr(error, "retryable", False) is True:  # of google-auth: the metadata server had a bad moment
        return Retryable, "Google's sign-in failed for the moment"
    return next((meaning for kind, meaning in _kinds().items() if isinstance(error, kind)), None)


def _status(error: Exception) -> int | None:
    """The HTTP status an error stands for: of the JSON API in `code`, of uploads and downloads in `response`."""
    status = getattr(error, "code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return int(status) if isinstance(status, int) else None


@cache
def _kinds() -> dict[type[Exception], _Meaning]:
    """Errors that carry no status, the narrower ones first."""
    from google.api_core.exceptions import RetryError
    from google.auth.exceptions import GoogleAuthError, TransportError
    from google.cloud.storage.exceptions import DataCorruption, InvalidResponse

    return {
        RetryError: (Retryable, "Cloud Storage did not answer, however often it was asked"),
        TransportError: (Retryable, "Google's sign-in cannot be reached"),
        GoogleAuthError: (Misconfigured, "there are no usable Google credentials (application default credentials)"),
        DataCorruption: (Retryable, "arrived damaged (its checksum differs)"),
        InvalidResponse: (Retryable, "Cloud Storage broke off"),
        OSError: (Retryable, "the connection or the stream broke off"),  # requests' errors are OSErrors
    }
