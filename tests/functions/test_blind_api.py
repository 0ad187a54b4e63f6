"""In a blind pool no endpoint says who anybody is, new endpoints included: every address is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from parts.role_api import MINE, RoleApi, fill, role_api
from werkzeug.routing import Rule

# Words of the two people that say who they are; an employer and a profession do not.
SECRET = ("ottilie", "brandvik", "casimir", "okonjo", "9017777", "9018888", "export-of-acme", "brandvik.txt")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoleApi]:
    with role_api(tmp_path_factory.mktemp("home")) as filled_api:
        fill(filled_api)
        yield filled_api


def readings(api: RoleApi) -> list[Rule]:
    """Every address that is read and holds somebody's data."""
    return [rule for method, rule in api.rules() if method == "GET"]


def told(api: RoleApi, who: str, query: str = "") -> list[str]:
    """Ask every address for every record; return the addresses that say who somebody is, and the words."""
    open_answers = []
    for rule in readings(api):
        for path, _ in api.paths(rule):
            answer = api(who, "GET", f"{path}{query}")
            words = [word for word in SECRET if word in answer.text.lower()]
            if words:
                open_answers.append(f"{rule.endpoint}: {', '.join(words)}")
    return sorted(set(open_answers))


def test_no_address_says_who_anybody_is_to_a_reader_who_asks_for_the_blind_view(api: RoleApi) -> None:
    assert len(told(api, "admin")) > 10  # there is something to hide
    assert told(api, "admin", "?view=blind") == []


def test_no_address_says_who_anybody_is_to_recruiters_of_a_blind_pool(api: RoleApi) -> None:
    assert len(told(api, "recruiter")) > 8
    assert api("admin", "PUT", f"/api/pools/{MINE}/rules/", json={"blind": True}).status_code == 200
    assert told(api, "recruiter") == []
    (document, *_) = api.ids["document_id"]
    assert api("recruiter", "GET", f"/api/cv-documents/{document}/download/").status_code == 403
    export = b"Name,Email\nZoe Q,z@q.io\n"
    preview = api("recruiter", "POST", f"/api/imports/preview/?pool={MINE}&filename=people.csv", data=export)
    assert preview.status_code == 201 and "Zoe" not in preview.text and "z@q.io" not in preview.text
