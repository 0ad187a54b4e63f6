"""The API in one process, asked as any of the roles, over a home with something of every kind in it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Final

from fake_model import FakeModel
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from functions.api.routes import PUBLIC
from parts import process
from parts.api import Api, running
from parts.embedded import embedded
from shared.config import Settings
from shared.models.caller import Caller
from shared.pipeline.backlog import sweep
from shared.stages.table import ORDER

CV: Final = "Name: Ottilie Brandvik\nE-mail: ottilie.brandvik@example.com\nJob: Backend Engineer at Quillmark Bank\n"
EXPORT: Final = (
    "Name,Email,Phone,Social profiles,Job title,Experiences,Tags\n"
    "Ottilie Brandvik,ottilie.brandvik@example.com,+49 30 9017777,https://www.linkedin.com/in/ottilie-brandvik-77,"
    'Backend Engineer,"Backend Engineer at Quillmark Bank (Jan 2019 - Present)",python\n'
    "Casimir Okonjo,casimir.okonjo@example.com,+49 30 9018888,https://www.linkedin.com/in/casimir-okonjo-88,"
    'Nurse,"Nurse at Fernhill Clinic (Feb 2016 - Present)",care\n'
)
PRIVATE: Final = ("ottilie", "brandvik", "casimir", "okonjo", "9017777", "9018888", "quillmark", "fernhill",
                  "secretive backend", "export-of-acme")  # fmt: skip
JOB: Final = {"id": "J-1", "position": "Secretive backend engineer", "company": "Acme",
              "description": "A secretive backend engineer who knows Python and PostgreSQL."}  # fmt: skip
MINE: Final = "acme"  # the pool everything lies in
ROLES: Final[dict[str, Caller]] = {
    "admin": Caller(uid="boss"),
    "recruiter": Caller(uid="rita", role="recruiter", pools=(MINE,)),
    "stranger": Caller(uid="otto", role="recruiter", pools=("other",)),
    "foreign program": Caller(uid="key:2", role="service", pools=("other",)),
    "service": Caller(uid="key:1", role="service", pools=(MINE,)),
    "candidate": Caller(uid="cleo", role="candidate", candidate_id="c1"),
}
STRANGERS: Final = ("stranger", "foreign program", "candidate")


class RoleApi(Api):
    """The app, and what is in it: `ids` by what URLs call them."""

    def __init__(self, client: Client) -> None:
        super().__init__(client, ROLES)
        self.ids: dict[str, list[str]] = {}

    def rules(self) -> list[tuple[str, Rule]]:
        """Every method and rule that asks who is there, new ones too."""
        found = [(method, rule) for rule in self.client.application.url_map.iter_rules()
                 if rule.endpoint not in PUBLIC
                 for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]  # fmt: skip
        return sorted(found, key=lambda each: (str(each[1]), each[0]))

    def paths(self, rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every path of a rule with ids that exist, and those ids; an argument nobody knows is tried with all ids."""
        names = sorted(rule.arguments)
        everything = [id_ for ids in self.ids.values() for id_ in ids]
        known = {} if "/processing/" in str(rule) else self.ids  # whose jobs are imports, uploads and stages
        for chosen in product(*(known.get(name) or everything for name in names)):
            yield filled(rule, dict(zip(names, chosen, strict=True))), chosen

    def work(self) -> None:
        """Let everything that is due be done."""
        for _ in range(3):
            for kind in ORDER:
                sweep(process.ports(), kind)
            self.settle()


def filled(rule: Rule, values: dict[str, str]) -> str:
    """Return the rule's path with these ids."""
    path = str(rule)
    for name, value in values.items():
        for converter in ("", "path:", "string:"):
            path = path.replace(f"<{converter}{name}>", value)
    return path


@contextmanager
def role_api(home: Path, **settings: Any) -> Iterator[RoleApi]:
    """Yield the API over an empty home, with a fake model."""
    chosen = Settings(home=home, identity="local", rate_per_minute=0, **settings)
    with embedded(chosen, model=FakeModel()) as ports, running(chosen, ports) as client:
        yield RoleApi(client)


def fill(api: RoleApi) -> None:
    """Put something of every kind into the recruiter's pool and note its ids."""
    for pool in (MINE, "other"):
        _ok(api("admin", "POST", "/api/pools/", json={"name": pool}))
    _ok(api("admin", "PUT", "/api/members/rita/", json={"role": "recruiter", "pools": [MINE]}))
    key = _ok(api("admin", "POST", "/api/api-keys/", json={"name": "nightly", "pools": [MINE]})).json["id"]
    path = f"/imports?pool={MINE}&filename=export-of-acme.csv"
    imported = _ok(api("recruiter", "POST", path, data=EXPORT.encode())).json
    files = {"files": [(io.BytesIO(CV.encode()), "brandvik.txt"), (io.BytesIO(b"PK nothing"), "broken.docx")]}
    bulk = _ok(api("recruiter", "POST", f"/api/cv-documents/bulk/?pool={MINE}", data=files)).json
    job = _ok(api("recruiter", "POST", f"/api/jobs/?pool={MINE}", json=JOB)).json
    api.work()
    run = _ok(api("recruiter", "POST", "/api/search-runs/", json={"job_offer_text": "secretive backend"})).json
    store = process.ports().store
    held = {kind: [row.id for row in store.query(kind)] for kind in ("candidates", "documents", "items", "imports")}
    api.ids = {
        "candidate_id": held["candidates"],
        "document_id": held["documents"],
        "item_id": held["items"],
        "job_id": [job["id"]],
        "batch_id": [bulk["batch_id"]],
        "run_id": [run["id"]],
        "import_id": [imported.get("id") or held["imports"][0]],
        "key_id": [key],
        "uid": ["rita"],
    }


def _ok(answer: TestResponse) -> TestResponse:
    assert answer.status_code < 300, (answer.request.path, answer.status_code, answer.text)
    return answer


def documents(*without: str) -> str:
    """Return everything the store holds as one text, besides these collections."""
    from shared.models.collections import COLLECTIONS

    store = process.ports().store
    return json.dumps({kind: {row.id: row.data for row in store.query(kind)}
                       for kind in COLLECTIONS if kind not in without}, sort_keys=True)  # fmt: skip
