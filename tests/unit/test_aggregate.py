"""One person in several pools is one for administrators, and nobody else can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.access import Reads
from shared.errors import NotAllowed
from shared.models.caller import Caller
from shared.people.across_pools import people_of_all_pools
from shared.people.merge_split import merge
from shared.ports import Ports

Take = Callable[..., Any]
HEAD = "Name,Email,LinkedIn\n"


def everybody(ports: Ports, limit: int = 50) -> list[list[tuple[str, str]]]:
    """Return (pool, name) of each person's records, going through pages of that size."""
    found: list[Any] = []
    after = None
    while True:
        page, after = people_of_all_pools(ports, Reads(ports, Caller()), limit, after)
        assert len(page) <= limit
        found += page
        if after is None:
            break
    names = {row.id: row.data["person"]["name"] for row in ports.store.query("candidates")}
    assert sorted(each["id"] for each in found) == sorted({each["id"] for each in found})
    return sorted(sorted((record["pool"], names[record["id"]]) for record in each["records"]) for each in found)


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_the_same_address_or_profile_makes_one_person_of_several_pools(ports: Ports, take: Take, limit: int) -> None:
    take(f"{HEAD}Ann Lee,ann@example.com,\nBo Ray,bo@example.com,\n", pool="acme")
    take(f"{HEAD}Ann Lee,Ann@Example.com,https://www.linkedin.com/in/zz-ann\nCy Fox,cy@example.com,\n", pool="beta")
    take(
        f"{HEAD}Ann M. Lee,ann.lee@example.org,https://linkedin.com/in/zz-ann\nBo Ray,other@example.com,\n",
        pool="gamma",
    )
    assert everybody(ports, limit) == [
        [("acme", "Ann Lee"), ("beta", "Ann Lee"), ("gamma", "Ann M. Lee")],
        [("acme", "Bo Ray")],
        [("beta", "Cy Fox")],
        [("gamma", "Bo Ray")],
    ]


def test_a_mail_box_two_people_share_does_not_make_them_one(ports: Ports, take: Take) -> None:
    take(f"{HEAD}Ann Lee,jobs@example.com,https://www.linkedin.com/in/zz-ann\n", pool="acme")
    take(f"{HEAD}Robert Stone,jobs@example.com,https://www.linkedin.com/in/zz-robert\n", pool="beta")
    assert everybody(ports) == [[("acme", "Ann Lee")], [("beta", "Robert Stone")]]


def test_a_merged_record_counts_once(ports: Ports, take: Take) -> None:
    take(f"{HEAD}Ann Lee,ann@example.com,\nAnn Lee,ann.lee@example.org,\n", pool="acme")
    take(f"{HEAD}Ann Lee,ann.lee@example.org,\n", pool="beta")
    one, other = (row.id for row in ports.store.query("candidates", [("pool", "==", "acme")]))
    merge(ports, one, other)
    assert everybody(ports) == [[("acme", "Ann Lee"), ("beta", "Ann Lee")]]


def test_nothing_stored_links_the_pools_and_nobody_else_may_ask(ports: Ports, take: Take) -> None:
    for pool in ("acme", "beta"):
        take(f"{HEAD}Ann Lee,ann@example.com,\n", pool=pool)
    everybody(ports)
    one, other = ports.store.query("candidates")
    assert other.id not in str(one.data) and one.id not in str(other.data)
    for role in ("recruiter", "service"):
        caller = Caller.model_validate({"uid": "x", "role": role, "pools": ["acme", "beta"]})
        with pytest.raises(NotAllowed):
            people_of_all_pools(ports, Reads(ports, caller))
