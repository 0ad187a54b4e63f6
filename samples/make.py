"""Make the invented people and jobs the demo runs on; the same bytes every time, standard library only.

python samples/make.py            # writes candidates.csv, candidates.truth.jsonl and jobs.jsonl beside this file
python samples/make.py --out DIR
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "gen"))

import gen_ats_csv  # type: ignore[import-not-found]  # noqa: E402  # one generator for tests, samples and benchmarks

SEED: Final = 2026
COLUMNS: Final = [
    "Name",
    "Email",
    "Phone",
    "Headline",
    "Job title",
    "Job location",
    "Experiences",
    "Educations",
    "Social profiles",
    "Source",
    "Stage",
    "Tags",
    "Disqualified",
    "Creation time",
]

# kind of record group -> how many groups; each kind is a method of the generator
GROUPS: Final = {
    "clean": 58,
    "dup_email": 6,
    "dup_linkedin": 3,
    "dup_linkedin_no_email": 2,
    "dup_chain": 1,
    "plus_address": 1,
    "unlinked_dup": 1,
    "namesakes": 1,
    "agency_email": 1,
    "company_page": 1,
    "no_email": 4,
    "no_keys": 1,
    "disqualified": 6,
    "disqualified_and_active": 2,
    "no_name": 2,
    "blank": 1,
    "formula": 1,
    "prompt_injection": 1,
    "mojibake": 1,
    "multiline": 2,
    "hard_experiences": 1,
    "no_experience": 1,
    "odd_name": 2,
}

JOBS: Final = [
    {
        "id": "job-1",
        "company": "Quillmark Bank",
        "position": "Senior Backend Engineer",
        "location": "Berlin, Germany",
        "url": "https://jobs.example.com/quillmark/job-1",
        "tags": ["Go", "Java", "PostgreSQL", "Kafka"],
        "seniority": "senior",
        "description": "We move money between banks. You own two services in Go or Java, design their APIs and their "
        "PostgreSQL schemas, are on call one week in six and help two juniors grow. Five years of building back-end "
        "systems; Kafka is a plus.",
    },
    {
        "id": "job-2",
        "company": "Océane Bleue Studio",
        "position": "Product Designer",
        "location": "Lisbon, Portugal",
        "url": "https://jobs.example.com/oceane/job-2",
        "tags": ["Figma", "User research", "Design systems"],
        "seniority": "mid",
        "description": "Talk to users every week, draw flows and prototypes in Figma, keep our design system small. "
        "You work with six engineers and one researcher. A portfolio tells us more than a degree.",
    },
    {
        "id": "job-3",
        "company": "Nordlykt Energy",
        "position": "Head of Sales",
        "location": "München, Germany",
        "url": "https://jobs.example.com/nordlykt/job-3",
        "tags": ["Salesforce", "Forecasting", "Negotiation"],
        "seniority": "director",
        "description": "Lead twelve account executives in three countries: hiring, forecasts, the ten largest deals. "
        "You have led a sales organisation before. German and English.",
    },
    {
        "id": "job-4",
        "company": "Zephyrline Logistics",
        "position": "Junior Data Engineer",
        "location": "Remote",
        "url": "https://jobs.example.com/zephyrline/job-4",
        "tags": ["SQL", "Python", "Airflow"],
        "seniority": "junior",
        "description": "A first or second job in data. You write pipelines in SQL and Python, watch them in Airflow "
        "and learn dbt from people who like to explain.",
    },
    {
        "id": "job-5",
        "company": "Pão & Código S.A.",
        "position": "Gerente de Recursos Humanos",
        "location": "São Paulo, Brazil",
        "url": "https://jobs.example.com/pao/job-5",
        "tags": ["Employee relations", "Payroll"],
        "seniority": "manager",
        "description": "Lidere uma equipe de cinco pessoas de RH em dois países: folha de pagamento, relações "
        "trabalhistas, onboarding e desenvolvimento de lideranças.",
    },
    {
        "id": "job-6",
        "company": "Kestrelwand Health",
        "position": "ICU Nurse (nights)",
        "location": "Austin, TX, United States",
        "url": "https://jobs.example.com/kestrelwand/job-6",
        "tags": ["Triage", "BLS"],
        "seniority": "mid",
        "description": "Night shifts in a twenty-bed intensive care unit. Registered nurse, current BLS, two years "
        "at the bedside.",
    },
]


def make_candidates() -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Return (row, truth) in file order; the truth names each live row's candidate by its first live row."""
    maker = gen_ats_csv.Maker(SEED)
    for kind, times in GROUPS.items():
        for _ in range(times):
            maker.next_group += 1
            getattr(maker, kind)()
    rng = maker.rng
    rng.shuffle(maker.out)
    for row, truth in maker.out:
        row["Headline"] = headline(rng, truth)
        row["Creation time"] = f"2026-{rng.randint(1, 9):02d}-{rng.randint(1, 28):02d}" if truth["person"] else ""
    gen_ats_csv.expected([truth for _, truth in maker.out])  # numbers the records and their candidates
    return list(maker.out)


def headline(rng: Any, truth: dict[str, Any]) -> str:
    """Return what half of the people write over their profile: the current title and where."""
    jobs = truth["experiences"]
    if not jobs or not jobs[0]["company"] or rng.random() < 0.5:
        return ""
    return f"{jobs[0]['title']} @ {jobs[0]['company']}"


def write(out: Path) -> None:
    """Write the three files into a directory."""
    made = make_candidates()
    gen_ats_csv.write([row for row, _ in made], out / "candidates.csv", columns=COLUMNS)
    truths = "".join(json.dumps(truth, ensure_ascii=False) + "\n" for _, truth in made)
    (out / "candidates.truth.jsonl").write_text(truths, encoding="utf-8")
    jobs = "".join(json.dumps(job, ensure_ascii=False) + "\n" for job in JOBS)
    (out / "jobs.jsonl").write_text(jobs, encoding="utf-8")


def main() -> None:
    """Write the samples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    write(out)


if __name__ == "__main__":
    main()
