"""The core says what it takes and gives: how many signatures do not is counted a folder, and only ever goes down."""

from __future__ import annotations

import pytest
from loose_types import CORE, loose_annotations, loose_in

# Folder -> signatures that take or give a document as a dict of anything. Lower a number whenever it has become lower.
LEFT = {"access": 3}


@pytest.mark.parametrize("folder", CORE)
def test_no_more_signatures_of_the_core_are_loose(folder: str) -> None:
    found = loose_in(folder)
    assert len(found) <= LEFT.get(folder, 0), "\n".join(found)


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
