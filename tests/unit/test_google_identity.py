"""Whose token it is, and every way it can be no token of ours."""

from __future__ import annotations

import base64
import json

import pytest
from fake_google_signing import FakeGoogleSigning, in_seconds

from shared.adapters.google_auth.service_accounts import GoogleIdentity
from shared.errors import NotSignedIn, Retryable

URL = "https://europe-west1-demo.cloudfunctions.net/classify"
EMAIL = "tasks@demo.iam.gserviceaccount.com"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def identity(signing: FakeGoogleSigning, clock: Clock) -> GoogleIdentity:
    return GoogleIdentity(signing.certs_url, clock)


def unsigned(header: dict[str, str], claims: dict[str, object], signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_a_good_token_says_which_service_account_signed(
    identity: GoogleIdentity, signing: FakeGoogleSigning, issuer: str
) -> None:
    assert identity.service_account(signing.token(URL, EMAIL, iss=issuer), URL) == EMAIL


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -60, "iat": -3660},
        {"iat": 3600, "exp": 7200},
        {"exp": None},
        {"exp": "tomorrow"},
        {"aud": URL.replace("classify", "embed")},
        {"aud": [URL, "https://elsewhere.example"]},
        {"aud": None},
        {"iss": "https://accounts.example.com"},
        {"iss": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": ""},
    ],
)
def test_a_token_that_says_anything_else_is_refused(
    identity: GoogleIdentity, signing: FakeGoogleSigning, claims: dict[str, object]
) -> None:
    token = signing.token(URL, EMAIL, **in_seconds(claims))
    with pytest.raises(NotSignedIn) as refused:
        identity.service_account(token, URL)
    assert EMAIL not in str(refused.value) and token.split(".")[1] not in str(refused.value)


def test_no_audience_is_no_wildcard(identity: GoogleIdentity, signing: FakeGoogleSigning) -> None:
    with pytest.raises(NotSignedIn):
        identity.service_account(signing.token("", EMAIL), "")


def test_a_token_signed_by_another_key_is_refused(identity: GoogleIdentity) -> None:
    for key_id in ("fake", "other"):
        with pytest.raises(NotSignedIn):
            identity.service_account(FakeGoogleSigning(key_id).token(URL, EMAIL), URL)


def test_a_changed_token_is_refused(identity: GoogleIdentity, signing: FakeGoogleSigning) -> None:
    header, _, signature = signing.token(URL, EMAIL).split(".")
    claims = signing.token(URL, "root@demo.iam.gserviceaccount.com").split(".")[1]
    with pytest.raises(NotSignedIn):
        identity.service_account(f"{header}.{claims}.{signature}", URL)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES256", "RS512", ""])
def test_only_googles_way_of_signing_counts(
    identity: GoogleIdentity, signing: FakeGoogleSigning, algorithm: str
) -> None:
    said = json.loads(base64.urlsafe_b64decode(signing.token(URL, EMAIL).split(".")[1] + "=="))
    with pytest.raises(NotSignedIn):
        identity.service_account(unsigned({"alg": algorithm, "typ": "JWT", "kid": "fake"}, said), URL)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "ü.ü.ü", "W10.W10.W10", "e30.e30.e30", "bnVsbA.bnVsbA."])
def test_what_is_no_token_is_refused(identity: GoogleIdentity, token: str) -> None:
    with pytest.raises(NotSignedIn):
        identity.service_account(token, URL)


def test_certificates_are_kept_as_long_as_they_may_be(
    identity: GoogleIdentity, signing: FakeGoogleSigning, clock: Clock
) -> None:
    before = signing.fetches
    for _ in range(3):
        identity.service_account(signing.token(URL, EMAIL), URL)
    assert signing.fetches == before + 1
    clock.now += signing.max_age + 1
    identity.service_account(signing.token(URL, EMAIL), URL)
    assert signing.fetches == before + 2


def test_a_new_key_is_fetched_at_once_but_tokens_of_unknown_keys_do_not_flood(clock: Clock) -> None:
    stranger = FakeGoogleSigning("stranger")
    with FakeGoogleSigning() as signing:
        identity = GoogleIdentity(signing.certs_url, clock)
        identity.service_account(signing.token(URL, EMAIL), URL)
        clock.now += 60
        for _ in range(5):
            with pytest.raises(NotSignedIn):
                identity.service_account(stranger.token(URL, EMAIL), URL)
        assert signing.fetches == 2
        clock.now += 60
        signing.key_id, signing.certificate = stranger.key_id, stranger.certificate
        assert identity.service_account(stranger.token(URL, EMAIL), URL) == EMAIL


def test_when_the_certificates_cannot_be_had_the_request_comes_again() -> None:
    with FakeGoogleSigning() as signing:
        identity, token = GoogleIdentity(signing.certs_url), signing.token(URL, EMAIL)
    with pytest.raises(Retryable):
        identity.service_account(token, URL)


def test_certificates_that_are_none_are_no_reason_to_refuse_for_good() -> None:
    with FakeGoogleSigning() as signing:
        signing.certificate = None  # type: ignore[assignment]
        with pytest.raises(Retryable):
            GoogleIdentity(signing.certs_url).service_account(signing.token(URL, EMAIL), URL)


def without_signature(token: str) -> str:
    """As Cloud Run hands a token on to a service that is not public."""
    return token.rpartition(".")[0] + ".SIGNATURE_REMOVED_BY_GOOGLE"


def test_a_token_cloud_run_has_checked_needs_no_signature_any_more(signing: FakeGoogleSigning) -> None:
    behind_iam = GoogleIdentity(signing.certs_url, signatures_checked=True)
    assert behind_iam.service_account(without_signature(signing.token(URL, EMAIL)), URL) == EMAIL
    assert behind_iam.service_account(signing.token(URL, EMAIL), URL) == EMAIL


def test_where_nobody_has_checked_a_token_without_signature_is_refused(
    identity: GoogleIdentity, signing: FakeGoogleSigning
) -> None:
    with pytest.raises(NotSignedIn):
        identity.service_account(without_signature(signing.token(URL, EMAIL)), URL)


@pytest.mark.parametrize(
    "claims", [{"exp": -60}, {"aud": "https://else.where"}, {"iss": "https://evil"}, {"email": None}]
)
def test_a_checked_token_must_still_be_in_time_for_this_function_and_from_google(
    signing: FakeGoogleSigning, claims: dict[str, object]
) -> None:
    behind_iam = GoogleIdentity(signing.certs_url, signatures_checked=True)
    with pytest.raises(NotSignedIn):
        behind_iam.service_account(without_signature(signing.token(URL, EMAIL, **in_seconds(claims))), URL)


@pytest.mark.parametrize("start", ["", "a.b", "x.bnVsbA"])
def test_what_only_looks_like_a_checked_token_is_refused(start: str) -> None:
    with pytest.raises(NotSignedIn):
        GoogleIdentity(signatures_checked=True).service_account(f"{start}.SIGNATURE_REMOVED_BY_GOOGLE", URL)
