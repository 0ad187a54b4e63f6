import pytest
from search_records import asking, person, search_ports

from shared.errors import InvalidRequest, OutOfQuota, Permanent
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.ports import Reply, Store
from shared.search import SearchResult, search

ADMIN = Caller()
BACKEND = ("engineering", "backend", "senior")
SENIOR_BACKEND = asking(
    "senior backend engineer with Go or Java",
    ["Go", "Java"],
    functions=("engineering",),
    specialties=("engineering/backend",),
    levels=("senior", "lead"),
)


def found(store: Store, wanted: Requirements, **options: object) -> SearchResult:
    return search(search_ports(store, wanted), wanted.text, caller=ADMIN, **options)  # type: ignore[arg-type]


def order(result: SearchResult) -> list[str]:
    return [hit.candidate_id for hit in result.results]


def scores(result: SearchResult) -> dict[str, float]:
    return {hit.candidate_id: hit.score for hit in result.results}


def test_a_front_end_or_qa_senior_never_outranks_a_back_end_person(store: Store):
    everything = {"tags": ["Go", "Java"], "location": "Berlin, Germany", "degree": "MSc Computer Science"}
    person(store, "front", "Senior Frontend Engineer", label=("engineering", "frontend", "senior"), **everything)
    person(store, "qa", "Senior QA Engineer", label=("engineering", "qa", "senior"), **everything)
    person(store, "intern", "Backend Engineer Intern", label=("engineering", "backend", "intern"), start="2026-05")
    wanted = SENIOR_BACKEND.model_copy(update={"places": ("Berlin",), "degree": "master"})
    result = found(store, wanted)
    assert order(result)[0] == "intern"
    assert {"front", "qa"} == set(order(result)[1:])


def test_level_decides_between_people_of_the_asked_role(store: Store):
    person(store, "senior", "Senior Backend Engineer", label=BACKEND, tags=["Python"])
    person(store, "mid", "Backend Engineer", label=("engineering", "backend", "mid"), tags=["Go", "Java"])
    person(store, "intern", "Backend Intern", label=("engineering", "backend", "intern"), tags=["Go", "Java"])
    assert order(found(store, SENIOR_BACKEND)) == ["senior", "mid", "intern"]


def test_the_asked_skill_decides_between_people_of_the_same_role_and_level(store: Store):
    person(store, "java", "Senior Backend Engineer", label=BACKEND, tags=["Java"])
    person(store, "node", "Senior Backend Engineer", label=BACKEND, tags=["NodeJS"])
    wanted = asking("senior Node.js developer", ["Node.js"], specialties=("engineering/backend",), levels=("senior",))
    result = found(store, wanted)
    assert order(result) == ["node", "java"]
    assert "Node.js" in result.results[0].factors["skill"].notes.met
    assert "Node.js" in result.results[1].factors["skill"].notes.missing


def test_one_of_two_alternative_skills_is_enough(store: Store):
    person(store, "one", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    person(store, "both", "Senior Backend Engineer", label=BACKEND, tags=["Go", "Java"])
    got = scores(found(store, SENIOR_BACKEND))
    assert got["one"] == got["both"] == 1.0
    both_asked = SENIOR_BACKEND.model_copy(update={"text": "senior backend engineer, Go, Java"})
    got = scores(found(store, both_asked))
    assert got["one"] < got["both"]


def test_a_people_managers_job_does_not_return_product_managers_as_fitting(store: Store):
    person(store, "product", "Product Manager", label=("product", "product_management", "mid"))
    person(store, "partner", "HR Business Partner", label=("hr", "hr_generalist", "mid"))
    person(store, "lead", "Head of People", label=("hr", "hr_generalist", "director"))
    wanted = asking("people manager for an HR team", functions=("hr",), manages_people=True)
    result = found(store, wanted)
    assert order(result) == ["lead", "partner", "product"]
    assert scores(result)["product"] == 0
    assert result.results[1].factors["experience"].score < 0.2


def test_a_job_without_people_to_lead_prefers_those_who_do_the_work(store: Store):
    person(store, "head", "Head of Product", label=("product", "product_management", "director"))
    person(store, "doer", "Product Manager", label=("product", "product_management", "mid"))
    wanted = asking("product manager, no people", specialties=("product/product_management",), manages_people=False)
    assert order(found(store, wanted)) == ["doer", "head"]


def test_a_role_named_without_a_level_asks_for_someone_who_works_on_their_own(store: Store):
    for level in ("intern", "junior", "mid", "senior", "director"):
        person(store, level, f"{level} accountant", label=("finance", "accounting", level))
    ranked = order(found(store, asking("accountant", specialties=("finance/accounting",))))
    assert set(ranked[:2]) == {"mid", "senior"}
    assert ranked[2:] == ["junior", "intern", "director"]


def test_a_one_letter_skill_matches_only_itself_as_a_skill(store: Store):
    person(store, "c", "Engineer", tags=["C"])
    person(store, "cpp", "Engineer", tags=["C++", "C#"])
    person(store, "letters", "C-level assistant, vitamin C", tags=["Excel"], name="C. C. Carr")
    result = found(store, asking("C", ["C"]))
    assert scores(result) == {"c": 1.0, "cpp": 0.0, "letters": 0.0}


def test_an_inferred_skill_counts_little_and_says_so(store: Store):
    quote = [{"where": "experience 1 title", "quote": "Senior Backend Engineer"}]
    inferred = {"enrichment": {"inferred_skills": [{"name": "Go", "evidence": quote}], "skills": [], "trajectory": {}}}
    person(store, "stated", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    person(store, "inferred", "Senior Backend Engineer", label=BACKEND, tags=["Python"], more=inferred)
    person(store, "neither", "Senior Backend Engineer", label=BACKEND, tags=["Python"])
    result = found(store, SENIOR_BACKEND)
    assert order(result) == ["stated", "inferred", "neither"]
    skill = result.results[1].factors["skill"]
    assert "Go: not stated, likely from the role" in skill.notes.missing
    assert "Go" not in skill.notes.met


def test_unknown_is_neither_half_nor_full_and_lowers_coverage(store: Store):
    person(store, "empty", None)
    person(store, "mismatch", "Senior Backend Engineer", label=BACKEND, tags=["Go"], location="Lima, Peru")
    wanted = SENIOR_BACKEND.model_copy(update={"places": ("Berlin",), "text": SENIOR_BACKEND.text})
    result = found(store, wanted)
    empty = next(hit for hit in result.results if hit.candidate_id == "empty")
    assert order(result) == ["mismatch", "empty"]
    assert empty.score == 0 and empty.coverage == 0
    assert all(factor.score is None for factor in empty.factors.values())
    assert empty.factors["location"].notes.unknown and not empty.factors["location"].notes.missing
    mismatch = result.results[0]
    assert mismatch.factors["location"].score == 0 and mismatch.coverage == 1


def test_missing_dates_are_unknown_years_not_zero_and_not_half(store: Store):
    person(store, "dated", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    person(store, "undated", "Senior Backend Engineer", label=BACKEND, tags=["Go"], start="")
    result = found(store, SENIOR_BACKEND.model_copy(update={"min_years": 5.0}))
    dated, undated = result.results
    assert (dated.candidate_id, dated.coverage) == ("dated", 1.0)
    assert undated.coverage < 1 and undated.factors["experience"].notes.unknown


def test_years_are_years_in_the_asked_role(store: Store):
    nurse = {"title": "Registered Nurse", "start": "2010-01", "end": "2024-12", "current": False}
    now = {"title": "Senior Backend Engineer", "start": "2025-06", "current": True}
    profile = {"experiences": [now, nurse], "educations": [], "tags": ["Go"]}
    person(store, "changed", "Senior Backend Engineer", label=BACKEND, more={"profile": profile})
    person(store, "steady", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    result = found(store, SENIOR_BACKEND.model_copy(update={"min_years": 6.0}))
    assert order(result) == ["steady", "changed"]
    assert "6 years in the role asked, 1 found" in result.results[1].factors["experience"].notes.missing


def test_another_candidate_changes_no_score(store: Store):
    person(store, "a", "Senior Backend Engineer", label=BACKEND, tags=["Python"])
    person(store, "b", "Backend Engineer", label=("engineering", "backend", "mid"), tags=["Go"])
    before = scores(found(store, SENIOR_BACKEND))
    person(store, "best", "Senior Backend Engineer", label=BACKEND, tags=["Go", "Java"])
    after = scores(found(store, SENIOR_BACKEND))
    assert {id: after[id] for id in before} == before


def test_the_score_is_the_weighted_sum_of_the_factors_shown(store: Store):
    person(store, "a", "Backend Engineer", label=("engineering", "backend", "mid"), tags=["Go"], location="Munich")
    result = found(store, SENIOR_BACKEND.model_copy(update={"places": ("Munich",)}))
    shown = result.to_json()
    factors = shown["results"][0]["factors"]
    total = sum(weight * (factors[name]["score"] or 0) for name, weight in shown["weights"].items())
    assert abs(total - shown["results"][0]["score"]) < 1e-3
    assert abs(sum(shown["weights"].values()) - 1) < 1e-6
    assert shown["weights"]["education"] == 0 and factors["education"]["asked"] is False


def test_every_quote_stands_word_for_word_in_the_document(store: Store):
    person(store, "a", "Senior Backend Engineer", label=BACKEND, tags=["Golang"], location="Köln", degree="BSc Physics")
    wanted = SENIOR_BACKEND.model_copy(update={"places": ("Cologne",), "degree": "bachelor"})
    hit = found(store, wanted).results[0]
    document = str(store.get("candidates", ["a"])["a"].data)
    quotes = [quote.quote for factor in hit.factors.values() for quote in factor.notes.evidence]
    assert {"Golang", "Köln", "BSc Physics"} <= set(quotes)
    assert all(quote in document for quote in quotes)


def test_unclassified_people_are_found_and_scored_by_their_titles(store: Store):
    person(store, "new", "Senior Backend Engineer", tags=["Go"])
    hit = found(store, SENIOR_BACKEND).results[0]
    assert hit.unclassified and hit.to_json()["unclassified"]
    assert hit.score > 0.9


def test_a_text_nobody_understands_ranks_by_the_words_met(store: Store):
    person(store, "jane", "Baker", name="Jane Xiomara")
    person(store, "john", "Baker", name="John Xiomara")
    person(store, "other", "Baker", name="Ann Other")
    result = found(store, asking("Jane Xiomara"))
    assert order(result)[0] == "jane"
    assert scores(result) == {"jane": 1.0, "john": 0.5714}  # the longer word is the rarer one
    assert result.results[0].factors["skill"].notes.evidence[0].quote == "Jane Xiomara"


def test_the_same_search_twice_gives_the_same_answer(store: Store):
    for n in range(30):
        person(store, f"p{n}", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    first, second = found(store, SENIOR_BACKEND).to_json(), found(store, SENIOR_BACKEND).to_json()
    for shown in (first, second):
        shown.pop("took_ms"), shown.pop("timings")
    assert first == second


def test_asking_for_fewer_people_gives_the_first_of_the_longer_list(store: Store):
    specialties, levels = ("backend", "fullstack", "qa", "devops"), ("intern", "mid", "senior", "lead", "director")
    for n in range(150):
        label = ("engineering", specialties[n % 4], levels[n % 5])
        tags = [["Go"], ["Python", "Java"], []][n % 3]
        place = [None, "Berlin", "Lima"][n % 3 - n % 2]
        person(store, f"p{n:03}", "Engineer", label=label, tags=tags, location=place, start=f"20{10 + n % 16}-02")
    wanted = SENIOR_BACKEND.model_copy(update={"places": ("Berlin",), "min_years": 3.0})
    everybody = found(store, wanted, top_k=150)
    assert order(found(store, wanted, top_k=7)) == order(everybody)[:7]
    ranked = [hit.score for hit in everybody.results]
    assert ranked == sorted(ranked, reverse=True) and len(set(ranked)) > 10


def test_given_weights_are_applied_over_what_is_asked(store: Store):
    person(store, "a", "Senior Backend Engineer", label=BACKEND)
    result = found(store, SENIOR_BACKEND, weights={"skill": 0.2, "experience": 0.6, "location": 0.2})
    assert dict(result.weights) == {"skill": 0.25, "experience": 0.75, "education": 0.0, "location": 0.0}


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"skill": 0.5}, "sum to 1"),
        ({"skill": 1.5, "location": -0.5}, "0 or more"),
        ({"skill": 0.5, "charm": 0.5}, "unknown weight charm"),
        ({"skill": float("nan")}, "0 or more"),
        ({}, "sum to 1"),
    ],
)
def test_wrong_weights_are_refused_in_one_clear_line(store: Store, weights: dict[str, float], says: str):
    with pytest.raises(InvalidRequest, match=says) as refused:
        found(store, SENIOR_BACKEND, weights=weights)
    assert "\n" not in str(refused.value)


def test_weights_on_nothing_that_is_asked_score_nothing_and_say_so(store: Store):
    person(store, "a", "Senior Backend Engineer", label=BACKEND)
    result = found(store, SENIOR_BACKEND, weights={"location": 1})
    assert scores(result) == {"a": 0.0}
    assert any("weights are 0" in note for note in result.notes)


def test_when_the_model_cannot_embed_words_and_labels_still_find_people_and_the_answer_says_so(store: Store):
    person(store, "a", "Senior Backend Engineer", label=BACKEND, tags=["Go"])
    ports = search_ports(store, SENIOR_BACKEND)

    def refuse(*_: object) -> None:
        raise OutOfQuota("slow down")

    ports.model.embed = refuse  # type: ignore[assignment,method-assign]
    result = search(ports, SENIOR_BACKEND.text, caller=ADMIN)
    assert order(result) == ["a"]
    assert any("could not embed" in note for note in result.notes)


def test_a_text_the_model_cannot_read_is_an_error_not_an_empty_answer(store: Store):
    ports = search_ports(store, SENIOR_BACKEND)
    ports.model.split_job = lambda _: Reply(None, "refused")  # type: ignore[method-assign]
    with pytest.raises(Permanent, match="refused"):
        search(ports, "anything", caller=ADMIN)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_refused(store: Store, text: str):
    with pytest.raises(InvalidRequest, match="empty"):
        search(search_ports(store, SENIOR_BACKEND), text, caller=ADMIN)


def test_an_empty_home_answers_with_nobody(store: Store):
    result = found(store, SENIOR_BACKEND)
    assert result.results == () and result.counts["found"] == 0
