"""The verbs that find people, as a recruiter types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from parts.terminal import ask_here, typed

SAMPLES = Path(__file__).parents[2] / "samples" / "candidates.csv"
TEXT = "senior backend engineer"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert typed(home, "import", str(SAMPLES)).returncode == 0
    assert typed(home, "classify").returncode == 0
    return home


def test_why_says_where_somebody_stands_and_what_would_change_it(home: Path) -> None:
    last = ask_here(home, "search", TEXT, "--top-k", "5")["results"][-1]["candidate_id"]
    told = ask_here(home, "why", TEXT, last, "--top-k", "2")
    assert (told["rank"], told["in_results"]) == (5, False)
    shown = typed(home, "why", TEXT, last, "--where", "level=vp").stdout
    assert "filter level drops them" in shown and "smallest change: without filter level=vp: rank 5" in shown


def test_like_never_names_the_person_themself(home: Path) -> None:
    first = ask_here(home, "search", TEXT)["results"][0]["candidate_id"]
    alike = [hit["candidate_id"] for hit in ask_here(home, "like", first)["results"]]
    assert len(alike) == 10 and first not in alike


def test_an_unknown_person_and_words_that_cannot_be_read_are_one_line(home: Path) -> None:
    for words in (("why", TEXT, "nobody"), ("like", "nobody"), ("search", TEXT, "--words", "(a")):
        result = typed(home, *words)
        assert result.returncode == 2 and result.stderr.count("\n") == 1


def test_an_emptied_list_says_what_to_relax(home: Path) -> None:
    shown = typed(home, "search", TEXT, "--words", "zyzzyva").stdout
    assert "nobody found" in shown and "without filter words: " in shown
