"""Who signed a request: tokens of Google service accounts, checked against Google's public keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.adapters.google_auth.certs import MALFORMED, SKEW, SignedTokens, unproven_claims
from shared.errors import NotSignedIn

CERTS_URL: Final = "https://www.googleapis.com/oauth2/v1/certs"  # key id -> certificate (PEM)
# What Cloud Run puts in the place of a signature it has checked, in requests to services that are not public:
# https://docs.cloud.google.com/run/docs/troubleshooting#signature-removed
_REMOVED: Final = ".SIGNATURE_REMOVED_BY_GOOGLE"
ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")


class GoogleIdentity:
    """The `Identity` port. Certificates are fetched with the first token and kept as long as their answer says.

    `certs_url`: where the certificates are, when not at Google. `clock`: monotonic seconds. `signatures_checked`:
    this process is only reached through Cloud Run's IAM, which checks a token and takes its signature away; everywhere
    else anybody could write such a token.
    """

    def __init__(
        self, certs_url: str = "", clock: Callable[[], float] = time.monotonic, signatures_checked: bool = False
    ) -> None:
        self._tokens, self._checked = SignedTokens(certs_url or CERTS_URL, clock), signatures_checked

    def service_account(self, token: str, audience: str) -> str:
        """See the port. No message says anything of what is in the token."""
        removed = self._checked and token.endswith(_REMOVED)
        return account_of(_unsigned_claims(token) if removed else self._tokens.claims(token), audience)


def account_of(claims: Mapping[str, Any], audience: str) -> str:
    """Return whose token this is, among service accounts. Raises `NotSignedIn`."""
    if claims.get("iss") not in ISSUERS:
        raise NotSignedIn("the token was not issued by Google")
    if not audience or claims.get("aud") != audience:
        raise NotSignedIn("the token is for another address (its audience is not this function's URL)")
    email = claims.get("email")
    if not isinstance(email, str) or not email or claims.get("email_verified") is not True:
        raise NotSignedIn("the token names no verified account")
    return email


def _unsigned_claims(token: str) -> Mapping[str, Any]:
    """What a token says whose signature was checked before us; its time is looked at again."""
    claims = unproven_claims(token)
    try:
        expired = float(claims["exp"]) + SKEW < time.time()
    except (ValueError, TypeError, KeyError) as error:
        raise NotSignedIn(MALFORMED) from error
    if expired:
        raise NotSignedIn("the token is not valid: expired")
    return claims
