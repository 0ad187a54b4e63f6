"""The audit: written once, read by administrators, and nothing in it can be read back into words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.access.audit import MOST_SUBJECTS, entries, fingerprint, record
from shared.errors import NotAllowed
from shared.models.caller import Caller
from shared.ports import Ports

ADMIN, RITA = Caller(uid="boss"), Caller(uid="rita", role="recruiter", pools=("acme",))


def at(ports: Ports, day: int) -> Ports:
    return replace(ports, now=lambda: f"2026-01-{day:02}T12:00:00.000000Z")


def test_entries_are_found_by_who_by_whom_and_since_when(ports: Ports) -> None:
    record(at(ports, 1), RITA, "read", ["ann"])
    record(at(ports, 2), RITA, "search", ["ann", "bo"], {"results": 2}, "r1")
    record(at(ports, 3), ADMIN, "share", ["bo"], {"reader": "rita"})

    def days(**asked: str) -> list[int]:
        return [int(entry.at[8:10]) for entry in entries(ports, ADMIN, **asked)]  # type: ignore[arg-type]

    assert days() == [3, 2, 1]
    assert days(who="rita") == [2, 1] and days(who="rita", since="2026-01-02") == [2]
    assert days(candidate_id="bo") == [3, 2] and days(candidate_id="bo", since="2026-01-03") == [3]
    assert days(candidate_id="ann", who="boss") == [] and days(candidate_id="bo", who="rita") == [2]
    assert days(since="2026-01-02T12:00:00.000000Z") == [3, 2] and days(since="2027-01-01") == []
    assert [entry.action for entry in entries(ports, ADMIN, limit=1)] == ["share"]
    with pytest.raises(NotAllowed):
        entries(ports, RITA)


def test_a_long_list_of_people_is_cut_and_counted(ports: Ports) -> None:
    record(ports, ADMIN, "export", [f"c{n}" for n in range(MOST_SUBJECTS + 5)])
    (entry,) = entries(ports, ADMIN)
    assert (len(entry.subjects), entry.details) == (MOST_SUBJECTS, {"subjects_in_all": MOST_SUBJECTS + 5})


def test_words_become_a_hash_that_only_this_installation_makes(ports: Ports) -> None:
    text = "nurse who knows Ann Lee"
    assert fingerprint(ports, text) == fingerprint(ports, text) != fingerprint(ports, f"{text}.")
    assert fingerprint(replace(ports, key_secret=b"other" * 8), text) != fingerprint(ports, text)
