"""Firestore's rules as each role: what a frontend may read directly is what the table says, and nobody writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from parts.rules import OK, REFUSED, RULES, Rules, Session

from shared.access import sees
from shared.access.table import READABLE, ROLES
from shared.models.caller import Caller
from shared.models.collections import COLLECTIONS

pytestmark = pytest.mark.integration

MEMBERS: dict[str, dict[str, Any]] = {
    "boss": {"role": "admin"},
    "rita": {"role": "recruiter", "pools": ["acme", "beta"]},
    "otto": {"role": "recruiter", "pools": ["other"]},
    "cleo": {"role": "candidate", "candidate_id": "acme-2"},
    "robo": {"role": "service", "pools": ["acme"]},
    "none": {"role": "recruiter", "pools": []},
}
# id -> pool and readers; the same ids in every collection
DOCUMENTS: dict[str, tuple[str, list[str]]] = {
    "acme-1": ("acme", []),
    "acme-2": ("acme", ["otto"]),
    "beta-1": ("beta", []),
    "other-1": ("other", ["rita"]),
    "other-2": ("other", ["ritas", "rita2"]),
}
Way = Callable[[Session, str, str], int]
# what everyone tries with every collection, besides reading each document
LISTS: dict[str, Way] = {
    "everything": lambda asked, kind, _: asked.list(kind),
    "a pool's": lambda asked, kind, _: asked.query(kind, pool="acme"),
    "one's own": lambda asked, kind, uid: asked.query(kind, readers=[uid]),
    "somebody's": lambda asked, kind, _: asked.query(kind, readers=["somebody"]),
}
WRITES: dict[str, Way] = {
    "create": lambda asked, kind, _: asked.create(f"{kind}/new", pool="acme"),
    "update": lambda asked, kind, uid: asked.update(f"{kind}/acme-2", pool="acme", readers=[uid]),
    "delete": lambda asked, kind, _: asked.delete(f"{kind}/acme-2"),
}


@pytest.fixture(scope="module")
def rules(firestore_host: str) -> Rules:
    made = Rules(firestore_host, "roles")
    made.replace(RULES.read_text())
    server = made.as_server()
    for uid, said in MEMBERS.items():
        member = {"pools": [], "candidate_id": None, **said}
        assert server.create(f"members/{uid}", id=uid, **member) == OK
    for kind in COLLECTIONS:
        for id_, (pool, readers) in DOCUMENTS.items():
            assert server.create(f"{kind}/{id_}", id=id_, pool=pool, readers=readers) == OK
    return made


def caller(uid: str) -> Caller:
    return Caller.model_validate({"uid": uid, **MEMBERS[uid]})


def session(rules: Rules, uid: str) -> Session:
    return rules.as_user(uid)


def may_read(uid: str, kind: str, id_: str) -> bool:
    """What the table says of direct reads; the core decides by the same table."""
    pool, readers = DOCUMENTS[id_]
    direct = kind in READABLE and READABLE[kind].direct
    return direct and sees(caller(uid), kind, id_, pool, readers)


@pytest.mark.parametrize("uid", MEMBERS)
@pytest.mark.parametrize("kind", COLLECTIONS)
def test_each_member_reads_what_the_core_would_show_them(rules: Rules, kind: str, uid: str) -> None:
    answers = {id_: session(rules, uid).get(f"{kind}/{id_}") for id_ in DOCUMENTS}
    assert answers == {id_: OK if may_read(uid, kind, id_) else REFUSED for id_ in DOCUMENTS}


@pytest.mark.parametrize("uid", MEMBERS)
@pytest.mark.parametrize("kind", COLLECTIONS)
def test_each_member_lists_only_by_their_pool_or_as_a_reader(rules: Rules, kind: str, uid: str) -> None:
    direct, who = kind in READABLE and READABLE[kind].direct, caller(uid)
    admin = direct and who.role == "admin"
    mine = direct and (admin or (who.role != "candidate" and "acme" in who.pools))
    reader = admin or (kind == "candidates" and who.role == "recruiter")
    answers = {name: way(session(rules, uid), kind, uid) for name, way in LISTS.items()}
    may = {"everything": admin, "a pool's": mine, "one's own": reader, "somebody's": admin}
    assert answers == {name: OK if may[name] else REFUSED for name in LISTS}


@pytest.mark.parametrize("uid", MEMBERS)
@pytest.mark.parametrize("kind", COLLECTIONS)
def test_no_member_writes_anything(rules: Rules, kind: str, uid: str) -> None:
    answers = {name: way(session(rules, uid), kind, uid) for name, way in WRITES.items()}
    assert answers == dict.fromkeys(WRITES, REFUSED)


@pytest.mark.parametrize("uid", MEMBERS)
def test_a_member_reads_their_own_membership_and_no_other(rules: Rules, uid: str) -> None:
    answers = {other: session(rules, uid).get(f"members/{other}") for other in MEMBERS}
    assert answers == {other: OK if other == uid else REFUSED for other in MEMBERS}
    assert session(rules, uid).list("members") == REFUSED
    assert session(rules, uid).update(f"members/{uid}", role="admin") == REFUSED


def test_what_is_not_there_is_refused_as_what_is_somebody_elses(rules: Rules) -> None:
    for uid in ("rita", "robo", "cleo", "none"):
        assert session(rules, uid).get("candidates/other-2") == session(rules, uid).get("candidates/nowhere") == REFUSED


def test_claims_of_a_token_say_nothing_about_rights(rules: Rules) -> None:
    boasting = rules.as_user("none", role="admin", admin=True, pools=["acme"], candidate_id="acme-1")
    assert {boasting.get(f"candidates/{id_}") for id_ in DOCUMENTS} == {REFUSED}


def test_a_member_whose_rights_change_reads_by_the_new_ones(rules: Rules) -> None:
    server, late = rules.as_server(), rules.as_user("late")
    assert late.get("candidates/acme-1") == REFUSED
    server.create("members/late", role="recruiter", pools=["acme"], candidate_id=None)
    assert late.get("candidates/acme-1") == OK
    server.update("members/late", pools=["beta"])
    assert (late.get("candidates/acme-1"), late.get("candidates/beta-1")) == (REFUSED, OK)
    server.delete("members/late")
    assert late.get("candidates/beta-1") == REFUSED


def test_every_role_and_way_was_tried() -> None:
    each = len(MEMBERS) * len(COLLECTIONS)
    gets, lists, writes = each * len(DOCUMENTS), each * len(LISTS), each * len(WRITES)
    print(f"\n{len(MEMBERS)} members, {len(COLLECTIONS)} collections: {gets} gets, {lists} lists, {writes} writes")
    assert gets >= 600 and lists >= 480 and writes >= 360
    assert {said["role"] for said in MEMBERS.values()} == set(ROLES)
    for kind, row in READABLE.items():
        reached = {uid for uid in MEMBERS for id_ in DOCUMENTS if may_read(uid, kind, id_)}
        assert bool(reached) == row.direct
