"""Who sees and does what, decided from one table; what is somebody else's is as if it did not exist."""

from __future__ import annotations

from typing import Any

import pytest

from infra.firestore_rules import RULES, rules
from shared.access import Reads, allow, note_reads, sees, sees_pool
from shared.access.redirects import merged_ids, redirected_id
from shared.access.sharing import MOST_READERS, share, unshare
from shared.access.table import READABLE, ROLES
from shared.errors import InvalidRequest, NotAllowed, NotFound
from shared.models.caller import Caller, Role
from shared.models.collections import COLLECTIONS
from shared.ports import Create, Ports

ADMIN = Caller(uid="boss")
RECRUITER = Caller(uid="rita", role="recruiter", pools=("acme", "beta"))
SERVICE = Caller(uid="key:1", role="service", pools=("acme",))
CANDIDATE = Caller(uid="cleo", role="candidate", candidate_id="a2")
NOBODY = Caller(uid="new", role="recruiter")


@pytest.fixture
def people(ports: Ports) -> Ports:
    """Three people in acme, one in beta, three in other; one of those is shared with rita, one with somebody else."""
    at = {"a1": "1", "a2": "5", "a3": "3", "b1": "2", "o1": "4", "o2": "6", "o3": "7"}
    pools = {"a": "acme", "b": "beta", "o": "other"}
    readers = {"o1": ["rita"], "o2": ["someone", "rital"], "a1": ["rita"]}
    rows: list[dict[str, Any]] = [
        {"id": id_, "pool": pools[id_[0]], "readers": readers.get(id_, []), "awaiting": at[id_], "person": {}}
        for id_ in at
    ]
    assert not any(ports.store.commit([[Create("candidates", row["id"], row)] for row in rows]))
    documents = [{"id": f"d{p}", "pool": p, "created_at": p, "awaiting": "ready"} for p in pools.values()]
    assert not any(ports.store.commit([[Create("documents", row["id"], row)] for row in documents]))
    return ports


def ids(reads: Reads, **asked: Any) -> list[str]:
    return [row.id for row in reads.page("candidates", **asked)]


@pytest.mark.parametrize(
    ("caller", "seen"),
    [
        (ADMIN, ["a1", "a2", "a3", "b1", "o1", "o2", "o3"]),
        (Caller(uid="boss", pools=("acme",)), ["a1", "a2", "a3", "b1", "o1", "o2", "o3"]),
        (RECRUITER, ["a1", "a2", "a3", "b1", "o1"]),
        (SERVICE, ["a1", "a2", "a3"]),
        (CANDIDATE, ["a2"]),
        (NOBODY, []),
        (Caller(uid="cleo", role="candidate", pools=("acme",)), []),
    ],
)
def test_lists_counts_and_single_reads_show_the_same_people(people: Ports, caller: Caller, seen: list[str]) -> None:
    reads, everybody = Reads(people, caller), ["a1", "a2", "a3", "b1", "o1", "o2", "o3"]
    assert ids(reads) == seen
    assert reads.count("candidates") == len(seen)
    assert list(reads.some("candidates", everybody, fields=())) == seen
    for id_ in everybody:
        if id_ in seen:
            assert reads.one("candidates", id_).id == id_
        else:
            with pytest.raises(NotFound):
                reads.one("candidates", id_)


def test_what_is_somebody_elses_is_refused_in_the_words_for_what_never_was(people: Ports) -> None:
    said = []
    for id_ in ("o3", "x3"):
        with pytest.raises(NotFound) as refused:
            Reads(people, RECRUITER).one("candidates", id_)
        said.append(str(refused.value).replace(id_, "ID"))
    assert said[0] == said[1]


@pytest.mark.parametrize("order", [None, "awaiting", "-awaiting"])
@pytest.mark.parametrize("caller", [ADMIN, RECRUITER, CANDIDATE])
def test_pages_of_any_size_give_everybody_once_and_in_order(people: Ports, caller: Caller, order: str | None) -> None:
    reads = Reads(people, caller)
    whole = reads.page("candidates", order=order)
    for size in (1, 2, 3):
        found: list[str] = []
        after = None
        while rows := reads.page("candidates", order=order, limit=size, after=after, fields=("person",)):
            found += [row.id for row in rows]
            after = (rows[-1].data["awaiting"] if order else None, rows[-1].id)
        assert found == [row.id for row in whole]
    values = [row.data["awaiting"] for row in whole]
    assert order is None or values == sorted(values, reverse=order.startswith("-"))


def test_a_filter_narrows_what_is_seen_and_never_widens_it(people: Ports) -> None:
    reads = Reads(people, RECRUITER)
    assert ids(reads, where=[("pool", "==", "acme")]) == ["a1", "a2", "a3"]
    assert ids(reads, where=[("pool", "==", "other")]) == ["o1"]
    assert reads.count("candidates", [("pool", "==", "other")]) == 1
    assert ids(reads, where=[("awaiting", "in", ["4", "6", "3"])]) == ["a3", "o1"]
    assert ids(Reads(people, SERVICE), where=[("pool", "==", "other")]) == []
    assert [row.id for row in reads.page("documents")] == ["dacme", "dbeta"]
    assert [row.id for row in reads.page("documents", where=[("pool", "==", "other")])] == []


def test_many_pools_are_asked_for_in_parts(people: Ports) -> None:
    caller = Caller(uid="x", role="recruiter", pools=(*(f"p{n}" for n in range(70)), "acme", "zeta", "beta"))
    assert ids(Reads(people, caller)) == ["a1", "a2", "a3", "b1"]
    assert Reads(people, caller).count("candidates") == 4


@pytest.mark.any_documents  # whatever fields could let somebody in
@pytest.mark.parametrize("kind", sorted(set(COLLECTIONS) - set(READABLE)))
def test_a_collection_that_is_not_in_the_table_is_for_admins(people: Ports, kind: str) -> None:
    people.store.commit([[Create(kind, "one", {"id": "one", "pool": "acme", "readers": ["rita"]})]])
    for caller in (RECRUITER, SERVICE, CANDIDATE):
        assert Reads(people, caller).page(kind) == [] and Reads(people, caller).some(kind, ["one"]) == {}
        assert Reads(people, caller).count(kind) == 0
    assert "one" in [row.id for row in Reads(people, ADMIN).page(kind)]  # pools stand there from the start


@pytest.mark.parametrize(
    "id_", ["", ".", "..", "a/b", "__all__", "__", "x" * 1501, "\x00", "a\nb", "é" * 751, "\ud800"]
)
def test_what_can_be_no_id_is_as_unknown_as_any_other(people: Ports, id_: str) -> None:
    for caller in (ADMIN, RECRUITER):
        with pytest.raises(NotFound):
            Reads(people, caller).one("candidates", id_)
        assert list(Reads(people, caller).some("candidates", ["a1", id_])) == ["a1"]


def test_a_merged_id_leads_to_its_record_for_those_who_see_that(people: Ports) -> None:
    people.store.commit([[Create("redirects", "old", {"id": "old", "candidate_id": "older"})]])
    people.store.commit([[Create("redirects", "older", {"id": "older", "candidate_id": "b1"})]])
    assert Reads(people, RECRUITER).one("candidates", "old").id == "b1"
    with pytest.raises(NotFound):
        Reads(people, SERVICE).one("candidates", "old")


def test_redirects_that_lead_in_a_circle_or_to_nobody_lead_to_not_found(people: Ports) -> None:
    redirects = {"one": "two", "two": "one", "old": "gone"}
    for id_, candidate_id in redirects.items():
        people.store.commit([[Create("redirects", id_, {"id": id_, "candidate_id": candidate_id})]])
    for id_ in redirects:
        with pytest.raises(NotFound):
            Reads(people, ADMIN).one("candidates", id_)


def test_all_ids_that_were_merged_into_a_record_lead_to_it(people: Ports) -> None:
    for id_, candidate_id in {"first": "second", "second": "b1", "third": "b1", "other": "a1"}.items():
        people.store.commit([[Create("redirects", id_, {"id": id_, "candidate_id": candidate_id})]])
    assert sorted(merged_ids(people.store, "b1")) == ["first", "second", "third"]
    assert redirected_id(people.store, "first") == "b1"
    assert redirected_id(people.store, "b1") is None


def test_who_was_handed_out_is_noted_and_nobody_else(people: Ports) -> None:
    seen = note_reads()
    reads = Reads(people, RECRUITER)
    reads.some("candidates", ["o3", "b1"])
    reads.page("candidates", limit=2)
    assert list(seen) == ["b1", "a1", "a2"]


def test_firestores_rules_are_those_of_the_table() -> None:
    assert RULES.read_text(encoding="utf-8") == rules(), "run `python -m infra.firestore_rules`"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_table_says_and_nothing_more(role: Role) -> None:
    caller = Caller(uid="x", role=role, pools=("acme",), candidate_id="a2")
    for action in ("read", "search", "change", "operate", "share", "administer"):
        if action in ROLES[role].may:
            allow(caller, action)  # type: ignore[arg-type]
        else:
            with pytest.raises(NotAllowed):
                allow(caller, action)  # type: ignore[arg-type]


def test_only_admins_share_administer_or_operate() -> None:
    for action in ("share", "administer", "operate"):
        assert [role for role, rights in ROLES.items() if action in rights.may] == ["admin"]


def test_changes_go_into_pools_the_caller_sees() -> None:
    allow(RECRUITER, "change", "beta")
    allow(ADMIN, "change", "yet to be made")
    for caller in (RECRUITER, SERVICE):
        with pytest.raises(NotAllowed):
            allow(caller, "change", "other")
    assert not sees_pool(CANDIDATE, "acme")


def test_a_shared_record_is_seen_and_its_pool_is_not(people: Ports) -> None:
    shared = people.store.get("candidates", ["o1"])["o1"]
    assert sees(RECRUITER, "candidates", "o1", shared.data["pool"], shared.data["readers"])
    with pytest.raises(NotAllowed):
        allow(RECRUITER, "change", shared.data["pool"])


def member(ports: Ports, uid: str, role: str) -> None:
    ports.store.commit([[Create("members", uid, {"id": uid, "role": role, "pools": ["acme"]})]])


def test_sharing_shows_one_record_until_it_is_taken_back(people: Ports) -> None:
    member(people, "rita", "recruiter")
    admin = Reads(people, ADMIN)
    assert share(people, admin, "o3", "rita") == ["rita"] == share(people, admin, "o3", "rita")
    assert ids(Reads(people, RECRUITER))[-1] == "o3"
    assert unshare(people, admin, "o3", "rita") == [] == unshare(people, admin, "o3", "rita")
    assert "o3" not in ids(Reads(people, RECRUITER))
    assert people.store.get("candidates", ["o3"])["o3"].data["person"] == {}


def test_sharing_is_for_admins_with_recruiters_and_few(people: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    member(people, "rita", "recruiter")
    member(people, "svc@x", "service")
    for caller in (RECRUITER, SERVICE, CANDIDATE):
        for change in (share, unshare):
            with pytest.raises(NotAllowed):
                change(people, Reads(people, caller), "a1", "rita")
    for uid in ("nobody", "svc@x", "a/b"):
        with pytest.raises(InvalidRequest):
            share(people, Reads(people, ADMIN), "o3", uid)
    with pytest.raises(NotFound):
        share(people, Reads(people, ADMIN), "x1", "rita")
    monkeypatch.setattr("shared.access.sharing.MOST_SHARED", 2)
    with pytest.raises(InvalidRequest, match="give them the pool"):
        share(people, Reads(people, ADMIN), "o3", "rita")
    monkeypatch.undo()
    crowd = {"id": "crowd", "pool": "other", "readers": [f"u{n}" for n in range(MOST_READERS)]}
    people.store.commit([[Create("candidates", "crowd", crowd)]])
    with pytest.raises(InvalidRequest, match="at most"):
        share(people, Reads(people, ADMIN), "crowd", "rita")
