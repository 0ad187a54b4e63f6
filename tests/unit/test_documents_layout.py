"""Words come in the order a person reads them."""

from __future__ import annotations

import importlib.util
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from shared.reading.documents.bidi import logical
from shared.reading.documents.limits import Limits
from shared.reading.documents.pdf.layout import lines_of
from shared.reading.documents.pdf.reader import read_pdf
from shared.reading.documents.plain import decode
from shared.reading.documents.words import HYPHEN, Word


def generator() -> ModuleType:
    path = Path(__file__).parents[1] / "fixtures" / "gen" / "hard_pdfs.py"
    spec = importlib.util.spec_from_file_location("hard_pdfs", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(left: float, bottom: float, text: str) -> list[Word]:
    """The words of a line in letters five points wide and eight high."""
    words = []
    for word in text.split():
        words.append(Word(word, left, bottom - 8, left + 5 * len(word), bottom))
        left += 5 * len(word) + 3
    return words


@pytest.mark.parametrize("seed", range(6))
def test_hard_two_column_pages_keep_their_words_and_their_order(seed: int) -> None:
    content, pages = generator().hard_pdf(seed)
    truth = [word for page in pages for text in page for word in text.split()]
    seen = read_pdf(content, Limits()).text.split()
    assert Counter(seen) == Counter(truth)
    assert (Counter(pairwise(truth)) & Counter(pairwise(seen))).total() >= 0.97 * (len(truth) - 1)


def test_a_heading_over_two_columns_comes_first_and_a_footer_last() -> None:
    words = line(50, 40, "Jane Roe, engineer of everything that can be built in this very long line of a page")
    for row in range(5):
        words += line(50, 80 + 14 * row, f"left {row} some words") + line(300, 80 + 15 * row, f"right {row} some words")
    words += line(50, 200, "jane@example.org and a telephone number and an address in a line across the whole page")
    found = [text for text in lines_of(words, 595) if text]
    assert found[0].startswith("Jane") and found[-1].startswith("jane@")
    assert [text.split()[0] for text in found[1:-1]] == ["left"] * 5 + ["right"] * 5


def test_dates_on_the_right_stay_with_their_line() -> None:
    words = []
    for row, year in enumerate((2012, 2015, 2019, 2023)):
        words += line(50, 80 + 60 * row, f"Engineer {row}") + line(480, 80 + 60 * row, f"{year} to {year + 2}")
        words += line(50, 94 + 60 * row, "Built one thing and another and a third one")
        words += line(50, 108 + 60 * row, "and told everybody about it at length")
    assert "Engineer 2\t2019 to 2021" in lines_of(words, 595)


def test_a_word_cut_at_a_line_end_is_joined_and_an_address_keeps_its_hyphen() -> None:
    words = [*line(50, 50, f"manage{HYPHEN}"), *line(50, 64, "ment at https://a.example/anna" + HYPHEN)]
    words += line(50, 78, "roe always")
    assert lines_of(words, 595) == ["management", "at https://a.example/anna-roe", "always"]


def test_hebrew_and_arabic_lines_are_turned_and_their_numbers_are_not() -> None:
    assert logical("2013 – 2017", from_right=True) == "2017 – 2013"
    assert logical(".Acme Inc ,גומלא לכימ", from_right=True) == "מיכל אלמוג, Acme Inc."
    assert logical("Name: גומלא לכימ (x)", from_right=False) == "Name: מיכל אלמוג (x)"
    assert logical("(םא תפש) תירבע", from_right=True) == "עברית (שפת אם)"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Jan Nowak\nDoświadczenie zawodowe\nKsięgowy, Łódź. Wykształcenie: żółć"),
        ("cp1251", "Иван Иванов\nОпыт работы\nМенеджер по продажам"),
        ("cp1252", "José García\nExperiencia\nSão Paulo, Müller"),
        ("cp1253", "Γιώργος Παπαδόπουλος\nΕμπειρία\nΑθήνα"),
        ("cp1254", "Ayşe Yılmaz\nİş deneyimi\nKıdemli tasarımcı, İstanbul; eğitim"),
        ("cp1256", "نور منصور\nالخبرة المهنية"),
        ("cp932", "斎藤太郎\nシニアエンジニア\n職務経歴 東京"),
        ("cp949", "김철수\n경력 서울 데이터 과학자"),
        ("gb18030", "王伟\n高级工程师\n工作经历 北京"),
        ("utf-16", "Jane Roe"),
        ("utf-16-le", "Jane Roe, Engineer"),
    ],
)
def test_text_is_decoded_in_the_letters_it_was_saved_in(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text
