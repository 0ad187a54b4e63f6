"""Who signed a request: tokens of Google service accounts, checked against Google's public keys."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, cast

from shared.errors import NotSignedIn, Retryable

CERTS_URL: Final = "https://www.googleapis.com/oauth2/v1/certs"  # key id -> certificate (PEM)
# What Cloud Run puts in the place of a signature it has checked, in requests to services that are not public:
# https://docs.cloud.google.com/run/docs/troubleshooting#signature-removed
_REMOVED: Final = ".SIGNATURE_REMOVED_BY_GOOGLE"
_ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")
_SKEW: Final = 10  # seconds two clocks may differ
_KEPT: Final = 300  # seconds certificates are kept when the answer does not say
_AT_MOST_EVERY: Final = 30.0  # seconds between two fetches because of a key nobody knows
_TIMEOUT: Final = 10  # seconds


class GoogleIdentity:
    """The `Identity` port. Certificates are fetched with the first token and kept as long as their answer says.

    `certs_url`: where the certificates are, when not at Google. `clock`: monotonic seconds. `signatures_checked`:
    this process is only reached through Cloud Run's IAM, which checks a token and takes its signature away; everywhere
    else anybody could write such a token.
    """

    def __init__(
        self, certs_url: str = "", clock: Callable[[], float] = time.monotonic, signatures_checked: bool = False
    ) -> None:
        self._url, self._clock, self._checked = certs_url or CERTS_URL, clock, signatures_checked
        self._fetching = threading.Lock()
        self._certs: Mapping[str, str] = {}
        self._fetched, self._until = 0.0, 0.0

    def service_account(self, token: str, audience: str) -> str:
        """See the port. No message says anything of what is in the token."""
        claims = self._claims(token)
        if claims.get("iss") not in _ISSUERS:
            raise NotSignedIn("the token was not issued by Google")
        if not audience or claims.get("aud") != audience:
            raise NotSignedIn("the token is for another address (its audience is not this function's URL)")
        email = claims.get("email")
        if not isinstance(email, str) or not email or claims.get("email_verified") is not True:
            raise NotSignedIn("the token names no verified account")
        return email

    def _claims(self, token: str) -> Mapping[str, Any]:
        """What a token says, once its signature and its times are checked."""
        from google.auth import jwt
        from google.auth.exceptions import GoogleAuthError

        if self._checked and token.endswith(_REMOVED):
            return _unsigned_claims(token)
        try:
            header = jwt.decode_header(token)  # type: ignore[no-untyped-call]
            if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
                raise NotSignedIn("the token is not signed as Google signs (RS256, with a key id)")
            certs = self._certs_with(header["kid"])
            claims: Mapping[str, Any] = jwt.decode(token, certs=certs, clock_skew_in_seconds=_SKEW)  # type: ignore[no-untyped-call]
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


def _unsigned_claims(token: str) -> Mapping[str, Any]:
    """What a token says whose signature was checked before us; its time is looked at again."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        expired = float(claims["exp"]) + _SKEW < time.time()
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise NotSignedIn("the token is not valid: malformed") from error
    if expired:
        raise NotSignedIn("the token is not valid: expired")
    return cast(Mapping[str, Any], claims)


def _read(data: bytes) -> Mapping[str, str]:
    try:
        certs = json.loads(data)
    except ValueError as error:
        raise Retryable("the public keys that sign tokens are not JSON") from error
    if not isinstance(certs, dict) or not all(isinstance(cert, str) for cert in certs.values()):
        raise Retryable("the public keys that sign tokens are not certificates by key id")
    return certs
