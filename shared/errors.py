"""Every error an entry point can answer with: one class is one sentence, one HTTP status, retryable or final.

ShortlistError
├── InvalidRequest           400  final      the request itself is wrong: unknown option, weights that do not sum to 1
│   └── UnreadableFile       400  final      a file that cannot be read as what it should be
│       └── WasErased        410  final      a file of somebody who was erased
├── NotSignedIn              401  final      no token, or one that is not valid here
├── NotAllowed               403  final      the token is good; this is not for whom it belongs to
├── NotFound                 404  final      nothing has this id
├── InProgress               409  retryable  the same request is being answered already
├── Conflict                 409  final      somebody else's record holds what this one would be given
├── Outdated                 412  final      the record is no longer what was read: read it again
├── TooLarge                 413  final      over a configured limit
├── IdempotencyKeyReused     422  final      this idempotency key was sent with another request before
├── VersionNeeded            428  final      a change has to say which version of the record it was made for
├── Busy                     503  retryable  someone else holds the lease; not an attempt
├── Retryable                503  retryable  the outside world failed: 5xx, network, quota
│   └── OutOfQuota           429  retryable  asked to slow down
│       └── TooManyRequests  429  retryable  one caller asks more often than they may
├── Permanent                500  final      this record cannot be done; the reason is written on it
├── StorageFull              507  retryable  the disk is full
└── Misconfigured            500  final      a setting is missing or wrong; the message names the variable
"""

from __future__ import annotations

import traceback


class ShortlistError(Exception):
    """An error whose message is written for the person reading it. It never carries personal data.

    `code` is what programs go by: it stays when the message is worded anew.
    """

    status = 500
    retryable = False
    code = "error"


def safe_traceback(error: BaseException) -> str:
    """Return an error's kind and the lines it went through, for the log: never its message, which may quote a CV."""
    lines = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(lines[-6:]) or 'an unknown line'}"


class InvalidRequest(ShortlistError):
    """The request itself is wrong; the message says what and which."""

    status = 400
    code = "wrong_call"


class UnreadableFile(InvalidRequest):
    """The file cannot be read as what it should be; the message says why and, where known, which line."""

    code = "unreadable_file"


class WasErased(UnreadableFile):
    """The file is of somebody who was erased; it is not kept."""

    status = 410
    code = "erased"


class NotSignedIn(ShortlistError):
    """No token was sent, or it is not valid here; the message says which."""

    status = 401
    code = "not_signed_in"


class NotAllowed(ShortlistError):
    """We know who asks, and this is not for them."""

    status = 403
    code = "not_allowed"


class NotFound(ShortlistError):
    """Nothing has this id."""

    status = 404
    code = "not_found"


class InProgress(ShortlistError):
    """The same request is being answered already; its answer comes to whoever asks again in a moment."""

    status = 409
    retryable = True
    code = "in_progress"


class Conflict(ShortlistError):
    """Another record holds what this one would be given; the message says what."""

    status = 409
    code = "taken"


class Outdated(ShortlistError):
    """The record is no longer what was read. Read it again and decide anew."""

    status = 412
    code = "outdated"


class IdempotencyKeyReused(ShortlistError):
    """The idempotency key was sent with another request before; a new request wants a new key."""

    status = 422
    code = "idempotency_key_reused"


class VersionNeeded(ShortlistError):
    """A change has to say which version of the record it was made for (`If-Match`)."""

    status = 428
    code = "version_needed"


class TooLarge(ShortlistError):
    """Over a configured limit; the message names the limit and its setting."""

    status = 413
    code = "too_large"


class Busy(ShortlistError):
    """Someone else holds the lease on the record. Come back later; this does not count as an attempt."""

    status = 503
    code = "busy"
    retryable = True


class Retryable(ShortlistError):
    """The outside world failed and may recover: 5xx, network, timeouts."""

    status = 503
    code = "unavailable"
    retryable = True


class OutOfQuota(Retryable):
    """The service asked to slow down. `wait` is what it asked for, in seconds, or None."""

    status = 429
    code = "out_of_quota"

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class TooManyRequests(OutOfQuota):
    """One caller asks more often than they may; `wait` is how long until they may again."""

    code = "too_many_requests"


class Permanent(ShortlistError):
    """This record cannot be done, however often it is tried; the reason is written on the record."""

    code = "permanent"


class StorageFull(ShortlistError):
    """The disk is full. What was committed stays; the same command goes on from there once there is room."""

    status = 507
    code = "no_space"
    retryable = True


class Misconfigured(ShortlistError):
    """A setting is missing or wrong; the message names the variable."""

    code = "misconfigured"
