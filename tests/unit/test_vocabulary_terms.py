from shared.models.requirements import RequiredSkill, Requirements
from shared.vocabulary.terms import MAX_TERMS, query_terms, search_terms


def test_a_person_is_found_by_name_title_company_school_degree_and_place():
    doc = {
        "person": {"name": "Zoë Müller", "location": "Köln, Germany"},
        "profile": {
            "headline": "Builder of ledgers",
            "experiences": [{"title": "Senior Backend Engineer", "company": "Acme GmbH"}],
            "educations": [{"degree": "BSc Physics", "school": "ETH"}],
        },
    }
    terms = search_terms(doc)
    assert {"zoe", "muller", "koln", "ledgers", "backend", "acme", "physics", "eth"} <= set(terms)
    assert "of" not in terms
    assert len(terms) == len(set(terms))


def test_tags_and_skills_are_one_term_each_under_their_known_name():
    doc = {"profile": {"tags": ["k8s", "Threat modelling"], "skills": [{"name": "Golang"}]}}
    terms = search_terms(doc)
    assert {"skill:kubernetes", "skill:threat modelling", "skill:go"} <= set(terms)


def test_a_one_letter_skill_lives_only_as_a_skill():
    terms = search_terms({"profile": {"tags": ["C", "R"], "experiences": [{"title": "C level assistant"}]}})
    assert {"skill:c", "skill:r"} <= set(terms)
    assert "c" not in terms and "r" not in terms


def test_labels_become_facets_of_role_and_level():
    label = {"name": "engineering", "level": "senior", "specialties": ["backend"], "confidence": 1.0}
    terms = search_terms({"classification": {"functions": [label]}})
    assert set(terms) == {
        "=engineering",
        "=senior",
        "=engineering/senior",
        "=engineering/backend",
        "=engineering/backend/senior",
    }


def test_terms_are_capped_and_labels_are_never_the_ones_cut():
    jobs = [{"title": f"title{n} word{n}", "company": f"company{n}"} for n in range(100)]
    label = {"name": "sales", "level": "vp", "specialties": [], "confidence": 1.0}
    terms = search_terms({"profile": {"experiences": jobs}, "classification": {"functions": [label]}})
    assert len(terms) == MAX_TERMS
    assert "=sales/vp" in terms


def test_the_title_of_the_job_applied_for_is_not_the_persons():
    assert search_terms({"applications": [{"job_title": "Astronaut", "job_location": "Paris", "tags": ["SQL"]}]}) == [
        "skill:sql",
        "sql",
    ]


def test_an_empty_document_has_no_terms():
    assert search_terms({}) == []
    assert search_terms({"person": {"name": None}, "profile": {"experiences": [{"title": None}]}}) == []


def test_a_search_asks_for_the_terms_candidates_are_stored_under():
    wanted = Requirements(
        text="",
        functions=("engineering",),
        specialties=("engineering/backend",),
        levels=("senior",),
        skills=(RequiredSkill(name="Go"),),
    )
    terms = query_terms(wanted, "senior backend engineer with Go")
    assert {"=engineering/backend", "=engineering/backend/senior", "skill:go", "backend"} <= set(terms)
    assert "with" not in terms
