"""Whether rows are one person is judged over evidence: an address says who somebody may be, never who they are."""

from __future__ import annotations

import itertools
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Importer, people
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parts.embedded import embedded

from shared.access import Reads
from shared.config import Settings
from shared.imports.start import run_import, start_import
from shared.models.batch import ImportOptions
from shared.models.caller import Caller
from shared.people.dedupe import dedupe
from shared.people.keys import is_role_mailbox, mailbox_key
from shared.people.manual_entry import add_by_hand
from shared.people.merge_split import merge
from shared.people.proposals import decide_proposal, list_open
from shared.people.resolve.crowds import CROWD
from shared.ports import Ports
from shared.privacy.erase import erase
from shared.reading.text.names import Agreement, compare_names

HEAD = "Candidate ID,Name,Email,Phone,Social profiles,Current title,Current company\n"


def row(name: str, email: str = "", linkedin: str = "", phone: str = "", id_: str = "", title: str = "Nurse") -> str:
    return f"{id_},{name},{email},{phone},{linkedin},{title},Harbour Clinic {len(name)}\n"


def names(ports: Ports) -> list[str]:
    return sorted(candidate.data["person"]["name"] for candidate in ports.store.query("candidates"))


def flag_kinds(ports: Ports) -> dict[str, list[str]]:
    return {name: [flag["kind"] for flag in data["flags"]] for name, data in people(ports).items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Kowalska", "Kowalska, Anna"),
        ("Anna Kowalska", "KOWALSKA Anna"),
        ("Anna Maria Kowalska", "Anna Kowalska"),
        ("Anna M. Kowalska", "Anna Maria Kowalska"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Dr. Anna Kowalska, PhD", "ANNA KOWALSKA"),
        ("Дмитрий Соколов", "Dmitriy Sokolov"),
        ("Bob Ashworth", "Robert Ashworth"),
        ("Kasia Nowak", "Katarzyna Nowak"),
        ("Anna Koch-Meier", "Anna Koch"),
        ("Ludwig von der Tann", "Tann, Ludwig von der"),
        ("Kim Min-jun", "Minjun Kim"),
        ("王伟", "伟 王"),
    ],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert compare_names(one, other) is compare_names(other, one) is Agreement.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Miller", "Mary Miller"),
        ("Emily St. John", "Álvaro Llorente"),
        ("B. Koch", "Anna Koch"),
        ("John Smith Sr.", "John Smith Jr."),
        ("Nguyễn Văn Anh", "Nguyễn Thị Hoa"),
        ("Wang Fang", "Wang Lei"),
        ("Дмитрий Соколов", "Ольга Соколов"),
        ("Miller John", "Mary Miller"),
    ],
)
def test_names_with_other_given_names_are_plainly_different(one: str, other: str) -> None:
    assert compare_names(one, other) is compare_names(other, one) is Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("Anna Koch", "Anna Schmidt", Agreement.HALF),
        ("A. Koch", "Anna Koch", Agreement.HALF),
        ("Anna", "Anna Koch", Agreement.HALF),
        ("John Smith", "John Smith Jr.", Agreement.HALF),
        ("Anna Berger", "Anne Berger", Agreement.FAINT),
        ("佐藤太郎", "Taro Sato", Agreement.FAINT),
        ("", "Anna Koch", Agreement.UNKNOWN),
    ],
)
def test_names_that_agree_in_part_are_no_proof(one: str, other: str, agreement: Agreement) -> None:
    assert compare_names(one, other) is compare_names(other, one) is agreement


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_compare_the_same_either_way(one: str, other: str) -> None:
    assert compare_names(one, other) is compare_names(other, one)
    assert compare_names(one, one) in (Agreement.SAME, Agreement.UNKNOWN)


@pytest.mark.parametrize(
    "spelling",
    [
        "Anna.Koch@GMAIL.com",
        "mailto:anna.koch@gmail.com?subject=Application",
        '"Koch, Anna" <anna.koch@gmail.com>',
        "'annakoch@gmail.com'",
        "anna.koch+jobs@googlemail.com",
        "\u200banna.koch@gmail.com.",
    ],
)
def test_spellings_of_one_mailbox_are_one_key(spelling: str) -> None:
    assert mailbox_key(spelling) == "annakoch@gmail.com"


def test_international_addresses_are_one_key_in_either_spelling() -> None:
    assert mailbox_key("jörg@bücher.example") == mailbox_key("jo\u0308rg@xn--bcher-kva.example")


@pytest.mark.parametrize("address", ["noemail@post.example", "n/a@n/a.com", "xxx@xxx.com", "a@none.com"])
def test_a_placeholder_is_no_key(address: str) -> None:
    assert mailbox_key(address) is None


@pytest.mark.parametrize("address", ["jobs@acme.example", "Bewerbung+24@acme.example", "rrhh@acme.example"])
def test_the_mailbox_of_a_role_is_no_key(address: str) -> None:
    assert mailbox_key(address) is None
    assert is_role_mailbox(address)


def test_strangers_at_the_mailbox_of_a_role_are_people_of_their_own_and_flagged(take: Importer, ports: Ports) -> None:
    counts = take(HEAD + row("Ada Fenn", "cvs@staffing.example") + row("Ben Orde", "cvs@staffing.example")).counts
    assert (counts.created, counts.flagged) == (2, 2)
    assert flag_kinds(ports) == {"Ada Fenn": ["shared_mailbox"], "Ben Orde": ["shared_mailbox"]}


def test_placeholder_addresses_and_numbers_join_nobody(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ada Fenn", "none@none.com", phone="000000") + row("Ben Orde", "none@none.com", phone="000000"))
    assert names(ports) == ["Ada Fenn", "Ben Orde"]


def test_a_couple_with_one_mailbox_is_two_people_and_a_proposal(take: Importer, ports: Ports) -> None:
    take(HEAD + row("John Miller", "millers@post.example") + row("Mary Miller", "millers@post.example"))
    assert names(ports) == ["John Miller", "Mary Miller"]
    (proposal,) = list_open(ports)
    assert proposal["kind"] == "shared_contact"
    assert proposal["evidence_for"] == ["same e-mail address"]
    assert "plainly different names" in proposal["evidence_against"]


def test_the_third_name_shows_that_an_address_is_nobodys_own(take: Importer, ports: Ports) -> None:
    box = "s.weber@staffing.example"
    take(HEAD + row("Ada Fenn", box) + row("Ben Orde", box))
    assert len(list(list_open(ports))) == 1
    take(HEAD + row("Cleo Park", box))
    assert list(list_open(ports)) == []
    assert set(map(tuple, flag_kinds(ports).values())) == {("shared_mailbox",)}


def test_a_crowd_at_one_address_stays_apart_and_each_is_recognised_again(take: Importer, ports: Ports) -> None:
    given_names = "Ada Ben Cleo Dora Egon Fritz Gerda Hugo Irma Jana Kurt Lara Mona Nils Olga Piet".split()
    assert len(given_names) > CROWD
    rows = [row(f"{name} Ashdown", "s.weber@staffing.example") for name in given_names]
    for part in (rows[:5], rows[5:]):
        take(HEAD + "".join(part))
    again = take(
        HEAD + "".join(row(f"{name} Ashdown", "s.weber@staffing.example", title="Cook") for name in given_names)
    )
    assert ports.store.count("candidates") == len(given_names)
    assert again.counts.merged == len(given_names)


def test_another_family_name_joins_only_with_a_second_fact(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Anna Koch", "anna@post.example", phone="+49 30 5550123"))
    take(HEAD + row("Anna Schmidt", "anna@post.example", phone="030 5550123"))
    assert ports.store.count("candidates") == 1
    take(HEAD + row("Anna Weber", "anna@post.example"))
    (proposal,) = list_open(ports)
    assert proposal["kind"] == "unsure_match"


def test_an_ats_id_is_a_key_within_one_system(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ada Fenn", id_="c-7"))
    take(HEAD + row("Ada Fenn", id_="c-7", title="Head nurse"))
    take((HEAD + row("Ben Orde", id_="c-7")).replace("Candidate ID", "Applicant ID"))
    assert names(ports) == ["Ada Fenn", "Ben Orde"]
    assert list(list_open(ports)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.linkedin.com/talent/profile/AEMAAab12?trk=x", "linkedin.com/talent/profile/AEMAAab12"),
        ("https://www.linkedin.com/comm/in/ada-fenn/?midToken=1", "https://www.linkedin.com/in/ada-fenn"),
        ("https://de.linkedin.com/in/Ada-Fenn/details/skills/", "linkedin.com/in/ada-fenn"),
    ],
)
def test_spellings_of_one_profile_are_one_person(take: Importer, ports: Ports, one: str, other: str) -> None:
    take(HEAD + row("Ada Fenn", linkedin=one))
    take(HEAD + row("Ada Fenn", linkedin=other, title="Head nurse"))
    assert ports.store.count("candidates") == 1


def test_a_profile_that_forms_show_is_no_key(take: Importer, ports: Ports) -> None:
    link = "https://www.linkedin.com/in/username"
    take(HEAD + row("Ada Fenn", linkedin=link) + row("Ada Fenn", linkedin=link, title="Pilot"))
    assert ports.store.count("candidates") == 2


def test_a_plainly_different_name_under_a_known_address_never_changes_a_record(ports: Ports) -> None:
    add_by_hand(ports, "default", {"person": {"name": "Alva Reed", "emails": ["alva@post.example"]}}, "rita")
    add_by_hand(ports, "default", {"person": {"name": "Moritz Vane", "emails": ["alva@post.example"]}}, "rita")
    assert names(ports) == ["Alva Reed", "Moritz Vane"]
    assert set(itertools.chain(*flag_kinds(ports).values())) == {"shared_contact"}


def test_two_that_a_person_calls_different_are_never_asked_about_again(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Anna Koch", "anna@post.example") + row("Anna Schmidt", "anna@post.example"))
    (proposal,) = list_open(ports)
    decided = decide_proposal(ports, proposal["id"], "different", "rita")
    assert decided["state"] == "different"
    phone = "+49 30 5550123"
    take(HEAD + row("Anna Koch", "anna@post.example", phone=phone, title="Cook"))
    take(HEAD + row("Anna Schmidt", "anna@post.example", phone=phone, title="Cook"))
    assert names(ports) == ["Anna Koch", "Anna Schmidt"]
    assert list(list_open(ports)) == []
    assert dedupe(ports)["merged"] == []


def test_a_decision_goes_with_a_record_that_joins_another(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Anna Koch", "anna@post.example") + row("Anna Schmidt", "anna@post.example"))
    (proposal,) = list_open(ports)
    decide_proposal(ports, proposal["id"], "different", "rita")
    take(HEAD + row("Anna Schmidt", "a.schmidt@post.example"))
    ids = {tuple(each.data["person"]["emails"]): each.id for each in ports.store.query("candidates")
           if each.data["person"]["name"] == "Anna Schmidt"}  # fmt: skip
    merge(ports, *ids.values())
    take(HEAD + row("Anna Koch", "anna@post.example", phone="+49 30 5550123", title="Cook"))
    assert names(ports) == ["Anna Koch", "Anna Schmidt"]
    assert list(list_open(ports)) == []


def test_two_that_a_person_calls_one_stay_one(take: Importer, ports: Ports) -> None:
    take(HEAD + row("John Miller", "millers@post.example") + row("Mary Miller", "millers@post.example"))
    (proposal,) = list_open(ports)
    decide_proposal(ports, proposal["id"], "same", "rita")
    assert ports.store.count("candidates") == 1
    take(HEAD + row("Mary Miller", "millers@post.example", title="Cook"))
    assert ports.store.count("candidates") == 1


def test_who_was_erased_at_a_shared_address_stays_away_and_the_others_come(take: Importer, ports: Ports) -> None:
    both = HEAD + row("John Miller", "millers@post.example") + row("Mary Miller", "millers@post.example")
    take(both)
    erase(ports, Reads(ports, Caller(uid="root")), people(ports)["John Miller"]["id"])
    take(both.replace("Nurse", "Cook"))
    assert names(ports) == ["Mary Miller"]


GIVEN = st.sampled_from(["Anna", "Ann", "A.", "Ben", "Anya", "Анна", ""])
FAMILY = st.sampled_from(["Koch", "Koch-Meier", "Meier", "Кох"])
MAILBOX = st.sampled_from(["", "x@post.example", "y@post.example", "x@post.example; y@post.example", "hr@a.example"])
PROFILE = st.sampled_from(["", "linkedin.com/in/zz-one", "linkedin.com/in/zz-two"])
PHONE = st.sampled_from(["", "+49 30 5550123", "+49 30 5550999"])
ROWS = st.lists(st.tuples(GIVEN, FAMILY, MAILBOX, PROFILE, PHONE), min_size=2, max_size=7, unique=True)


def partition_of(folder: Path, files: list[list[str]]) -> tuple[Any, Any]:
    """Import files one after another into a new home; return who is with whom, and who is proposed to whom.

    Likely duplicates without a key are left out: they compare what the newest source says, and so see an order.
    """
    with embedded(Settings(home=folder)) as ports:
        for file in files:
            imported_id = _start(ports, HEAD + "".join(file))
            run_import(ports, imported_id)
        members: dict[str, frozenset[str]] = {}
        for candidate in ports.store.query("candidates"):
            refs = [ref["source_id"] for ref in candidate.data["sources"]]
            facts = [source.data["facts"] for source in ports.store.get("sources", refs).values()]
            members[candidate.id] = frozenset(str(fact) for fact in facts)
        proposals = [each for each in list_open(ports) if each["kind"] != "possible_duplicate"]
        pairs = {frozenset(members[id_] for id_ in proposal["candidate_ids"]) for proposal in proposals}
        return sorted(map(sorted, members.values())), pairs


def _start(ports: Ports, content: str) -> str:
    return start_import(ports, BytesIO(content.encode()), "people.csv", "default", ImportOptions(), 10**6).id


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, seed=st.randoms(use_true_random=False))
def test_the_same_rows_in_any_order_and_any_files_give_the_same_people(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str, str]], seed: Any
) -> None:
    lines = [row(f"{first} {last}", mail, link, phone) for first, last, mail, link, phone in rows]
    shuffled = list(lines)
    seed.shuffle(shuffled)
    cut = len(shuffled) // 2
    at_once = partition_of(tmp_path_factory.mktemp("home"), [lines])
    one_by_one = partition_of(tmp_path_factory.mktemp("home"), [[line] for line in shuffled])
    halves = partition_of(tmp_path_factory.mktemp("home"), [shuffled[:cut], shuffled[cut:]])
    assert at_once == one_by_one == halves
