"""The whole specification asked at random, as each role: no server error, and no answer that is not documented.

SHORTLIST_EXAMPLES says how many requests a role makes of each operation.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from parts.role_api import ROLES, RoleApi, fill, role_api
from schemathesis.specs.openapi import checks

pytestmark = [
    pytest.mark.integration,
    # The app's own threads draw from `random` while a request is made up, which is then said of the strategy.
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
]

EXAMPLES: Final = int(os.environ.get("SHORTLIST_EXAMPLES", "4"))
CHECKS: Final = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)
QUIET: Final = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
answered: Counter[tuple[str, int]] = Counter()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoleApi]:
    with role_api(tmp_path_factory.mktemp("home")) as made:
        fill(made)
        yield made


@pytest.mark.parametrize("who", list(reversed(ROLES)))  # administrators, who may delete, come last
def test_every_operation_answers_what_it_promises_whatever_it_is_asked(api: RoleApi, who: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", api.client.application)
    wrong: dict[str, str] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        for error in ask(api, who, operation):
            wrong[operation.label] = f"{type(error).__name__}: {error}"[:1500]
    assert not wrong, "\n\n".join(f"{label}\n{said}" for label, said in wrong.items())


def ask(api: RoleApi, who: str, operation: Any) -> list[Exception]:
    """Ask one operation at random, every other time about records that exist; return what was wrong.

    Nothing is raised: records change between two requests, so the same one may fail once only.
    """
    wrong: list[Exception] = []
    right, bad = (operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode)

    @given(case=st.one_of(right, right, bad), known=st.booleans(), seed=st.integers(0, 1000))
    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=QUIET)  # fmt: skip
    def once(case: Any, known: bool, seed: int) -> None:
        if known:
            name_records(api, case, random.Random(seed))
        case.headers.pop("X-Api-Key", None)  # made up; it would win over the token
        if isinstance(case.query, dict) and case.query.get("wait"):
            case.query["wait"] = "0"  # seconds; whether they are waited is not asked here
        try:
            response = case.call(headers={"Authorization": f"Bearer {api.tokens[who]}"})
            answered[(who, response.status_code)] += 1
            held = response.status_code == 503 and "Retry-After" in response.headers  # somebody works on the record
            case.validate_response(response, checks=CHECKS[1:] if held else CHECKS)
        except Exception as error:
            wrong.append(error)

    once()
    return wrong


def name_records(api: RoleApi, case: Any, chance: random.Random) -> None:
    """Put ids that exist wherever the request has ids."""
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            for name in place:
                if name in api.ids:
                    place[name] = chance.choice(api.ids[name])


def test_every_role_was_answered_and_refused() -> None:
    print(f"\n{sum(answered.values())} requests: {dict(sorted(answered.items()))}")
    for who in ROLES:
        good = sum(count for (role, status), count in answered.items() if role == who and status < 300)
        refused = sum(count for (role, status), count in answered.items() if role == who and 400 <= status < 500)
        assert good and refused, who
