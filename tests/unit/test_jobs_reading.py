"""Files of jobs, whatever their shape, become the same facts; what cannot be read is named by its record."""

from __future__ import annotations

import io
import json

import pytest

from shared.errors import UnreadableFile
from shared.models.job import JobFacts
from shared.reading.exports.jobs import job_facts, read_jobs
from shared.reading.exports.records import Reject


def read(text: str | bytes) -> list[tuple[int, JobFacts] | Reject]:
    return list(read_jobs(io.BytesIO(text if isinstance(text, bytes) else text.encode()), "jobs"))


JOB = JobFacts(
    external_id="7", title="Cook", company="Inn", location="Köln", tags=("A", "B"), description="Cook well.\nDaily."
)


@pytest.mark.parametrize(
    "text",
    [
        'ID,Position,Company,Location,Tags,Description\n7,Cook,Inn,Köln,"A, B","Cook well.\nDaily."\n',
        "\ufeffJob-ID;Stelle;Unternehmen;Standort;Schlagworte;Beschreibung\r\n"
        '7;Cook;Inn;Köln;A|B;"Cook well.\r\nDaily."\r\n',
        "a report\n\njobId\tjob_title\temployer\tcity\tkeywords\tjobDescription\n"
        "7\tCook\tInn\tKöln\tA;B\tCook well.<br>Daily.\n",
        json.dumps({"id": 7, "position": "Cook", "company": {"name": "Inn"}, "location": "Köln", "tags": ["A", "B"],
                    "description": "<p>Cook well.</p><p>Daily.</p>"}),
        json.dumps([{"requisition_id": "7", "title": "Cook", "company": "Inn", "location": ["Köln"], "skills": "A, B",
                     "body": "Cook well.\nDaily."}]),
    ],
    ids=["csv", "german", "tabs", "json line", "json list"],
)  # fmt: skip
def test_every_shape_says_the_same(text: str) -> None:
    assert read(text) == [(1, JOB)]


def test_a_workbook_is_a_table_too() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Jobs"], ["ID", "Position", "Company", "Location", "Tags", "Description"],
                [7, "Cook", "Inn", "Köln", "A, B", "Cook well.\nDaily."]):  # fmt: skip
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue()) == [(1, JOB)]


def test_what_nobody_maps_is_kept_as_written() -> None:
    ((_, job),) = read("id,title,salary,Team size\n1,Cook,80k,4\n")
    assert isinstance(job, JobFacts)
    assert job.extra == {"salary": "80k", "Team size": "4"}


def test_the_status_is_read_in_several_words_and_kept_when_it_is_none() -> None:
    assert job_facts({"title": "a", "status": "Archived"}).status == "closed"
    assert job_facts({"title": "a", "Status": "veröffentlicht"}).status == "open"
    unknown = job_facts({"title": "a", "status": "in review"})
    assert (unknown.status, unknown.extra) == (None, {"status": "in review"})


def test_several_columns_of_one_field_are_joined() -> None:
    said = {
        "title": "Cook",
        "City": "Köln",
        "Country": "Germany",
        "Description": "We cook.",
        "Requirements": "A knife.",
    }
    facts = job_facts(said)
    assert (facts.location, facts.description) == ("Köln, Germany", "We cook.\n\nA knife.")


def test_damaged_records_are_named_and_the_others_are_read() -> None:
    found = read('{"id": 1, "title": "Cook"}\nnot json\n[1]\n\n{"id": 2, "title": "Baker"}\n')
    assert [(one.number, one.line) for one in found if isinstance(one, Reject)] == [(2, 2), (3, 3)]
    assert [one[1].title for one in found if not isinstance(one, Reject)] == ["Cook", "Baker"]
    (good, bad) = read("id,title\n1,Cook\n2,Baker,what,is,this\n")
    assert isinstance(bad, Reject) and "cells" in bad.reason and good == (1, JobFacts(external_id="1", title="Cook"))


@pytest.mark.parametrize("text", ["", "just words\nand more\n", "name;email;position\nA;a@example.org;b\n", "[1, 2"])
def test_a_file_without_jobs_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableFile, match="jobs"):
        read(text)
