"""Every error a door can answer with: one class is one sentence, one HTTP status, and "again" or "never".

ShortlistError
├── WrongCall        400  never   the request itself is wrong: unknown option, weights that do not sum to 1
│   └── UnreadableFile 400 never  a file that cannot be read as what it should be
├── NotSignedIn      401  never   no token, or one that is not valid here
├── NotAllowed       403  never   the token is good; this is not for whom it belongs to
├── NotFound         404  never   nothing has this id
├── TooLarge         413  never   over a configured limit
├── Busy             503  again   someone else holds the lease; not an attempt
├── Retryable        503  again   the outside world failed: 5xx, network, quota
│   └── OutOfQuota   429  again   asked to slow down
├── Permanent        500  never   this record cannot be done; the reason is written on it
├── NoSpace          507  again   the disk is full
└── Misconfigured    500  never   a setting is missing or wrong; the message names the variable
"""

from __future__ import annotations

import traceback


class ShortlistError(Exception):
    """An error whose message is written for the person reading it. It never carries personal data."""

    status = 500
    again = False


def where(error: BaseException) -> str:
    """Return an error's kind and the lines it went through, for the log: never its message, which may quote a CV."""
    lines = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(lines[-6:]) or 'an unknown line'}"


class WrongCall(ShortlistError):
    """The request itself is wrong; the message says what and which."""

    status = 400


class UnreadableFile(WrongCall):
    """The file cannot be read as what it should be; the message says why and, where known, which line."""


class NotSignedIn(ShortlistError):
    """No token was sent, or it is not valid here; the message says which."""

    status = 401


class NotAllowed(ShortlistError):
    """We know who asks, and this is not for them."""

    status = 403


class NotFound(ShortlistError):
    """Nothing has this id."""

    status = 404


class TooLarge(ShortlistError):
    """Over a configured limit; the message names the limit and its setting."""

    status = 413


class Busy(ShortlistError):
    """Someone else holds the lease on the record. Come back later; this does not count as an attempt."""

    status = 503
    again = True


class Retryable(ShortlistError):
    """The outside world failed and may recover: 5xx, network, timeouts."""

    status = 503
    again = True


class OutOfQuota(Retryable):
    """The service asked to slow down. `wait` is what it asked for, in seconds, or None."""

    status = 429

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Permanent(ShortlistError):
    """This record cannot be done, however often it is tried; the reason is written on the record."""


class NoSpace(ShortlistError):
    """The disk is full. What was committed stays; the same command goes on from there once there is room."""

    status = 507
    again = True


class Misconfigured(ShortlistError):
    """A setting is missing or wrong; the message names the variable."""
