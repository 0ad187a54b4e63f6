"""Who comes to the API on Google Cloud: people with Firebase ID tokens, programs with tokens of service accounts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.adapters.google_auth.certs import SKEW, SignedTokens, unproven_claims
from shared.adapters.google_auth.service_accounts import CERTS_URL, ISSUERS, account_of
from shared.errors import NotSignedIn
from shared.ports import SignedIn

# Both rules and this address: https://firebase.google.com/docs/auth/admin/verify-id-tokens
FIREBASE_CERTS_URL: Final = "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"
_ISSUER: Final = "https://securetoken.google.com/"
_LONGEST_UID: Final = 128


class FirebaseIdentity:
    """The `SignIn` port. `audience`: the address service accounts make tokens for; without one none is let in.

    `certs_url`: where both kinds of certificates are, when not at Google. `clock`: monotonic seconds.
    """

    def __init__(
        self, project: str, audience: str = "", certs_url: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._project, self._audience = project, audience
        self._people = SignedTokens(certs_url or FIREBASE_CERTS_URL, clock)
        self._programs = SignedTokens(certs_url or CERTS_URL, clock)

    def signed_in(self, token: str) -> SignedIn:
        """See the port. The issuer a token names only chooses whose keys it is checked with."""
        if unproven_claims(token).get("iss") in ISSUERS:
            return SignedIn(account_of(self._programs.claims(token), self._audience), service=True)
        return SignedIn(self._uid(self._people.claims(token)))

    def _uid(self, claims: Mapping[str, Any]) -> str:
        if claims.get("iss") != f"{_ISSUER}{self._project}":
            raise NotSignedIn("the token was not issued for this project")
        if claims.get("aud") != self._project:
            raise NotSignedIn("the token is for another project")
        uid, signed_in = claims.get("sub"), claims.get("auth_time")
        if not isinstance(uid, str) or not 0 < len(uid) <= _LONGEST_UID:
            raise NotSignedIn("the token names nobody")
        if not isinstance(signed_in, int | float) or signed_in > time.time() + SKEW:
            raise NotSignedIn("the token does not say when its owner signed in, or says a time to come")
        return uid
