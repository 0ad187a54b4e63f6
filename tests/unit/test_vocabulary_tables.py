"""The word lists are data: every file has its columns, no empty name and no name twice in a row."""

from __future__ import annotations

import pytest

from shared.vocabulary.tables import FOLDER, read_rows, read_words, split_names

# file -> its columns; what stands in the last one is names parted by `|`
COLUMNS = {
    "calendar": ("meaning", "names"),
    "cities": ("country", "city", "names"),
    "countries": ("country", "names"),
    "degrees": ("level", "names"),
    "employers": ("meaning", "names"),
    "labels": ("label", "names"),
    "languages": ("language", "names"),
    "role_skills": ("function", "specialty", "skills"),
    "search_stop_words": ("meaning", "words"),
    "sections": ("section", "names"),
    "skill_context": ("meaning", "words"),
    "skills": ("category", "skill", "aliases"),
    "study_fields": ("field", "names"),
    "title_crafts": ("meaning", "names"),
    "title_fields": ("meaning", "names"),
    "title_levels": ("meaning", "names"),
    "title_trades": ("meaning", "names"),
}
MAY_BE_EMPTY = {"cities", "skills", "countries"}  # a thing with one name only


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_row_of_a_word_list_has_its_columns_and_names(name: str) -> None:
    header = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert tuple(header.split("\t")) == COLUMNS[name]
    for row in read_rows(name):
        assert len(row) == len(COLUMNS[name]), row
        names = split_names(row[-1])
        assert names or name in MAY_BE_EMPTY, row
        assert all(each == each.strip() and each for each in names), row
        assert all(cell for cell in row[:-1]), row


def test_a_rule_of_titles_has_a_score_its_needs_and_roles() -> None:
    for score, needs, roles in read_rows("title_rules"):
        assert 0 < float(score) <= 4
        assert needs and roles


def test_a_key_that_a_file_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_words("calendar", "month_13")


def test_every_word_list_at_the_top_of_the_folder_is_read_by_somebody() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in FOLDER.parents[1].rglob("*.py"))
    unread = [file.stem for file in FOLDER.glob("*.tsv") if f'"{file.stem}"' not in code]
    assert unread == []
