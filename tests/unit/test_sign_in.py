"""Whose token it is at the API's door, and every token that is none of ours."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace
from typing import Any

import jwt
import pytest
from fake_google_signing import FakeGoogleSigning, in_seconds

from shared.access.api_keys import PREFIX, issue, list_keys, revoke
from shared.access.members import list_members, put_member, remove_member
from shared.access.signing_in import caller_of
from shared.adapters.google_auth.firebase import FirebaseIdentity
from shared.adapters.local.identity import LocalIdentity
from shared.errors import InvalidRequest, NotAllowed, NotFound, NotSignedIn
from shared.models.caller import Caller
from shared.ports import Ports, SignIn

PROJECT, API = "demo", "https://functions.example/api"
ISSUER = f"https://securetoken.google.com/{PROJECT}"
SERVICE = "exporter@demo.iam.gserviceaccount.com"
ADMIN = Caller(uid="boss")


@pytest.fixture
def firebase(signing: FakeGoogleSigning) -> FirebaseIdentity:
    return FirebaseIdentity(PROJECT, API, signing.certs_url)


def person(signing: FakeGoogleSigning, **claims: Any) -> str:
    """Sign a token as Firebase does for a person; `claims` replace or add, None removes."""
    usual = {"iss": ISSUER, "sub": "rita", "user_id": "rita", "auth_time": int(time.time()) - 60, "azp": None}
    return signing.token(PROJECT, "rita@example.com", **{**usual, **claims})


def unsigned(claims: dict[str, Any], **header: str) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT", **header}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def claims_of(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return said


def test_a_persons_token_says_their_uid_and_the_keys_are_fetched_once(
    firebase: FirebaseIdentity, signing: FakeGoogleSigning
) -> None:
    before = signing.fetches
    assert [firebase.signed_in(person(signing)).uid for _ in range(5)] == ["rita"] * 5
    assert signing.fetches == before + 1


def test_a_service_accounts_token_says_its_address(firebase: FirebaseIdentity, signing: FakeGoogleSigning) -> None:
    signed = firebase.signed_in(signing.token(API, SERVICE))
    assert (signed.uid, signed.service) == (SERVICE, True)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -60, "iat": -3660},
        {"iat": 600, "exp": 4000},
        {"aud": "other"},
        {"aud": API},
        {"aud": [PROJECT]},
        {"iss": "https://securetoken.google.com/other"},
        {"iss": "https://securetoken.google.com/"},
        {"iss": None},
        {"iss": "https://securetoken.google.com/other", "aud": "other"},
        {"sub": ""},
        {"sub": None},
        {"sub": "u" * 129},
        {"sub": 7},
        {"auth_time": 600},
        {"auth_time": None},
        {"exp": None},
    ],
    ids=str,
)
def test_a_persons_token_with_any_wrong_claim_is_refused(
    firebase: FirebaseIdentity, signing: FakeGoogleSigning, claims: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn) as refused:
        firebase.signed_in(person(signing, **in_seconds(claims)))
    assert "rita" not in str(refused.value)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": f"{API}/other"},
        {"aud": PROJECT},
        {"email_verified": False},
        {"email": None},
        {"exp": -60, "iat": -99},
    ],
    ids=str,
)
def test_a_service_accounts_token_with_any_wrong_claim_is_refused(
    firebase: FirebaseIdentity, signing: FakeGoogleSigning, claims: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn):
        firebase.signed_in(signing.token(API, SERVICE, **in_seconds(claims)))


def test_without_an_address_of_its_own_no_service_account_is_let_in(signing: FakeGoogleSigning) -> None:
    with pytest.raises(NotSignedIn):
        FirebaseIdentity(PROJECT, "", signing.certs_url).signed_in(signing.token("", SERVICE))


def test_a_token_somebody_else_signed_or_nobody_or_that_was_changed_is_refused(
    firebase: FirebaseIdentity, signing: FakeGoogleSigning
) -> None:
    good = person(signing)
    head, body, signature = good.split(".")
    boss = base64.urlsafe_b64encode(json.dumps({**claims_of(good), "sub": "boss"}).encode()).rstrip(b"=").decode()
    symmetric = jwt.encode(claims_of(good), signing.certificate.replace("-", "_"), "HS256", {"kid": signing.key_id})
    wrong = [
        person(FakeGoogleSigning("fake")),
        person(FakeGoogleSigning("unknown")),
        unsigned(claims_of(good)),
        unsigned(claims_of(good), kid=signing.key_id),
        f"{head}.{body}.SIGNATURE_REMOVED_BY_GOOGLE",
        f"{head}.{boss}.{signature}",
        f"{head}.{body}.{signature[:-8]}AAAAAAAA",
        f"{head}.{body}.",
        symmetric,
        "",
        "nonsense",
        "a.b.c",
        ".W10.",
    ]
    for token in wrong:
        with pytest.raises(NotSignedIn):
            firebase.signed_in(token)


def local() -> LocalIdentity:
    return LocalIdentity(b"s" * 32)


@pytest.mark.parametrize(
    "caller",
    [
        Caller(uid="rita", role="recruiter", pools=("acme",)),
        Caller(uid="boss", role="admin"),
        Caller(uid="cleo", role="candidate", candidate_id="c1"),
    ],
)
def test_a_development_token_says_what_its_owner_may(caller: Caller) -> None:
    assert local().signed_in(local().sign(caller, 60)).caller == caller


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_development_tokens_of_others_expired_unsigned_or_changed_are_refused() -> None:
    caller = Caller(uid="rita", role="recruiter", pools=("acme",))
    good = local().sign(caller, 60)
    head, _, signature = good.split(".")
    admin = base64.urlsafe_b64encode(json.dumps({**claims_of(good), "role": "admin"}).encode()).rstrip(b"=").decode()
    wrong = [
        LocalIdentity(b"t" * 32).sign(caller, 60),
        local().sign(caller, -60),
        jwt.encode(claims_of(good), b"s" * 32, "HS256"),
        jwt.encode(claims_of(good), local()._key, "HS512"),
        jwt.encode({**claims_of(good), "aud": "other"}, local()._key, "HS256"),
        jwt.encode({**claims_of(good), "iss": "other"}, local()._key, "HS256"),
        jwt.encode({**claims_of(good), "role": "owner"}, local()._key, "HS256"),
        jwt.encode({name: said for name, said in claims_of(good).items() if name != "exp"}, local()._key, "HS256"),
        unsigned(claims_of(good)),
        f"{head}.{admin}.{signature}",
        "",
        "nonsense",
    ]
    for token in wrong:
        with pytest.raises(NotSignedIn):
            local().signed_in(token)


class FakeSignIn:
    """A fake: the token is the uid; `service ` in front of one says that a service account signed."""

    def signed_in(self, token: str) -> Any:
        from shared.ports import SignedIn

        return SignedIn(token.removeprefix("service "), service=token.startswith("service "))


def who(ports: Ports, token: str, sign_in: SignIn | None = None) -> Caller:
    return caller_of(ports, sign_in or FakeSignIn(), f"Bearer {token}", "")


def test_a_member_may_what_their_document_says_from_the_next_request_on(ports: Ports) -> None:
    with pytest.raises(NotAllowed, match="no member"):
        who(ports, "rita")
    put_member(ports, ADMIN, "rita", "recruiter", ["acme", "acme", "beta"])
    assert who(ports, "rita") == Caller(uid="rita", role="recruiter", pools=("acme", "beta"))
    put_member(ports, ADMIN, "rita", "admin")
    assert who(ports, "rita") == Caller(uid="rita", role="admin")
    put_member(ports, ADMIN, "rita", "candidate", candidate_id="c1")
    assert who(ports, "rita") == Caller(uid="rita", role="candidate", candidate_id="c1")
    remove_member(ports, ADMIN, "rita")
    with pytest.raises(NotAllowed, match="no member"):
        who(ports, "rita")


def test_a_person_cannot_come_as_a_service_account_nor_the_other_way(ports: Ports) -> None:
    put_member(ports, ADMIN, SERVICE, "service", ["acme"])
    put_member(ports, ADMIN, "rita", "recruiter", ["acme"])
    assert who(ports, f"service {SERVICE}").role == "service"
    for token in (SERVICE, "service rita"):
        with pytest.raises(NotAllowed):
            who(ports, token)


@pytest.mark.parametrize(
    ("uid", "role", "pools", "candidate_id"),
    [
        ("rita", "recruiter", [], None),
        ("rita", "recruiter", ["a"], "c1"),
        ("rita", "admin", ["a"], None),
        ("rita", "candidate", [], None),
        ("rita", "candidate", ["a"], "c1"),
        ("rita", "service", ["a"], None),
        ("rita", "owner", ["a"], None),
        (SERVICE, "admin", [], None),
        (SERVICE, "service", [], None),
        ("a/b", "admin", [], None),
        ("", "admin", [], None),
        ("u" * 129, "admin", [], None),
    ],
)
def test_a_member_that_fits_no_role_is_refused(
    ports: Ports, uid: str, role: Any, pools: list[str], candidate_id: str | None
) -> None:
    with pytest.raises(InvalidRequest):
        put_member(ports, ADMIN, uid, role, pools, candidate_id)
    assert list_members(ports, ADMIN) == []


def test_members_and_keys_are_the_business_of_admins(ports: Ports) -> None:
    for caller in (Caller(uid="r", role="recruiter", pools=("a",)), Caller(uid="s", role="service", pools=("a",))):
        for act in (
            lambda caller: put_member(ports, caller, "r", "admin"),
            lambda caller: remove_member(ports, caller, "boss"),
            lambda caller: list_members(ports, caller),
            lambda caller: issue(ports, caller, "mine", "admin", []),
            lambda caller: revoke(ports, caller, "0" * 12),
            lambda caller: list_keys(ports, caller),
        ):
            with pytest.raises(NotAllowed):
                act(caller)
    with pytest.raises(InvalidRequest, match="themselves"):
        remove_member(ports, ADMIN, "boss")


def test_a_key_is_let_in_until_revoked_and_is_nowhere_stored(ports: Ports) -> None:
    known, key = issue(ports, ADMIN, " nightly export ", "service", ["acme"])
    assert known.name == "nightly export"
    assert who(ports, key) == caller_of(ports, FakeSignIn(), "", key)
    assert who(ports, key) == Caller(uid=f"key:{known.id}", role="service", pools=("acme",))
    secret = key.rpartition("_")[2]
    assert secret not in json.dumps([row.data for row in ports.store.query("api_keys")])
    revoke(ports, ADMIN, known.id)
    revoke(ports, ADMIN, known.id)
    with pytest.raises(NotSignedIn):
        who(ports, key)
    with pytest.raises(NotFound):
        revoke(ports, ADMIN, "0" * 12)


def test_keys_that_are_none_are_refused_in_the_same_words(ports: Ports) -> None:
    known, key = issue(ports, ADMIN, "one", "service", ["acme"])
    other, _ = issue(ports, ADMIN, "other", "admin", [])
    secret = key.rpartition("_")[2]
    wrong = [f"{PREFIX}{known.id}_{'0' * 64}", f"{PREFIX}{other.id}_{secret}", f"{PREFIX}{'0' * 12}_{secret}",
             key[:-1], f"{key}0", PREFIX, f"{PREFIX}{known.id}_", known.hash, key.upper()]  # fmt: skip
    said = set()
    for each in wrong:
        with pytest.raises(NotSignedIn) as refused:
            caller_of(ports, FakeSignIn(), "Bearer boss", each)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_key_ends_on_its_day(ports: Ports) -> None:
    at = "2026-01-31T12:00:00.000000Z"
    _, key = issue(replace(ports, now=lambda: at), ADMIN, "short", "service", ["acme"], days=2)
    assert who(replace(ports, now=lambda: "2026-02-02T11:59:59.000000Z"), key).role == "service"
    with pytest.raises(NotSignedIn):
        who(replace(ports, now=lambda: "2026-02-02T12:00:00.000000Z"), key)


@pytest.mark.parametrize(
    ("name", "role", "pools", "days"),
    [("", "service", ["a"], None), ("x", "service", [], None), ("x", "admin", ["a"], None),
     ("x", "recruiter", ["a"], None), ("x", "service", ["a"], 0), ("x" * 101, "service", ["a"], 1)],
)  # fmt: skip
def test_a_key_that_could_see_nothing_or_says_nothing_is_not_made(
    ports: Ports, name: str, role: Any, pools: list[str], days: int | None
) -> None:
    with pytest.raises(InvalidRequest):
        issue(ports, ADMIN, name, role, pools, days)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic Ym9zczo=", "boss", "Token boss"])
def test_without_a_bearer_token_nobody_is_anybody(ports: Ports, header: str) -> None:
    with pytest.raises(NotSignedIn):
        caller_of(ports, FakeSignIn(), header, "")
