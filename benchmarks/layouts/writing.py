"""Write the CVs of the layouts with index and truth, the same files every time."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Final

from benchmarks.layouts.pages import LAYOUTS, Job, Owner, Study, years_only

_PEOPLE: Final = Path(__file__).with_name("people.toml")
_EACH: Final = 5  # people a layout is written for: with ten people each layout meets half the languages


def write_layouts(folder: Path) -> Path:
    """Write each layout for several people into a folder; return the folder, as `evaluate_cvs` reads it."""
    (folder / "truth").mkdir(parents=True)
    index = []
    people = read_people()
    for number, layout in enumerate(LAYOUTS):
        for turn in range(_EACH):
            owner = people[(number + 2 * turn) % len(people)]
            name = f"{number:02}-{layout.__name__}-{owner.language}-{turn}.txt"
            (folder / name).write_text("\n".join(layout(owner)), encoding="utf-8")
            truth = json.dumps({"truth": truth_of(owner)})
            (folder / "truth" / f"{name}.json").write_text(truth, encoding="utf-8")
            precision = "year" if layout is years_only else "month"
            index.append({"file": name, "expect": "ok", "date_precision": precision})
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def read_people() -> list[Owner]:
    """Return the invented people."""
    rows = tomllib.loads(_PEOPLE.read_text(encoding="utf-8"))["people"]
    return [_owner(row) for row in rows]


def _owner(row: dict[str, Any]) -> Owner:
    summary, work, education, abilities, referees = row["headings"]
    return Owner(
        language=row["language"],
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        place=row["place"],
        summary=summary,
        work=work,
        education=education,
        abilities=abilities,
        referees=referees,
        jobs=[_job(line) for line in row["jobs"]],
        studies=[Study(*line.split(" | ")) for line in row["studies"]],
        skills=row["skills"],
        sentence=row["sentence"],
        months=row["months"].split(),
        still=row["open"],
    )


def _job(line: str) -> Job:
    title, employer, place, start, end = line.split(" | ")
    return Job(title, employer, place, start, "" if end == "-" else end)


def truth_of(owner: Owner) -> dict[str, Any]:
    """Return what a reader should find, as the truth of the fixtures is written."""
    newest = owner.jobs[0]
    return {
        "name": owner.name,
        "email": owner.email,
        "phone": owner.phone,
        "linkedin": None,
        "github": None,
        "skills": owner.skills,
        "experiences": [_true_job(job) for job in owner.jobs],
        "educations": [_true_study(study) for study in owner.studies],
        "current_title": newest.title,
        "current_company": newest.employer,
    }


def _true_job(job: Job) -> dict[str, str | None]:
    end = _slashed(job.end) if job.end else None
    return {"title": job.title, "company": job.employer, "start": _slashed(job.start), "end": end}


def _true_study(study: Study) -> dict[str, str]:
    return {"degree": study.degree, "school": study.school, "start": f"09/{study.start}", "end": f"06/{study.end}"}


def _slashed(date: str) -> str:
    year, month = date.split("-")
    return f"{month}/{year}"
