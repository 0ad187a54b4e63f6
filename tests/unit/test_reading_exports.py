"""Export files in every dialect, sound and broken."""

import csv
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from shared.errors import UnreadableFile
from shared.reading.exports.open import Export, Reject, Row, open_export

ATS = Path(__file__).parents[1] / "fixtures" / "ats"
HEAD = "Name,Email,Tags\n"


def opened(content: bytes | str, filename: str = "export.csv") -> Export:
    raw = content.encode() if isinstance(content, str) else content
    return open_export(io.BytesIO(raw), filename)


def cells(content: bytes | str) -> list[list[str]]:
    found = list(opened(content).records())
    assert all(isinstance(row, Row) for row in found)
    return [row.cells for row in found if isinstance(row, Row)]


def broken(name: str) -> list[Row | Reject]:
    return list(opened((ATS / "variants" / name).read_bytes(), name).records())


def names(found: list[Row | Reject]) -> list[str]:
    return [row.cells[0] for row in found if isinstance(row, Row)]


@pytest.mark.parametrize("expected", sorted(ATS.rglob("*.expected.json")), ids=lambda path: path.name)
def test_every_sound_file_gives_as_many_records_as_were_written(expected: Path) -> None:
    path = expected.with_name(expected.name.removesuffix(".expected.json"))
    found = broken(path.name) if path.parent.name == "variants" else list(opened(path.read_bytes()).records())
    assert [row.number for row in found] == list(range(1, json.loads(expected.read_text())["data_records"] + 1))
    assert all(isinstance(row, Row) for row in found)


def test_an_empty_file_is_refused_because_it_has_no_header() -> None:
    with pytest.raises(UnreadableFile, match=r"empty\.csv: the file is empty, so there is no header"):
        broken("empty.csv")


def test_a_header_alone_is_no_records_and_no_error() -> None:
    assert broken("header_only.csv") == []


def test_a_missing_name_column_is_named_with_the_headers_that_were_seen() -> None:
    with pytest.raises(UnreadableFile, match=r"required column Name .* found “Email”, “Phone”"):
        broken("no_name_column.csv")


def test_short_rows_are_padded_and_long_ones_rejected_with_their_line() -> None:
    found = broken("ragged.csv")
    assert names(found) == ["Ann Good", "Short Row", "Bea Good"]
    assert found[2] == Reject(3, 4, "14 cells under 12 headers")


def test_a_bare_quote_inside_a_cell_stays_part_of_it() -> None:
    assert names(broken("bare_quote.csv")) == ['Dwayne "Rock" Johnsen', "Cy Good"]


def test_an_unterminated_quote_rejects_what_it_swallowed_line_by_line() -> None:
    first, second, third = broken("unterminated_quote.csv")
    assert isinstance(first, Row) and first.cells[0] == "Di Good"
    assert second == Reject(2, 3, "a quote is opened and never closed")
    assert third == Reject(3, 4, "inside the quote opened on line 3")


def test_bytes_that_are_not_utf8_are_read_as_windows_1252() -> None:
    assert names(broken("bad_utf8.csv")) == ["José Latin", "Fay Good"]


def test_one_bad_byte_in_a_utf8_file_does_not_spoil_the_others() -> None:
    export = opened((HEAD + "Łukasz Żak,a@x.de,\nЕкатерина,b@x.de,\n").encode() + b"Jos\xe9 Latin,c@x.de,\n")
    assert names(list(export.records())) == ["Łukasz Żak", "Екатерина", "José Latin"]
    assert export.warnings == ["1 bytes are not UTF-8 and were read as Windows-1252"]


def test_nul_bytes_are_dropped() -> None:
    assert names(broken("nul_bytes.csv")) == ["Gil Nul", "Hal Good"]


def test_of_two_columns_with_one_header_the_first_counts_and_the_clash_is_reported() -> None:
    export = opened((ATS / "variants" / "duplicate_header.csv").read_bytes())
    assert export.columns.indexes["email"] == (1,)
    assert export.warnings == ["column 3 repeats “Email” (column 2); the first one counts"]


def test_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"png_named\.csv: this is a PNG picture"):
        broken("png_named.csv")


def test_random_bytes_and_foreign_archives_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="not text"):
        opened(bytes(range(256)) * 8)
    with pytest.raises(UnreadableFile, match="damaged archive"):
        opened(b"PK\x03\x04 nothing here")


def test_old_mac_line_ends_are_line_ends() -> None:
    assert names(broken("cr_only.csv")) == ["Jo Mac", "Kit Mac"]


def test_a_sep_line_names_the_delimiter() -> None:
    assert cells("sep=;\r\nName;Email\r\nAnn, Dr.;a@x.de\r\n") == [["Ann, Dr.", "a@x.de"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_recognised_by_the_headers_it_makes(delimiter: str) -> None:
    text = f"Name{delimiter}Email{delimiter}Tags\nAnn{delimiter}a@x.de{delimiter}x\n"
    export = opened(text)
    assert (export.delimiter, export.header) == (delimiter, ("Name", "Email", "Tags"))


def test_a_header_below_instructions_is_found_and_what_stands_above_is_no_record() -> None:
    text = 'How to use this template\n\n"Fill in,\nthen send",,\n' + HEAD + 'Ann,a@x.de,x\n"Bo\nLee",b@x.de,\n"C,c@x.de'
    first, second, third = opened(text).records()
    assert (first, second) == (Row(1, ["Ann", "a@x.de", "x"]), Row(2, ["Bo\nLee", "b@x.de", ""]))
    assert third == Reject(3, 9, "a quote is opened and never closed")


def test_a_quote_closed_by_a_later_record_costs_only_its_own_line() -> None:
    text = HEAD + '"Never Closed,x@x.de,\nAnn,a@x.de,\n"Lee, Bo",b@x.de,"t, u"\nCy,c@x.de,\n'
    found = list(opened(text).records())
    assert found[0] == Reject(1, 2, "a quote is opened and not closed properly")
    assert names(found) == ["Ann", "Lee, Bo", "Cy"]
    assert [row.number for row in found] == [1, 2, 3, 4]


def test_the_rest_of_a_damaged_record_never_becomes_a_person() -> None:
    text = HEAD + 'Ann,a@x.de,"he said "yes\nand left" twice\nLed the team" now\nBo,b@x.de,\n'
    assert names(list(opened(text).records()))[-1] == "Bo"
    assert "Led the team" not in " ".join(names(list(opened(text).records())))


def test_inner_quotes_nobody_doubled_are_kept_when_the_record_is_otherwise_whole() -> None:
    assert names(list(opened(HEAD + '"Ann "Ace" Lee",a@x.de,\n').records())) == ['Ann "Ace" Lee']


def test_many_damaged_records_in_a_row_are_each_reported() -> None:
    found = list(opened(HEAD + '"A" b "c,x\n' * 3000 + "Bo,b@x.de,\n").records())
    assert len(found) == 3001
    assert names(found) == ["Bo"]


def test_reading_from_a_number_passes_over_the_earlier_records() -> None:
    export = opened(HEAD + 'A,,\nB,,\n"C\nc",,\nD,,\n')
    assert list(export.records(3)) == list(export.records())[2:]
    assert [row.number for row in export.records(3)] == [3, 4]


def test_a_cell_of_megabytes_is_a_cell() -> None:
    assert len(cells(HEAD + f"Ann,a@x.de,{'word ' * 400_000}\n")[0][2]) == 2_000_000


def test_utf16_without_a_mark_is_recognised() -> None:
    text = "Name\tEmail\nZoë Groß\tz@x.de\n"
    assert cells(text.encode("utf-16-le")) == cells(text.encode("utf-16")) == [["Zoë Groß", "z@x.de"]]


def workbook(*rows: list[object], sheet: str = "People") -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["Read me first"])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_whatever_it_is_called() -> None:
    content = workbook(
        ["Export"], ["Name", "Phone", "Disqualified"], ["Ann", 4930123, False], [], ["Bo", None, True], []
    )
    export = opened(content, "export.csv")
    assert export.header[:3] == ("Name", "Phone", "Disqualified")
    rows = [row.cells[:3] for row in export.records() if isinstance(row, Row)]
    assert rows == [["Ann", "4930123", "no"], ["", "", ""], ["Bo", "", "yes"]]
    assert [row.number for row in export.records(2)] == [2, 3]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for records in (2_000, 20_000):
        path = tmp_path / f"{records}.csv"
        path.write_text(HEAD + "Ann Example,ann@example.com,a long enough tag to weigh something\n" * records)
        with path.open("rb") as stream:
            export = open_export(stream, path.name)
            tracemalloc.start()
            assert sum(1 for _ in export.records()) == records
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=3, max_size=3), max_size=8))
def test_what_a_csv_writer_wrote_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["Name", "Email", "Tags"], *rows])
    assert cells(text.getvalue()) == rows


@given(st.text(alphabet='ab",;\n\r |é', max_size=200))
def test_no_text_below_a_header_crashes_and_the_numbers_have_no_gaps(body: str) -> None:
    found = list(opened(HEAD + body).records())
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    assert all(len(row.cells) == 3 for row in found if isinstance(row, Row))


@pytest.mark.parametrize("end", [b"\xd8", b"J\xc3", b"\xe6\x9d", b"\xf0\x9f\x98"])
def test_a_file_cut_within_a_character_is_read_to_its_end(end: bytes) -> None:
    export = open_export(io.BytesIO(b"Name,Email\nJane Roe,jane@example.org\n" + end), "cut.csv")
    assert len(list(export.records())) == 2
    assert export.warnings


@pytest.mark.parametrize("line", ["words, with a comma\n", "one, two, three\n\n"])
def test_a_cell_that_is_far_too_large_costs_its_own_record_only(line: str) -> None:
    letter = line * (9_000_000 // len(line))
    text = f'Name,Email,Notes\nVera Holm,vera@example.org,"{letter}"\nOle Brand,ole@example.org,"a ""quoted"" word"\n'
    first, second = opened(text.encode()).records()
    assert isinstance(first, Reject)
    assert (first.number, first.line) == (1, 2)
    assert "characters" in first.reason
    assert second == Row(2, ["Ole Brand", "ole@example.org", 'a "quoted" word'])


def test_rows_behind_a_stray_quote_are_not_taken_for_one_large_cell() -> None:
    rows = "Ole Brand,ole@example.org,ok\n" * 300_000
    text = f'Name,Email,Notes\nVera Holm,vera@example.org,"stray\n{rows}Ida Kern,ida@example.org,"also stray\n'
    records = opened(text.encode()).records()
    assert isinstance(next(records), Reject)
    assert next(records) == Row(2, ["Ole Brand", "ole@example.org", "ok"])
