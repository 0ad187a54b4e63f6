"""The core says what it takes and gives: no signature takes or gives a document as a dict of anything."""

from __future__ import annotations

import pytest
from loose_types import CORE, loose_annotations, loose_in


@pytest.mark.parametrize("folder", CORE)
def test_no_signature_of_the_core_is_loose(folder: str) -> None:
    assert loose_in(folder) == []


LOOSE = """
Alias = dict[str, Any]

class Report:
    row: Mapping[str, object]
    count: int

    def read(self, data: Data, *, rows: list[Stored]) -> object:
        local: dict[str, Any] = {}

def typed(data: CandidateDocument, kind: Collection[D], rows: list[Stored[D]]) -> JsonValue: ...
"""


def test_parameters_answers_fields_and_aliases_are_looked_at() -> None:
    found = [name for _, name in loose_annotations(LOOSE)]
    assert sorted(found) == ["Alias", "Report.row", "read ->", "read(data)", "read(rows)"]
