"""openapi.json is what the app does: every route is in it, made from the models, and the page needs nobody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import openapi_pydantic
import pytest
from parts import process
from parts.process import make_app
from werkzeug.test import Client

from functions.api.openapi import FILE
from functions.api.routes import PUBLIC
from functions.openapi.compare import lost_promises, operations
from functions.openapi.document import endpoints, function_of, make_document
from functions.openapi.operation import REFUSALS, operation_of
from shared.config import Settings


@pytest.fixture
def client(tmp_path: Path) -> Client:
    process.use(Settings(home=tmp_path, identity="local"))
    return make_app().test_client()


def test_every_route_is_described_and_no_other() -> None:
    app = make_app()
    for endpoint, _, _ in endpoints(app):
        assert operation_of(function_of(app, endpoint)).answers, endpoint


def test_the_file_in_the_repository_is_what_the_models_say() -> None:
    made = make_document(make_app())
    assert json.loads(FILE.read_text(encoding="utf-8")) == made, "python -m functions.openapi writes it anew"


def test_what_asks_nobody_says_so_and_everything_else_names_every_way_to_be_refused() -> None:
    app = make_app()
    names = {endpoint for endpoint, _, _ in endpoints(app)}
    assert {name for name in names if operation_of(function_of(app, name)).public} == PUBLIC
    document = json.loads(FILE.read_text(encoding="utf-8"))
    responses = document["components"]["responses"]
    assert {*map(str, REFUSALS)} <= set(responses)
    for operation in operations(document):
        answers = set(operation["responses"])
        if "5XX" in answers:
            answers |= {status for status in responses if re.fullmatch(r"5\d\d", status)}
        if operation["operationId"] not in PUBLIC:
            assert {*map(str, REFUSALS)} <= answers, operation["operationId"]
        assert operation["summary"], operation["operationId"]


def test_what_operations_share_is_written_once() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count("the model's quota is used up") == 1
    count = sum(1 for _ in operations(json.loads(text)))
    assert len(text) / count <= 2_400  # bytes an operation; 5,100 when everything was written out


def test_a_comparison_follows_references_and_finds_what_is_lost() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert lost_promises(document, document) == []
    less = json.loads(FILE.read_text(encoding="utf-8"))
    del less["paths"]["/api/search-runs/"]["get"]
    del less["components"]["schemas"]["Note"]["properties"]["author"]
    less["components"]["responses"]["404"]["description"] = ""
    lost = lost_promises(document, less)
    assert any(place == "GET /api/search-runs/" for place, *_ in lost)
    assert ("POST /api/candidates/{candidate_id}/notes/", "201 application/json.author", "type", "string") in lost
    assert any(promise[1:3] == ("404", "description") for promise in lost)


def test_the_document_is_openapi_3_1_and_its_schemas_are_json_schema() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    openapi_pydantic.OpenAPI.model_validate(document)
    ids = [operation["operationId"] for operation in operations(document)]
    assert len(ids) == len(set(ids)) > 30
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})


def test_the_document_and_its_page_are_shown_to_everybody_and_hold_no_address_of_others(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200 and answer.json == json.loads(FILE.read_text(encoding="utf-8"))
    page = client.get("/api/docs/")
    assert page.status_code == 200 and page.mimetype == "text/html"
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) == 4 and not [address for address in named if not address.startswith("/api/docs/")]
    for address in named:
        asset = client.get(address)
        assert asset.status_code == 200 and len(asset.data) > 100, address

    assert '"/api/openapi.json"' in client.get("/api/docs/start.js").text
    assert client.get("/api/docs/url.json").status_code == client.get("/api/docs/%2e%2e").status_code == 404
