"""What Google says when something is wrong with Firestore, in our words: the one place its errors are translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from google.api_core import exceptions as google
from google.auth import exceptions as auth

from shared.errors import Misconfigured, OutOfQuota, Permanent, Retryable, ShortlistError

# https://cloud.google.com/firestore/native/docs/understand-error-codes; a subclass stands for itself, see `translated`
ERRORS: Final[dict[type[Exception], tuple[type[ShortlistError], str]]] = {
    google.ResourceExhausted: (OutOfQuota, "asks to slow down, or its daily quota is used up"),
    google.ServiceUnavailable: (Retryable, "cannot be reached now"),
    google.DeadlineExceeded: (Retryable, "did not answer in time"),
    google.RetryError: (Retryable, "did not answer in time, however often it was asked"),
    google.Aborted: (Retryable, "gave up because others write the same documents"),
    google.Cancelled: (Retryable, "broke the call off"),
    google.InternalServerError: (Retryable, "had an internal error"),
    google.Unknown: (Retryable, "had an unknown error"),
    google.DataLoss: (Retryable, "lost data on the way"),
    google.PermissionDenied: (Misconfigured, "refuses this account"),
    google.Unauthenticated: (Misconfigured, "does not know this account"),
    google.NotFound: (Misconfigured, "has no such project or database"),
    google.FailedPrecondition: (Misconfigured, "misses an index; deploy infra/firestore.indexes.json, or wait for it"),
    google.MethodNotImplemented: (Misconfigured, "cannot do this in this kind of database; it must be in native mode"),
    google.InvalidArgument: (Permanent, "refuses what was sent: a document too large or too deep, or a wrong id"),
    google.OutOfRange: (Permanent, "refuses a value that is out of range"),
    auth.DefaultCredentialsError: (Misconfigured, "needs credentials: `gcloud auth application-default login`"),
    auth.RefreshError: (Misconfigured, "cannot renew the credentials of this account"),
    auth.TransportError: (Retryable, "cannot be signed in to now: the network failed"),
}


@contextmanager
def firestore_errors(project: str, database: str) -> Iterator[None]:
    """Raise what Google raises inside the block as one of ours. What is not in the table is a bug and stays one."""
    try:
        yield
    except Exception as error:
        ours = translated(error, project, database)
        if ours is None:
            raise
        raise ours from error


def translated(error: Exception, project: str, database: str) -> ShortlistError | None:
    """Return the error in our words, without Google's message, which may quote a document; None when it is no error
    of Google's."""
    found = next((ERRORS[kind] for kind in type(error).__mro__ if kind in ERRORS), None)
    if found is None:
        return None
    kind, reason = found
    place = f"GOOGLE_CLOUD_PROJECT={project} SHORTLIST_DATABASE={database}: " if kind is Misconfigured else ""
    return kind(f"{place}Firestore {reason}")
