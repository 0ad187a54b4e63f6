"""What an import promises: every row ends somewhere, nobody is lost, nobody is mixed up."""

from __future__ import annotations

import io
import json
import os
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import FIXTURES, Importer, people

from shared import wiring
from shared.access.pools import check_pool
from shared.config import Settings
from shared.errors import InvalidRequest, Retryable, StorageFull, TooLarge, UnreadableFile
from shared.imports.row_filter import CHUNK
from shared.imports.start import list_imports, read_import, run_import, start_import
from shared.models.batch import Import, ImportOptions
from shared.people import near_duplicates as likeness
from shared.people import touched_people as written
from shared.pipeline.helper_processes import helper_processes
from shared.ports import Create, Ports, Update, Write, WriteConflict

EXPORT = FIXTURES / "ats" / "ats_export.csv"
HEAD = "Name,Email,Social profiles,Job title,Stage,Tags,Experiences,Disqualified\n"


def row(name: str, email: str = "", linkedin: str = "", stage: str = "Applied", title: str = "Engineer") -> str:
    social = f"Linkedin: https://linkedin.com/in/{linkedin}" if linkedin else ""
    return f"{name},{email},{social},Backend Engineer,{stage},,{title} at Acme (01/2020 to N/A),No\n"


def test_the_export_gives_the_people_its_truth_says(take: Importer, ports: Ports) -> None:
    expected = json.loads(Path(f"{EXPORT}.expected.json").read_text())
    done = take(EXPORT)
    apart = 2  # two pairs share only an agency's mail box: four people, where the bare key rules say two
    counts = done.counts
    assert counts.created == expected["candidates_expected"] + apart == ports.store.count("candidates")
    assert counts.merged == expected["live_records"] - counts.created
    assert counts.skipped.disqualified == expected["disqualified_records"]
    assert counts.skipped.no_name == expected["no_name_records_not_disqualified"]
    assert counts.rows == expected["data_records"]


def test_the_counts_of_every_import_add_up_to_its_rows(take: Importer) -> None:
    for path in [EXPORT, *sorted((FIXTURES / "ats" / "variants").glob("*.csv"))]:
        try:
            counts = take(path, pool="all").counts
        except UnreadableFile:
            continue
        skipped = counts.skipped
        parts = counts.created + counts.merged + counts.unchanged + counts.rejected
        assert parts + skipped.disqualified + skipped.no_name + skipped.duplicate == counts.rows, path.name


def test_the_same_file_twice_writes_nothing(take: Importer, ports: Ports) -> None:
    take(EXPORT)
    before = {each.id: each.version for each in ports.store.query("candidates")}
    again = take(EXPORT)
    assert (again.counts.created, again.counts.merged, again.counts.flagged) == (0, 0, 0)
    assert again.counts.unchanged == 453
    assert {each.id: each.version for each in ports.store.query("candidates")} == before


def test_a_chain_over_two_chunks_is_one_person_counted_once(take: Importer, ports: Ports) -> None:
    filler = "".join(row(f"Filler {n}", f"filler{n}@example.com") for n in range(CHUNK))
    chain = row("Ann Lee", "old@example.com") + filler + row("Ann Lee", "new@example.com", "ann-lee")
    done = take(HEAD + chain + row("Ann Lee", "old@example.com", "ann-lee", "Interview"))
    assert (done.counts.created, done.counts.merged) == (CHUNK + 1, 2)
    assert ports.store.count("candidates") == CHUNK + 1
    ann = people(ports)["Ann Lee"]
    assert set(ann["person"]["emails"]) == {"old@example.com", "new@example.com"}
    assert [source["row"] for source in ann["sources"]] == [CHUNK + 3, CHUNK + 2, 1]


def test_a_newer_export_updates_the_stage_and_keeps_what_was_enriched(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com"))
    known = ports.store.query("candidates")[0]
    classification = {"functions": [], "function": "engineering", "level": "mid"}
    found = {"classification": classification, "awaiting": "ready"}
    ports.store.commit([[Update("candidates", known.id, found, None)]])
    take(HEAD + row("Ann Lee", "ann@example.com", stage="Offer"))
    ann = people(ports)["Ann Lee"]
    assert [each["stage"] for each in ann["applications"]] == ["Offer"]
    assert ann["classification"] == classification
    assert ann["awaiting"] == "ready"  # nothing a stage reads has changed
    take(HEAD + row("Ann Lee", "ann@example.com", title="Head of Engineering"))
    assert people(ports)["Ann Lee"]["awaiting"] == "classify"


def test_a_shared_mail_box_with_other_profiles_and_names_is_two_flagged_people(take: Importer, ports: Ports) -> None:
    box = "s.weber@agency.example.com"
    done = take(HEAD + row("Ann Lee", box, "ann-lee") + row("Bruno Costa", box, "bruno-costa"))
    again = take(HEAD + row("Bruno Costa", box, "bruno-costa", "Interview"))
    assert (done.counts.created, done.counts.flagged) == (2, 2)
    assert (again.counts.created, again.counts.merged) == (0, 1)
    found = people(ports)
    flags = {name: data["flags"][0] for name, data in found.items()}
    assert {flag["kind"] for flag in flags.values()} == {"shared_contact"}
    assert flags["Ann Lee"]["candidate_id"] == found["Bruno Costa"]["id"]


def test_a_shared_mail_box_is_noticed_by_a_later_import_too(take: Importer, ports: Ports) -> None:
    box = "s.weber@agency.example.com"
    take(HEAD + row("Ann Lee", box, "ann-lee"))
    take(HEAD + row("Bruno Costa", box, "bruno-costa"))
    assert [data["flags"][0]["kind"] for data in people(ports).values()] == ["shared_contact"] * 2
    take(HEAD + row("Carla Diaz", box, "carla-diaz"))
    assert [data["flags"][0]["kind"] for data in people(ports).values()] == ["shared_mailbox"] * 3


def test_one_mail_address_with_an_unsaid_profile_is_one_person(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com", "ann-lee") + row("A. Lee", "ann@example.com"))
    assert ports.store.count("candidates") == 1


def test_namesakes_are_never_merged_but_flagged_when_the_employer_agrees(take: Importer, ports: Ports) -> None:
    done = take(HEAD + row("Ann Lee", "a@example.com") + row("Ann Lee", "b@example.org"))
    assert ports.store.count("candidates") == 2
    assert done.counts.flagged == 2
    kinds = [flag["kind"] for each in ports.store.query("candidates") for flag in each.data["flags"]]
    assert kinds == ["possible_duplicate"] * 2


@pytest.mark.parametrize("many", [0, 1000])
@pytest.mark.parametrize("held", [1, 1000])
def test_a_large_import_flags_whom_a_small_one_would(
    take: Importer, ports: Ports, monkeypatch: pytest.MonkeyPatch, many: int, held: int
) -> None:
    monkeypatch.setattr(written, "MANY", many)
    monkeypatch.setattr(likeness, "_HELD", held)
    twins = row("Ann Lee", "a@example.com") + row("Ann Lee", "b@example.org") + row("Anna Lee", "c@example.org")
    take(HEAD + row("Ann Lee", "d@example.org"), pool="other")
    take(HEAD + row("Ann Lee", "e@example.org") + row("Bo Ek", "bo@example.org"))
    assert take(HEAD + twins).counts.flagged == 4
    flags = {each.data["person"]["emails"][0]: len(each.data["flags"]) for each in ports.store.query("candidates")}
    assert flags == {
        "a@example.com": 3, "b@example.org": 3, "c@example.org": 3, "e@example.org": 3,
        "d@example.org": 0, "bo@example.org": 0,
    }  # fmt: skip


def test_a_flag_is_not_lost_to_somebody_who_writes_the_record_at_the_same_time(ports: Ports) -> None:
    commit, met = ports.store.commit, list[str]()

    def crossed(groups: list[list[Write]]) -> object:
        write = groups[0][0] if groups and groups[0] else None
        if isinstance(write, Update) and "flags" in write.fields and not met:
            met.append(write.id)
            commit([[Update("candidates", write.id, {"employer_key": "newer"}, None)]])
        return commit(groups)

    started = _start(ports, HEAD + row("Ann Lee", "a@example.com") + row("Ann Lee", "b@example.org"))
    done = run_import(replace(ports, store=_With(ports.store, commit=crossed)), started)  # type: ignore[arg-type]
    assert met and done.counts.flagged == 2
    assert all(len(each.data["flags"]) == 1 for each in ports.store.query("candidates"))


def test_rows_that_others_get_ahead_of_all_the_time_are_stored_and_noted_within_some_chunks(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.imports.row_filter.CHUNK", 2)
    monkeypatch.setattr("shared.imports.slices._RECORDED_WITHIN", 2)
    commit, noted = ports.store.commit, list[int]()

    def refused(groups: list[list[Write]]) -> object:
        for write in (each for group in groups for each in group):
            if isinstance(write, Update) and write.kind == "slices":
                noted.append(write.fields["next_row"])
        if len(groups) > 1 and groups[0][0].kind == "sources":  # somebody is ahead of one row of every chunk
            return [WriteConflict("keys", "theirs", "exists"), *commit(groups[1:])]
        return commit(groups)

    started = _start(ports, HEAD + "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(12)))
    done = run_import(replace(ports, store=_With(ports.store, commit=refused)), started)  # type: ignore[arg-type]
    assert (done.counts.rows, done.counts.created) == (12, 12)
    assert ports.store.count("candidates") == 12
    assert len(noted) > 1 and noted == sorted(noted) and noted[-1] == 13


def test_people_of_two_pools_never_meet(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com"), pool="one")
    other = take(HEAD + row("Ann Lee", "ann@example.com"), pool="two")
    assert other.counts.created == 1
    assert ports.store.count("candidates") == 2


def test_on_duplicate_skip_leaves_known_people_as_they_are(take: Importer, ports: Ports) -> None:
    take(HEAD + row("Ann Lee", "ann@example.com"))
    rows = row("Ann Lee", "ann@example.com", stage="Offer") + row("Bo", "bo@example.com")
    done = take(HEAD + rows + row("Bo", "bo@example.com", stage="Offer"), on_duplicate="skip")
    assert (done.counts.created, done.counts.merged, done.counts.skipped.duplicate) == (1, 0, 2)
    assert people(ports)["Ann Lee"]["applications"][0]["stage"] == "Applied"


def test_a_limit_counts_rows_of_the_file(take: Importer) -> None:
    assert take(EXPORT, limit=100).counts.rows == 100


def test_protected_attributes_are_dropped_and_counted(take: Importer, ports: Ports) -> None:
    done = take("Name,Email,Gender,Date of birth\nAnn Lee,ann@example.com,female,1990-01-01\n")
    assert sum(done.dropped.values()) == 2
    stored = json.dumps([each.data for kind in ("sources", "candidates") for each in ports.store.query(kind)])
    assert "female" not in stored and "1990" not in stored


def test_rejected_rows_are_written_to_a_file_with_row_and_reason(take: Importer, ports: Ports) -> None:
    done = take(FIXTURES / "ats" / "variants" / "unterminated_quote.csv")
    assert done.counts.rejected == 2 and done.rejects_file
    with ports.files.open(done.rejects_file) as file:
        lines = file.read().decode().splitlines()
    assert lines[0] == "row,line,reason" and len(lines) == 3


def test_a_stopped_import_is_taken_up_where_it_ended(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(4 * CHUNK))
    first = _start(ports, text)
    _stop_at_the_second_look(ports, first)
    assert read_import(ports.store, first).counts.rows == CHUNK
    assert ports.store.count("candidates") == 2 * CHUNK  # stored, and only recognised by the next run
    assert _start(ports, text) != first  # its process lives: another import of the file is another import
    done = _taken_up(ports, text, first, monkeypatch)
    assert (done.counts.rows, done.counts.created, done.counts.unchanged) == (4 * CHUNK, 4 * CHUNK, 0)
    assert ports.store.count("candidates") == 4 * CHUNK


def test_rows_stored_before_a_kill_but_not_yet_counted_are_counted_once(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + row("Ann Lee", "ann@example.com") + row("Ann Lee", "ann@example.com", stage="Offer")
    first = _start(ports, text)
    commit = ports.store.commit

    def killed(groups: list[list[Update]]) -> object:
        if groups and groups[0] and groups[0][0].kind == "slices" and isinstance(groups[0][0], Update):
            raise KeyboardInterrupt
        return commit(groups)

    with pytest.raises(KeyboardInterrupt):
        run_import(replace(ports, store=_With(ports.store, commit=killed)), first)
    done = _taken_up(ports, text, first, monkeypatch)
    assert (done.counts.created, done.counts.merged, done.counts.unchanged) == (1, 1, 0)


def test_people_joined_by_rows_that_were_stored_before_a_kill_are_no_longer_counted_as_two(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    filler = "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(CHUNK - 2))
    apart = row("Ann Lee", "ann@example.com") + row("Ann Lee", "lee@example.com")
    text = HEAD + apart + filler + row("Ann Lee", "ann@example.com; lee@example.com")
    first = _start(ports, text)
    _stop_at_the_second_look(ports, first)
    assert read_import(ports.store, first).counts.created == CHUNK  # what was noted before the last row
    done = _taken_up(ports, text, first, monkeypatch)
    assert (done.counts.created, done.counts.merged) == (CHUNK - 1, 2)
    assert ports.store.count("candidates") == CHUNK - 1


def test_two_imports_at_once_lose_nothing_and_create_no_double(ports: Ports) -> None:
    names = [f"Person {n}" for n in range(300)]
    one = HEAD + "".join(row(name, f"{n}@example.com", stage="Applied") for n, name in enumerate(names))
    two = HEAD + "".join(row(name, f"{n}@example.com", stage="Offer") for n, name in reversed(list(enumerate(names))))
    ids = [_start(ports, one), _start(ports, two)]
    threads = [threading.Thread(target=run_import, args=(ports, id_)) for id_ in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [read_import(ports.store, id_).counts for id_ in ids]
    assert ports.store.count("candidates") == 300
    assert sum(each.created for each in done) == 300 and sum(each.merged for each in done) == 300
    assert all(len(each.data["sources"]) == 2 for each in ports.store.query("candidates"))


def test_of_two_imports_of_one_file_at_once_each_row_is_one_s_and_unchanged_for_the_other(ports: Ports) -> None:
    text = HEAD + "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(2 * CHUNK))
    ids = [_start(ports, text) for _ in range(3)]
    threads = [threading.Thread(target=run_import, args=(ports, id_)) for id_ in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [read_import(ports.store, id_).counts for id_ in ids]
    assert [sum(getattr(each, name) for each in done) for name in ("created", "merged", "unchanged")] == [
        2 * CHUNK,
        0,
        4 * CHUNK,
    ]
    for id_, counts in zip(ids, done, strict=True):
        assert ports.store.count("sources", [("import_id", "==", id_)]) == counts.created


def test_slices_in_processes_of_their_own_give_the_same_people(ports: Ports, tmp_path: Path) -> None:
    names = [f"Person {n}" for n in range(2 * CHUNK + 20)]
    once = "".join(row(name, f"p{n}@example.com") for n, name in enumerate(names))
    again = "".join(row(name, f"p{n}@example.com", stage="Offer") for n, name in enumerate(names))
    connect = partial(wiring.connect, Settings(home=tmp_path), wiring.deliver_nothing)
    with helper_processes(connect, 1) as others:
        done = run_import(ports, _start(ports, HEAD + once + again, parts=2), others)
    assert (done.counts.created, done.counts.merged) == (len(names), len(names))
    assert ports.store.count("candidates") == len(names)
    assert all(len(each.data["sources"]) == 2 for each in ports.store.query("candidates"))


def test_a_killed_slice_is_said_and_the_same_import_goes_on(
    ports: Ports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(2 * CHUNK))
    started = _start(ports, text, parts=2)
    with helper_processes(partial(os._exit, 9), 1) as others, pytest.raises(Retryable, match="killed"):
        run_import(ports, started, others)
    assert _taken_up(ports, text, started, monkeypatch).counts.created == 2 * CHUNK


def test_what_a_slice_of_another_process_raises_is_raised_here(ports: Ports) -> None:
    started = _start(ports, HEAD + row("Ann Lee"), parts=2)
    with helper_processes(_no_space, 1) as others, pytest.raises(StorageFull, match="full"):
        run_import(ports, started, others)


def _no_space() -> Ports:
    raise StorageFull("the disk is full")


def test_a_full_disk_is_said_and_nothing_half_is_kept(tmp_path: Path, ports: Ports) -> None:
    from shared.adapters.sqlite.store import SqliteStore

    small = replace(ports, store=SqliteStore(tmp_path / "small" / "s.db", max_pages=300))
    text = HEAD + "".join(row(f"Person {n}", f"p{n}@example.com") for n in range(2000))
    started = _start(small, text)
    with pytest.raises(StorageFull):
        run_import(small, started)
    assert small.store.count("sources") == small.store.count("candidates")
    assert read_import(small.store, started).state == "RUNNING"
    small.store.close()


def test_a_file_over_the_limit_is_refused_with_the_name_of_the_setting(ports: Ports) -> None:
    with pytest.raises(TooLarge, match="SHORTLIST_MAX_FILE_MB"):
        start_import(ports, io.BytesIO(b"Name\nAnn\n"), "big.csv", "default", ImportOptions(), max_bytes=5)
    assert not list_imports(ports.store)


def test_a_file_name_that_is_a_path_is_only_its_last_part(ports: Ports) -> None:
    for name in ("../../etc/people.csv", "C:\\Users\\x\\people.csv"):
        started = start_import(ports, io.BytesIO(b"Name\nAnn\n"), name, "default", ImportOptions(), 10**9)
        assert started.filename == "people.csv" and started.file == f"imports/{started.id}/people.csv"


def test_a_pool_name_that_could_be_a_path_is_refused() -> None:
    assert check_pool("acme-2.eu") == "acme-2.eu"
    for name in ("", "../x", "a/b", ".hidden", "x" * 65, "a b"):
        with pytest.raises(InvalidRequest):
            check_pool(name)


def test_a_store_that_always_conflicts_ends_in_one_clear_line(
    ports: Ports, take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.ports import WriteConflict

    monkeypatch.setattr("shared.retry.time.sleep", lambda seconds: None)
    started = _start(ports, HEAD + row("Ann Lee", "ann@example.com"))
    commit = ports.store.commit

    def refused(groups: list[list[Create]]) -> object:
        people = any(write.kind == "candidates" for group in groups for write in group)
        return [WriteConflict("keys", "x", "exists") for _ in groups] if people else commit(groups)

    always = _With(ports.store, commit=refused)
    with pytest.raises(Retryable, match="run the same import again"):
        run_import(replace(ports, store=always), started)


def test_a_preview_counts_what_the_import_then_does_and_writes_nothing(ports: Ports, take: Importer) -> None:
    from shared.imports.preview import preview_import

    aside, remove = wiring.scratch_store()
    with EXPORT.open("rb") as stream:
        preview = preview_import(ports, aside, stream, EXPORT.name, "default", ImportOptions())
    remove()
    assert ports.store.count("candidates") == ports.store.count("imports") == 0
    assert preview.mapping["Job title"] == "job_title"
    assert preview.changes[0]["fields"]["person.name"][0] is None
    done = take(EXPORT).counts
    assert (preview.counts.created, preview.counts.merged) == (done.created, done.merged)


def test_a_preview_knows_the_few_of_many_rows_that_are_stored_already(ports: Ports, take: Importer) -> None:
    """Of many rows a few are looked up first: that these are new says nothing sure of the others."""
    from shared.imports.preview import preview_import

    take(HEAD + row("Known Person", "known@x.example") + row("No Address At All"))
    many = "".join(row(f"Person {n}", f"p{n}@x.example") for n in range(300))
    content = HEAD + many + row("Known Person", "known@x.example", title="Director") + row("No Address At All")
    aside, remove = wiring.scratch_store()
    preview = preview_import(ports, aside, io.BytesIO(content.encode()), "p.csv", "default", ImportOptions())
    remove()
    assert ports.store.count("candidates") == 2
    done = take(content).counts
    assert (done.created, done.merged, done.unchanged) == (300, 1, 1)
    told = preview.counts
    assert (told.created, told.merged, told.unchanged) == (300, 1, 1)


def test_a_preview_shows_how_a_person_comes_and_then_changes(ports: Ports, take: Importer) -> None:
    from shared.imports.preview import preview_import

    take(HEAD + row("One Person", "one@x.example", "one"))
    content = HEAD + row("One Person", "one@x.example", title="Director") + row("Other Person", "other@x.example")
    aside, remove = wiring.scratch_store()
    preview = preview_import(ports, aside, io.BytesIO(content.encode()), "p.csv", "default", ImportOptions())
    remove()
    shown = {each["change"]: each["fields"] for each in preview.changes}
    assert set(shown) == {"new", "changed"}
    assert shown["new"]["person.name"] == [None, "Other Person"]
    before, after = shown["changed"]["profile.experiences"]
    assert [each["title"] for each in before] == ["Engineer"]
    assert "Director" in [each["title"] for each in after]


class _With:
    """A store with some methods replaced."""

    def __init__(self, store: object, **methods: object) -> None:
        self._store = store
        self.__dict__.update(methods)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def _start(ports: Ports, text: str, parts: int = 1) -> str:
    stream = io.BytesIO(text.encode())
    return start_import(ports, stream, "people.csv", "default", ImportOptions(), 10**9, parts).id


def _stop_at_the_second_look(ports: Ports, import_id: str) -> None:
    looks: list[int] = []

    def stop(rows: int, share: float) -> None:
        looks.append(rows)
        if len(looks) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_import(ports, import_id, progress=stop)


def _taken_up(ports: Ports, text: str, import_id: str, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Import the text once more, its worker dead: the same import goes on."""
    monkeypatch.setattr(type(ports.worker), "is_dead", lambda self, name: True)
    assert _start(ports, text) == import_id
    return run_import(ports, import_id)
