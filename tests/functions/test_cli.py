"""The terminal: what is printed, which exit code, nothing written by a wrong call."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from parts.terminal import ROOT, ask, ask_here, shortlist, typed

from terminal import run_text

EXPORT = ROOT / "tests" / "fixtures" / "ats" / "ats_export.csv"
SMALL = ROOT / "tests" / "fixtures" / "ats" / "variants" / "semicolon_cp1252.csv"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small export brought to ready."""
    home = tmp_path_factory.mktemp("worked")
    ask(home, "import", SMALL)
    ask(home, "run")
    return home


@pytest.mark.parametrize(
    "words",
    [
        ("imports",),
        ("uploads",),
        ("pools",),
        ("stats",),
        ("plan",),
        ("failures",),
        ("retry",),
        ("run",),
        ("classify",),
        ("enrich",),
        ("embed",),
        ("dedupe",),
        ("dedupe", "--dry-run"),
        ("search", "backend engineer"),
    ],
)
def test_every_verb_works_on_an_empty_home(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert typed(tmp_path / "new", *words).returncode == 0
    assert isinstance(ask_here(tmp_path / "new", *words), dict)


def test_a_run_says_why_a_stage_was_skipped(tmp_path: Path) -> None:
    typed(tmp_path, "import", str(SMALL))
    number = ask_here(tmp_path, "stats")["total"]
    said = typed(tmp_path, "run").stdout.splitlines()
    assert f"  match       {number} skipped (no job is open in this pool)" in said


def test_several_reasons_are_counted_apart() -> None:
    did = {"done": 1, "failed": 0, "skipped": 3, "unchanged": 0, "why_skipped": {"no title": 2, "too short": 1}}
    value = {"stages": {"embed": did}, "total": 4, "awaiting": {"ready": 4}, "seconds": 0.1}
    assert "  embed       1 done, 3 skipped (2 no title; 1 too short)" in run_text(value).splitlines()


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    """Most tests here run verbs in their own process, for speed: that is what really happens."""
    for words in (("stats", "--json"), ("import", "nowhere.csv"), ("search", "engineer", "--top-k", "0")):
        real, here = shortlist(tmp_path, *words), typed(tmp_path, *words)
        assert (real.returncode, real.stdout, real.stderr) == (here.returncode, here.stdout, here.stderr)


@pytest.mark.parametrize("words", [("stats",), ("show", "nobody"), ("erase", "nobody", "--yes"), ("plan",)])
def test_a_verb_leaves_no_file_of_its_home_open_however_it_ends(tmp_path: Path, words: tuple[str, ...]) -> None:
    typed(tmp_path, *words)
    held = [file.path for file in psutil.Process().open_files()]
    assert [path for path in held if path.startswith(f"{tmp_path}/shortlist.db")] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", ""), "empty"),
        (("search", "engineer", "--weights", "skill=0.5"), "1"),
        (("search", "engineer", "--weights", "charm=1"), "charm"),
        (("search", "engineer", "--weights", "skill"), "skill=.5"),
        (("search", "engineer", "--where", "shoe=9"), "shoe"),
        (("search", "engineer", "--where", "level"), "FIELD=VALUE"),
        (("search", "engineer", "--where", "level=boss"), "boss"),
        (("search", "engineer", "--top-k", "0"), "top_k"),
        (("search", "--job-file", "nowhere.txt"), "nowhere.txt"),
        (("import", "nowhere.csv"), "nowhere.csv"),
        (("import", str(SMALL), "--pool", "a/b"), "pool"),
        (("pools", "--add", "a/b"), "pool"),
        (("import", str(SMALL.with_name("empty.csv"))), "empty"),
        (("import", str(SMALL.with_name("png_named.csv"))), "PNG"),
        (("import", str(SMALL.with_name("no_name_column.csv"))), "Name"),
        (("import", str(SMALL), "--limit", "0"), "--limit"),
        (("undo", "nothing"), "nothing"),
        (("show", "nobody"), "nobody"),
        (("merge", "a", "b"), "a"),
        (("split", "a"), "a"),
        (("export",), "--format"),
        (("fly",), "fly"),
    ],
)
def test_a_wrong_call_is_one_clear_line_exit_code_two_and_nothing_written(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = typed(tmp_path / "new", *words)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    stats = ask_here(tmp_path / "new", "stats")
    assert stats["total"] == stats["sources"] == 0
    assert ask_here(tmp_path / "new", "imports") == {"imports": []}


def test_import_prints_counts_that_add_up_in_the_order_people_read_them(tmp_path: Path) -> None:
    counts = ask(tmp_path, "import", EXPORT)
    first = ["import_id", "rows", "created", "merged", "unchanged", "skipped", "rejected", "flagged"]
    assert list(counts)[: len(first)] == first
    parts = sum(counts[name] for name in ("created", "merged", "unchanged", "rejected"))
    assert parts + sum(counts["skipped"].values()) == counts["rows"] == 500
    assert (counts["created"], counts["merged"], counts["flagged"]) == (398, 55, 10)


def test_a_dry_run_and_a_mapping_write_nothing(tmp_path: Path) -> None:
    preview = ask_here(tmp_path, "import", EXPORT, "--dry-run", "--limit", "20")
    assert preview["rows"] == 20 and preview["changes"] and preview["mapping"]["Email"] == "email"
    mapping = ask_here(tmp_path, "import", EXPORT, "--mapping")
    assert mapping["mapping"]["Social profiles"] == "social"
    assert "Social profiles" in typed(tmp_path, "import", EXPORT, "--mapping").stdout
    assert "first changes" in typed(tmp_path, "import", EXPORT, "--dry-run", "--limit", "3").stdout
    assert ask_here(tmp_path, "stats")["sources"] == 0


def test_documents_list_their_sources_by_import_and_row(worked: Path) -> None:
    (imported,) = ask_here(worked, "imports")["imports"]
    done = typed(worked, "export", "--format", "jsonl")
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(documents) == imported["counts"]["created"]
    rows = [source["row"] for document in documents for source in document["sources"]]
    assert len(rows) == len(set(rows)) == imported["counts"]["created"] + imported["counts"]["merged"]
    assert all(source["import_id"] == imported["id"] for document in documents for source in document["sources"])
    assert not any("embedding" in document for document in documents)


def test_a_search_answers_in_the_published_shape(worked: Path) -> None:
    found = ask_here(worked, "search", "engineer", "--top-k", "2", "--weights", "skill=.6,experience=.4")
    assert set(found) >= {"results", "weights", "took_ms"}
    hit = found["results"][0]
    assert set(hit) >= {"candidate_id", "name", "current_title", "current_company", "score", "coverage", "factors"}
    assert set(hit["factors"]) == {"skill", "experience", "education", "location"}
    assert set(hit["factors"]["skill"]) >= {"score", "met", "missing", "evidence"}
    text = typed(worked, "search", "engineer", "--top-k", "2").stdout
    assert hit["name"] in text and "offline" in text


def test_one_person_can_be_shown_to_people_and_programs(worked: Path) -> None:
    hit = ask_here(worked, "search", "engineer", "--top-k", "1")["results"][0]
    shown = ask_here(worked, "show", hit["candidate_id"])
    assert shown["person"]["name"] == hit["name"] and shown["awaiting"] == "ready"
    assert hit["name"] in typed(worked, "show", hit["candidate_id"]).stdout


def test_a_stage_alone_leaves_the_next_ones_due(tmp_path: Path) -> None:
    ask(tmp_path, "import", SMALL)
    done = ask(tmp_path, "classify", "--limit", "5", "--batch-size", "2")
    assert done["stages"]["classify"]["done"] == 5
    assert done["awaiting"]["enrich"] == 5
    again = ask(tmp_path, "classify", "--limit", "3", "--force")
    assert again["stages"]["classify"]["done"] == 3


def test_cells_a_spreadsheet_would_compute_are_neutralised_in_csv_only(tmp_path: Path) -> None:
    csv_file = tmp_path / "formulas.csv"
    csv_file.write_text('Name,Email,Phone,Tags\n"=SUM(1+1)*cmd|A0",a@example.com,+1 555 0100,@SUM(1)\n')
    ask_here(tmp_path / "home", "import", csv_file)
    line = typed(tmp_path / "home", "export", "--format", "csv").stdout.splitlines()[1]
    assert "'=SUM" in line and "'+1 555 0100" in line and "'@SUM" in line
    (document,) = map(json.loads, typed(tmp_path / "home", "export", "--format", "jsonl").stdout.splitlines())
    assert document["person"]["phones"] == ["+1 555 0100"]


def test_undo_and_dedupe_speak_to_people(tmp_path: Path) -> None:
    imported = ask_here(tmp_path, "import", SMALL)["import_id"]
    assert "likely pairs" in typed(tmp_path, "dedupe").stdout
    assert "is undone" in typed(tmp_path, "undo", imported).stdout
    assert typed(tmp_path, "undo", imported).returncode == 2
    assert "undone" in typed(tmp_path, "imports").stdout


def test_help_is_there_for_every_verb(tmp_path: Path) -> None:
    listed = typed(tmp_path, "--help").stdout
    for verb in "import imports undo dedupe merge split classify enrich embed run plan stats failures retry".split():
        assert f"  {verb} " in listed
        assert "--json" in typed(tmp_path, verb, "--help").stdout


def test_a_wrong_setting_is_one_line_naming_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_WORKERS", "many")
    done = typed(tmp_path, "stats")
    assert done.returncode == 2 and "SHORTLIST_WORKERS" in done.stderr


def _heeds_ctrl_c() -> None:
    """Programs that a shell started in the background ignore it, and so would all they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Start a verb, press Ctrl-C as soon as it has written something new, and wait for its end."""
    before = ask_here(home, "stats")
    command = [sys.executable, "-m", "cli", "--home", str(home), *map(str, words)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, preexec_fn=_heeds_ctrl_c)
    while process.poll() is None and ask_here(home, "stats") == before:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def test_ctrl_c_stops_an_import_cleanly_and_the_same_command_goes_on(tmp_path: Path) -> None:
    rows = 40_000
    export = tmp_path / "people.csv"
    export.write_text("Name,Email\n" + "".join(f"Person {n},p{n}@example.com\n" for n in range(rows)))
    stopped = interrupted(tmp_path / "home", "import", export)
    assert stopped.returncode == 130
    assert "stopped" in stopped.stderr and "Traceback" not in stopped.stderr
    assert 0 < ask(tmp_path / "home", "stats")["total"] < rows
    done = ask(tmp_path / "home", "import", export)
    assert (done["rows"], done["created"], done["unchanged"]) == (rows, rows, 0)
    assert len(ask(tmp_path / "home", "imports")["imports"]) == 1


def test_ctrl_c_stops_the_stages_cleanly_and_run_goes_on(tmp_path: Path) -> None:
    ask(tmp_path, "import", EXPORT)
    stopped = interrupted(tmp_path, "run")
    assert stopped.returncode == 130
    assert "stopped" in stopped.stderr and "Traceback" not in stopped.stderr
    assert ask(tmp_path, "run")["awaiting"]["ready"] == 398
