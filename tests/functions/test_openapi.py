"""openapi.json is what the app does: every route is in it, made from the models, and the page needs nobody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from parts import process
from parts.process import make_app
from werkzeug.test import Client

from functions.api.openapi import FILE
from functions.api.routes import PUBLIC
from functions.openapi.document import endpoints, make_document
from functions.openapi.operation import EVERY
from functions.openapi.table import OPERATIONS
from shared.config import Settings


@pytest.fixture
def client(tmp_path: Path) -> Client:
    process.use(Settings(home=tmp_path, identity="local"))
    return make_app().test_client()


def test_every_route_is_described_and_no_other() -> None:
    assert {endpoint for endpoint, _, _ in endpoints(make_app())} == set(OPERATIONS)


def test_the_file_in_the_repository_is_what_the_models_say() -> None:
    made = make_document(make_app(), OPERATIONS)
    assert json.loads(FILE.read_text(encoding="utf-8")) == made, "python -m functions.openapi writes it anew"


def test_what_asks_nobody_says_so_and_everything_else_names_every_way_to_be_refused() -> None:
    assert {name for name, operation in OPERATIONS.items() if operation.public} == PUBLIC
    document = json.loads(FILE.read_text(encoding="utf-8"))
    for path, item in document["paths"].items():
        for operation in item.values():
            if operation["operationId"] not in PUBLIC:
                assert {*map(str, EVERY)} <= set(operation["responses"]), path
            assert operation["summary"], path


def test_the_document_is_openapi_3_1_and_its_schemas_are_json_schema() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
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
