"""Failures of the local disk, said in our words: the one place where an OSError becomes one of our errors."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from shared.errors import InvalidRequest, Misconfigured, NotFound, Retryable, ShortlistError, StorageFull

_ERRORS: Final[dict[int, tuple[type[ShortlistError], str]]] = {
    errno.ENOSPC: (StorageFull, "the disk is full"),
    errno.EDQUOT: (StorageFull, "the disk quota is used up"),
    errno.ENOENT: (NotFound, "does not exist"),
    errno.ENAMETOOLONG: (InvalidRequest, "has a name that is too long"),
    errno.EISDIR: (NotFound, "is a folder"),
    errno.EACCES: (Misconfigured, "may not be opened by this user"),
    errno.EPERM: (Misconfigured, "may not be opened by this user"),
    errno.EROFS: (Misconfigured, "lies on a read-only disk"),
    errno.EEXIST: (Misconfigured, "needs a folder where a file is"),
    errno.ENOTDIR: (Misconfigured, "lies below something that is not a folder"),
}


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Raise an OSError inside the block as one of ours; `what` begins the message (`imports/7/people.csv`)."""
    try:
        yield
    except OSError as error:
        kind, reason = _ERRORS.get(error.errno or 0, (Retryable, error.strerror or "cannot be reached"))
        raise kind(f"{what}: {reason}") from error
