"""What Google's errors mean to us: slow down, come again, a wrong setting, or never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from shared.errors import Misconfigured, OutOfQuota, Permanent, Retryable, ShortlistError

Kind = Literal["quota", "daily", "again", "setting", "never"]
_TRANSIENT: Final = (408, 499, 500, 502, 503, 504)
_SECONDS: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)s")
_KEY: Final = "GEMINI_API_KEY (or, without a key, the service account's role on Vertex AI)"


@dataclass(frozen=True)
class Fault:
    """One failed call. `message` names statuses and settings only: Google's own words may repeat what was sent."""

    kind: Kind
    message: str
    wait: float | None = None  # seconds Google asked for

    def as_error(self) -> ShortlistError:
        """Return our error for it."""
        if self.kind in ("quota", "daily"):
            return OutOfQuota(self.message, self.wait)
        return {"again": Retryable, "setting": Misconfigured}.get(self.kind, Permanent)(self.message)


def read_fault(error: Exception, variable: str) -> Fault | None:
    """Return what an error of the client library means; None for one that is ours.

    `variable` names the setting that chose the model.
    """
    from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
    from google.genai.errors import APIError, UnknownApiResponseError

    if isinstance(error, APIError):
        return _answered(error.code, error.status or "", _details(error.details), variable)
    if isinstance(error, DefaultCredentialsError):
        return Fault("setting", "no credentials for Gemini: set GEMINI_API_KEY, or run as a service account")
    if isinstance(error, GoogleAuthError | UnknownApiResponseError | OSError | _network_errors()):
        return Fault("again", f"Gemini could not be reached ({type(error).__name__})")
    return None


def _network_errors() -> type[Exception]:
    import httpx2

    error: type[Exception] = httpx2.TransportError
    return error


def _answered(code: int, status: str, details: list[dict[str, Any]], variable: str) -> Fault:
    said = f"Gemini answered {code} {status}".rstrip()
    if code == 429:
        wait = _asked_wait(details)
        if any("perday" in quota.lower() for quota in _quotas(details)):
            return Fault("daily", "the daily quota of Gemini is used up", wait)
        return Fault("quota", f"{said}: over the quota", wait)
    if code in _TRANSIENT:
        return Fault("again", said, _asked_wait(details))
    if code in (401, 403) or (code == 400 and any("API_KEY" in str(each.get("reason")) for each in details)):
        return Fault("setting", f"{said}: check {_KEY}")
    if code == 404:
        return Fault("setting", f"{said}: check {variable} and SHORTLIST_GEMINI_LOCATION, no such model there")
    if status == "FAILED_PRECONDITION":
        return Fault("setting", f"{said}: billing or region of the project behind GEMINI_API_KEY")
    return Fault("never", said)


def _details(body: Any) -> list[dict[str, Any]]:
    """Return the typed details of an error body, however it is wrapped."""
    inner = body.get("error", body) if isinstance(body, dict) else {}
    details = inner.get("details") if isinstance(inner, dict) else None
    return [each for each in details or [] if isinstance(each, dict)]


def _asked_wait(details: list[dict[str, Any]]) -> float | None:
    for each in details:
        found = _SECONDS.fullmatch(str(each.get("retryDelay", "")))
        if str(each.get("@type", "")).endswith("google.rpc.RetryInfo") and found:
            return float(found[1])
    return None


def _quotas(details: list[dict[str, Any]]) -> Iterator[str]:
    for each in details:
        for violation in each.get("violations") or []:
            yield str(violation.get("quotaId", ""))
