"""Tokens signed with keys that Google publishes: the certificates, as long as they are good, and what a token says."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from shared.errors import NotSignedIn, Retryable

SKEW: Final = 10  # seconds two clocks may differ
MALFORMED: Final = "the token is not valid: malformed"
_KEPT: Final = 300  # seconds certificates are kept when the answer does not say
_AT_MOST_EVERY: Final = 30.0  # seconds between two fetches because of a key nobody knows
_TIMEOUT: Final = 10  # seconds


class SignedTokens:
    """Checks signatures and times. `url`: where the certificates (key id -> PEM) are; `clock`: monotonic seconds."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._fetching = threading.Lock()
        self._certs: Mapping[str, str] = {}
        self._fetched, self._until = 0.0, 0.0

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return what a token says. Raises `NotSignedIn`, without a word of what is in the token, and `Retryable`."""
        from google.auth import jwt
        from google.auth.exceptions import GoogleAuthError

        try:
            header = jwt.decode_header(token)  # type: ignore[no-untyped-call]
            if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
                raise NotSignedIn("the token is not signed as Google signs (RS256, with a key id)")
            certs = self._certs_with(header["kid"])
            claims: Mapping[str, Any] = jwt.decode(token, certs=certs, clock_skew_in_seconds=SKEW)  # type: ignore[no-untyped-call]
        except (GoogleAuthError, ValueError, TypeError, AttributeError) as error:  # what is no token is any of these
            raise NotSignedIn("the token is not valid: malformed, expired, or not signed by Google") from error
        return claims

    def _certs_with(self, key_id: str) -> Mapping[str, str]:
        with self._fetching:
            now = self._clock()
            unknown = key_id not in self._certs and now >= self._fetched + _AT_MOST_EVERY
            if now >= self._until or unknown:
                self._certs, seconds = self._fetch()
                self._fetched, self._until = now, now + seconds
            return self._certs

    def _fetch(self) -> tuple[Mapping[str, str], float]:
        from google.auth.exceptions import TransportError

        try:
            answer = self._ask(self._url, timeout=_TIMEOUT)
        except TransportError as error:
            raise Retryable("the public keys that sign tokens cannot be fetched") from error
        if answer.status != 200:
            raise Retryable(f"the public keys that sign tokens cannot be fetched (status {answer.status})")
        found = re.search(r"max-age=(\d+)", answer.headers.get("Cache-Control", ""))
        return _read(answer.data), float(found[1]) if found else _KEPT

    @cached_property
    def _ask(self) -> Any:
        from google.auth.transport.requests import Request

        return Request()


def unproven_claims(token: str) -> Mapping[str, Any]:
    """Return what a token says, whoever wrote it. Raises `NotSignedIn` for what is no token."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, IndexError) as error:
        raise NotSignedIn(MALFORMED) from error
    if not isinstance(claims, dict):
        raise NotSignedIn(MALFORMED)
    return claims


def _read(data: bytes) -> Mapping[str, str]:
    try:
        certs = json.loads(data)
    except ValueError as error:
        raise Retryable("the public keys that sign tokens are not JSON") from error
    if not isinstance(certs, dict) or not all(isinstance(cert, str) for cert in certs.values()):
        raise Retryable("the public keys that sign tokens are not certificates by key id")
    return certs
