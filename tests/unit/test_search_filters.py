import pytest
from search_records import asking, person, search_ports

from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.ports import Store
from shared.search import SearchResult, search

WANTED = asking("backend engineer", specialties=("engineering/backend",))
BACKEND = ("engineering", "backend", "senior")


def found(store: Store, where: dict[str, str] | None = None, caller: Caller | None = None) -> SearchResult:
    return search(search_ports(store, WANTED), WANTED.text, caller=caller or Caller(), where=where)


def ids(result: SearchResult) -> set[str]:
    return {hit.candidate_id for hit in result.results}


def people(store: Store) -> Store:
    person(store, "berlin", "Senior Backend Engineer", label=BACKEND, location="Berlin", tags=["Go"], stage="Interview")
    person(store, "lima", "Backend Engineer", label=("engineering", "backend", "mid"), location="Lima", start="2024-01")
    person(store, "nowhere", "Senior Backend Engineer", label=BACKEND, start="", stage="Applied")
    person(store, "sales", "Account Executive", label=("sales", "account_executive", "senior"), location="Munich")
    return store


@pytest.mark.parametrize(
    ("where", "stay"),
    [
        ({"level": "senior"}, {"berlin", "nowhere", "sales"}),
        ({"function": "sales"}, {"sales"}),
        ({"specialty": "backend"}, {"berlin", "lima", "nowhere"}),
        ({"specialty": "engineering/backend", "level": "mid"}, {"lima"}),
        ({"skill": "golang"}, {"berlin"}),
        ({"stage": "interview"}, {"berlin"}),
        ({"location": "Germany"}, {"berlin", "nowhere", "sales"}),
        ({"min_years": "5"}, {"berlin", "nowhere", "sales"}),
    ],
)
def test_a_filter_keeps_whom_it_names(store: Store, where: dict[str, str], stay: set[str]):
    assert ids(found(people(store), where)) == stay


def test_a_person_whose_place_is_unknown_stays_under_a_country_filter_and_is_marked(store: Store):
    result = found(people(store), {"location": "Germany"})
    nowhere = next(hit for hit in result.results if hit.candidate_id == "nowhere")
    assert nowhere.factors["location"].notes.unknown == ["filter location: nothing recorded"]
    assert result.counts["filters"]["location"] == {"dropped": 1, "unknown": 1}


def test_counts_say_which_filter_emptied_the_list(store: Store):
    result = found(people(store), {"function": "engineering", "level": "vp"})
    assert result.results == ()
    assert result.counts["filters"] == {
        "function": {"dropped": 1, "unknown": 0},
        "level": {"dropped": 3, "unknown": 0},
    }


def test_a_filter_does_not_leak_into_the_next_search(store: Store):
    people(store)
    found(store, {"level": "mid"})
    assert len(ids(found(store))) == 4


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({"color": "blue"}, "filter by function, specialty, level, pool, skill, location, min_years, stage"),
        ({"level": "guru"}, "one of intern, junior, mid"),
        ({"function": "magic"}, "one of engineering"),
        ({"specialty": "sales/backend"}, "unknown specialty"),
        ({"min_years": "many"}, "number of years"),
        ({"min_years": "-1"}, "number of years"),
        ({"skill": " "}, "filter skill is empty"),
    ],
)
def test_unknown_filters_and_values_are_refused_with_what_is_allowed(store: Store, where: dict[str, str], says: str):
    with pytest.raises(InvalidRequest, match=says) as refused:
        found(people(store), where)
    assert "\n" not in str(refused.value)


def test_a_recruiter_finds_only_their_own_pool(store: Store):
    people(store)
    person(store, "theirs", "Senior Backend Engineer", label=BACKEND, pool="other")
    mine = Caller(uid="r", role="recruiter", pools=("default",))
    assert "theirs" not in ids(found(store, caller=mine))
    assert found(store, {"pool": "other"}, mine).results == ()
    assert found(store, caller=Caller(uid="r", role="recruiter")).results == ()
    assert found(store, caller=Caller(uid="c", role="candidate", pools=("default",))).results == ()


def test_an_admin_finds_people_of_every_pool_and_can_narrow_to_one(store: Store):
    people(store)
    person(store, "theirs", "Senior Backend Engineer", label=BACKEND, pool="other")
    assert "theirs" in ids(found(store)) and "berlin" in ids(found(store))
    assert ids(found(store, {"pool": "other"})) == {"theirs"}


def test_a_narrow_filter_looks_beyond_the_first_few_hundred(store: Store):
    for n in range(700):
        person(store, f"p{n:03}", "Backend Engineer", label=("engineering", "backend", "mid"), stage="Applied")
    person(store, "z", "Backend Engineer", label=("engineering", "backend", "mid"), stage="Offer")
    assert ids(found(store, {"stage": "Offer"})) == {"z"}
