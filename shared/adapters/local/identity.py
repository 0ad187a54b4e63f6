"""Development tokens of one machine: they say themselves what their owner may, signed with the home's own key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import Final

import jwt
from pydantic import ValidationError

from shared.errors import NotSignedIn
from shared.models.caller import Caller
from shared.ports import SignedIn

_ALGORITHM: Final = "HS256"  # pinned: a token does not choose how it is checked
_NAME: Final = "shortlist-local"
_SKEW: Final = 10  # seconds two clocks may differ
_CLAIMS: Final = ("iss", "aud", "sub", "iat", "exp", "role", "pools")  # tokens of before had no `jti`


class LocalIdentity:
    """The `SignIn` port, and what makes its tokens. `secret`: the home's; its keys of other uses cannot sign."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, b"shortlist: development tokens", hashlib.sha256).digest()

    def sign(self, caller: Caller, seconds: int) -> str:
        """Return a token that is good for so long."""
        now = round(time.time(), 3)
        said = {"iss": _NAME, "aud": _NAME, "sub": caller.uid, "iat": now, "exp": int(now) + seconds}
        said["jti"] = secrets.token_hex(6)
        said |= {"role": caller.role, "pools": list(caller.pools), "candidate_id": caller.candidate_id}
        return jwt.encode(said, self._key, _ALGORITHM)

    def signed_in(self, token: str) -> SignedIn:
        """See the port."""
        try:
            said = jwt.decode(
                token, self._key, [_ALGORITHM], {"require": list(_CLAIMS)}, audience=_NAME, issuer=_NAME, leeway=_SKEW
            )
            caller = Caller.model_validate({**said, "uid": said["sub"]})
        except jwt.ExpiredSignatureError as error:
            raise NotSignedIn("the token has expired; `shortlist token` makes another") from error
        except (jwt.PyJWTError, ValidationError) as error:
            raise NotSignedIn("the token is not valid: malformed, or not signed with this home's key") from error
        return SignedIn(caller.uid, caller=caller, token_id=said.get("jti", ""), issued_at=float(said["iat"]))
