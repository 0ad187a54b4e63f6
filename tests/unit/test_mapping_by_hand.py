"""The order of dates is decided by column; what is not understood is named; a person may map it, once per header."""

from __future__ import annotations

import io

import pytest
from conftest import Importer, people

from shared.errors import InvalidRequest
from shared.imports.undo import undo_import
from shared.ports import Ports
from shared.reading.exports.dialects import dialects
from shared.reading.exports.open import Export, Row, open_export
from shared.reading.exports.rows import read_row


def opened(text: str, **options: object) -> Export:
    return open_export(io.BytesIO(text.encode()), "people.csv", **options)  # type: ignore[arg-type]


def applied(export: Export) -> list[str]:
    rows = [row for row in export.records() if isinstance(row, Row)]
    return [read_row(export.columns, row.cells)["application"]["applied_at"][:10] for row in rows]


def test_one_date_proves_the_order_of_its_column() -> None:
    export = opened("Name,Date Applied\nVera Holm,04/02/2025\nOle Brand,04/19/2025\n")
    assert applied(export) == ["2025-04-02", "2025-04-19"]
    assert not export.warnings
    export = opened("Name,Date Applied\nVera Holm,04/02/2025\nOle Brand,19/04/2025\n")
    assert applied(export) == ["2025-02-04", "2025-04-19"]


def test_the_proof_may_stand_far_below() -> None:
    rows = "Vera Holm,04/02/2025\n" * 900
    assert applied(opened(f"Name,Date Applied\n{rows}Ole Brand,04/19/2025\n"))[0] == "2025-04-02"


def test_another_column_of_dates_is_a_proof_too() -> None:
    export = opened("Name,Date Applied,Created At\nVera Holm,04/02/2025,03/30/2025\n")
    assert applied(export) == ["2025-04-02"]


@pytest.mark.parametrize("place", ["Austin,TX,78701,", ",,,United States"])
def test_places_in_the_united_states_say_month_first(place: str) -> None:
    export = opened(f"Name,City,State,Zip,Country,Date Applied\nVera Holm,{place},04/02/2025\n")
    assert applied(export) == ["2025-04-02"]


def test_without_any_proof_the_day_is_first_and_a_warning_says_so() -> None:
    text = "Name,Date Applied\nVera Holm,04/02/2025\n"
    export = opened(text)
    assert applied(export) == ["2025-02-04"]
    assert ["Date Applied" in warning and "--dates mdy" in warning for warning in export.warnings] == [True]
    export = opened(text, dates="mdy")
    assert applied(export) == ["2025-04-02"]
    assert not export.warnings


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("vera@example.org", "e-mail addresses"),
        ("https://www.linkedin.com/in/vera-holm", "LinkedIn profiles"),
        ("2025-04-19", "dates"),
        ("word " * 90, "long text"),
    ],
)
def test_a_column_that_is_not_understood_is_named_by_what_it_holds(cell: str, kind: str) -> None:
    (warning,) = opened(f"Name,Kontaktfeld\nVera Holm,{cell}\nOle Brand,\n").warnings
    assert "“Kontaktfeld”" in warning
    assert kind in warning
    assert "--map" in warning


def test_numbers_that_a_spreadsheet_shortened_are_named() -> None:
    (warning,) = opened("Name,Phone\nVera Holm,4.36600E+11\n").warnings
    assert "“Phone”" in warning


def test_a_mapping_by_hand_is_used_and_remembered_for_the_header(take: Importer, ports: Ports) -> None:
    first = take("Name,Kontaktfeld\nVera Holm,vera@example.org\n", mapping={"Kontaktfeld": "email"})
    assert first.mapping["Kontaktfeld"] == "email"
    second = take("Kontaktfeld,Name\nole@example.org,Ole Brand\n")
    assert second.mapping["Kontaktfeld"] == "email"
    assert people(ports)["Ole Brand"]["person"]["emails"] == ["ole@example.org"]
    other = take("Name,Kontaktfeld,City\nIda Kern,ida@example.org,Graz\n")
    assert "Kontaktfeld" not in other.mapping
    undo_import(ports, first.id)
    assert "Vera Holm" not in people(ports)


@pytest.mark.parametrize("mapping", [{"Kontaktfeld": "e-post"}, {"No such column": "email"}])
def test_a_mapping_of_nothing_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest):
        opened("Name,Kontaktfeld\nVera Holm,vera@example.org\n", by_hand=mapping)


def test_a_protected_column_cannot_be_mapped() -> None:
    with pytest.raises(InvalidRequest):
        opened("Name,Gender\nVera Holm,x\n", by_hand={"Gender": "headline"})


def test_a_file_that_only_a_mapping_makes_readable_can_be_undone(take: Importer, ports: Ports) -> None:
    text = "Wer,Email\nVera Holm,vera@example.org\n"
    first = take(text, mapping={"Wer": "name"})
    second = take(text)
    assert (first.counts.created, second.counts.unchanged) == (1, 1)
    assert undo_import(ports, first.id)["kept_by_other_imports"] == 1


def test_a_dialect_is_known_by_its_headers_and_decides_what_no_cell_proves() -> None:
    text = "Prospect ID,Name,Workflow Stage,Date Applied\np1,Vera Holm,Interview,04/02/2025\n"
    export = opened(text)
    assert export.dialect == "JazzHR"
    assert applied(export) == ["2025-04-02"]
    assert not [warning for warning in export.warnings if "order of its dates" in warning]
    assert opened("Name,Date Applied\nVera Holm,2025-04-02\n").dialect is None


def test_every_dialect_is_recognized_by_its_own_headers() -> None:
    for dialect in dialects():
        header = ["Name", *sorted(dialect.headers)]
        assert opened(",".join(header) + "\nVera Holm" + "," * len(dialect.headers) + "\n").dialect == dialect.name
        assert dialect.dates in (None, "mdy", "dmy")


def test_years_and_a_status_beside_a_stage_are_kept_as_written() -> None:
    export = opened("Name,Years of Experience,Status,Stage\nVera Holm,9,Active,Onsite\n")
    (row,) = [row for row in export.records() if isinstance(row, Row)]
    assert read_row(export.columns, row.cells)["extra"] == {"Years of Experience": "9", "Status": "Active"}
