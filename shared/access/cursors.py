"""Where somebody continues, as text an address can carry: of a list, or of a stream of events.

A cursor holds what the list is sorted by, which may be a name: it is encrypted with the home's secret,
the same values always alike, so that a cursor of nothing new is the one it follows.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

import orjson

from shared.errors import InvalidRequest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_PURPOSE: Final = b"shortlist: cursors"


def write_cursor(secret: bytes, value: Any) -> str:
    """Return JSON values as a cursor. `secret`: the home's."""
    sealed = _cipher(secret).encrypt(orjson.dumps(value), [_PURPOSE])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def read_cursor(secret: bytes, cursor: str, instead: str) -> Any:
    """Return what a cursor holds. Raises `InvalidRequest`, saying `instead`, for one written elsewhere."""
    from cryptography.exceptions import InvalidTag  # 40 ms that an answer without a cursor need not wait for

    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return orjson.loads(_cipher(secret).decrypt(sealed, [_PURPOSE]))
    except (ValueError, InvalidTag) as error:
        raise InvalidRequest(instead) from error


def _cipher(secret: bytes) -> AESSIV:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # as above: only where a list has a next page

    return AESSIV(hmac.new(secret, _PURPOSE, hashlib.sha512).digest())
