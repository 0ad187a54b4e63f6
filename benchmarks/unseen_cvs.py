"""CVs that look like none of the fixtures: other layouts, dates, headings, names, employers, titles and skills.

`written(folder, seed)` makes the same files for the same seed; the truth beside each is as of the fixtures. Nobody in
them is real.
"""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.made_cvs import as_docx, as_pdf

FILES: Final = 84  # each layout twelve times
Lines = list[tuple[str, str]]  # (`name` | `heading` | `text`, words)
Job = dict[str, Any]
Date = Callable[[int, int], str]

NAMES: Final = """Maeve Okonkwo-Byrne|Rasmus Thorvaldsen|Pilar de la Hoz|Wilhelmina van Aalst|Amadou Diop|Sunniva Lie
Bartholomew Quince|Ximena Ugarte|Aurélie Kerneïs|Tobias Freiherr von Stolz|Ngozi Adeyemi|Leandro Bittencourt
Siobhán Mac Giolla|Ottilie Baumgärtner|Kofi Mensah|Jean-Baptiste Roche|Priyanka Venkataraman|Ruaridh Struan
Catarina Vilhena|Yusuf Haddad|Brónagh Keane|Eskil Lindahl|Marisol Quiroga|Thandiwe Nkosi""".replace("\n", "|").split(
    "|"
)
PLACES: Final = "Bristol, United Kingdom|Cork, Ireland|Graz, Austria|Lille, France|Porto, Portugal|Denver, CO".split(
    "|"
)
EMPLOYERS: Final = """Holloway & Baines LLP|Tarn Freight plc|Bäckerei Sandmann KG|Ateliers Vauban SARL|Larkhill Clinic
Kranich Verlag GmbH & Co. KG|Stonebridge Council|Meridian Yachts|Pemberton Foods Ltd|Corvid Games|Nautilus Re
Fairoaks Primary School|Dunmore Credit Union|Obsidian Networks, Inc.|Casa Ribeiro Lda|The Wren Hotel|Alderney Ferries
Ironvale Steel Corp.|Bluestem Insurance|Halcyon Pharma SE|Marsh Lane Surgery|Tessellate|Quay Street Theatre
Verdant Grid B.V.""".replace("\n", "|").split("|")
CAREERS: Final = """Warehouse Operative>Warehouse Supervisor>Logistics Manager:Forklift operation,Stock control,Excel
Trainee Solicitor>Solicitor>Senior Associate Solicitor:Conveyancing,Litigation,Legal research,Drafting
Software Developer>Solutions Architect>Head of Architecture:Domain-driven design,Rust,Event sourcing,OpenTelemetry
Payroll Clerk>Payroll Administrator>Payroll Manager:Sage 50,Pension schemes,Reconciliation,Excel
Teaching Assistant>Primary School Teacher>Deputy Head Teacher:Phonics,Safeguarding,Lesson planning
Junior Pharmacist>Clinical Pharmacist>Lead Pharmacist:Medicines reconciliation,Antimicrobial stewardship,Prescribing
Site Engineer>Quantity Surveyor>Commercial Manager:NEC contracts,AutoCAD,Cost planning,Bluebeam
Receptionist>Front Office Manager>Hotel General Manager:Opera PMS,Revenue management,Guest relations
Network Technician>Network Engineer>Network Operations Manager:BGP,Juniper,Wireshark,Ansible
Underwriting Assistant>Underwriter>Head of Underwriting:Risk appraisal,Solvency II,Broker relations
Junior Data Journalist>Data Journalist>Visual Editor:D3.js,R,Fact-checking,Data cleaning
Deckhand>Harbour Pilot>Port Captain:Pilotage,Radar plotting,Mooring
Cellar Hand>Winemaker>Estate Director:Fermentation control,Blending,Viticulture
Lab Technician>Process Chemist>Production Director:HPLC,GMP,Scale-up,Statistical process control""".splitlines()
SCHOOLS: Final = """Glenmarrow University|Fachhochschule Oderbruch|Université de Haute-Vallée
Instituto Politécnico da Ria|Saltmarsh Institute of Technology|Thornfield College""".replace("\n", "|").split("|")
DEGREES: Final = (
    "BA History|MSc Logistics|LLM|Bachelor of Engineering|MEng Civil Engineering|Diploma in Education".split("|")
)
DONE: Final = """Reorganised the rota, so that overtime fell by 18 % within a year
Introduced a weekly stand-up with suppliers in 2019 and kept it going
Responsible for a budget of £1.4m and a team of 11
Replaced paper forms with a shared register, used daily by 40 colleagues
Wrote guidance that two other branches took over
Negotiated with four vendors; saved 6 % on renewals""".splitlines()
MONTHS: Final = """January February March April May June July August September October November December""".split()
DATES: Final[dict[str, tuple[Date, str, str]]] = {  # how a month is written, what joins two, what is still going on
    "in full": (lambda m, y: f"{MONTHS[m - 1]} {y}", " to ", "date"),
    "apostrophe": (lambda m, y: f"{MONTHS[m - 1][:3]} '{y % 100:02}", " - ", "now"),
    "year first": (lambda m, y: f"{y}-{m:02}", " – ", "present"),
    "dots": (lambda m, y: f"{m:02}.{y}", "–", "today"),
    "year, month": (lambda m, y: f"{y}, {MONTHS[m - 1]}", " — ", "ongoing"),
    "to the day": (lambda m, y: f"1 {MONTHS[m - 1]} {y}", " until ", "present"),
    "short": (lambda m, y: f"{m:02}/{y % 100:02}", " – ", "current"),
}
HEADINGS: Final = (
    ("CAREER HISTORY", "EDUCATION AND TRAINING", "KEY SKILLS"),
    ("Professional Experience:", "Academic Background:", "Core Competencies:"),
    ("1. Employment", "2. Education", "3. Skills"),
    ("~ Work History ~", "~ Qualifications ~", "~ Technical Skills ~"),
    ("E M P L O Y M E N T", "E D U C A T I O N", "S K I L L S"),
)


def written(folder: Path, seed: int, files: int = FILES) -> Path:
    """Write CVs with index and truth into a folder; return it."""
    (folder / "truth").mkdir(parents=True)
    index = []
    for number in range(files):
        rng = random.Random(f"unseen:{seed}:{number}")
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        truth = made_person(rng)
        lines = cv_lines(truth, layout, rng)
        kind = rng.choice(("txt", "docx", "pdf") if _in_pdf_fonts(lines) else ("txt", "docx"))
        name = f"{number:03}-{layout.replace(' ', '-')}.{kind}"
        (folder / name).write_bytes(_WRITERS[kind](lines))
        (folder / "truth" / f"{name}.json").write_text(json.dumps({"truth": truth}), encoding="utf-8")
        index.append({"file": name, "expect": "ok"})
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def _in_pdf_fonts(lines: Lines) -> bool:
    """Whether a PDF's own fonts have all the letters."""
    return all(text.encode("cp1252", "replace").decode("cp1252") == text for _, text in lines)


def made_person(rng: random.Random) -> dict[str, Any]:
    """Return somebody with a career of one to three positions, the newest first, and one or two degrees."""
    name = rng.choice(NAMES)
    slug = "".join(c for c in name.lower().replace(" ", ".") if c.isascii() and (c.isalpha() or c in ".-"))
    career, _, skills = rng.choice(CAREERS).partition(":")
    titles, employers = career.split(">")[: rng.randint(1, 3)], rng.sample(EMPLOYERS, 3)
    jobs: list[Job] = []
    month = 12 * rng.randint(2007, 2014) + rng.randint(0, 11)
    for title, employer in zip(titles, employers, strict=False):
        end = month + rng.randint(9, 55)
        jobs.insert(0, {"title": title, "company": employer, "start": _month(month), "end": _month(end)})
        month = end + rng.randint(1, 4)
    if rng.random() < 0.7:
        jobs[0]["end"] = None
    begun = int(jobs[-1]["start"][3:]) - 4
    degrees = [
        {"degree": rng.choice(DEGREES), "school": rng.choice(SCHOOLS), "start": f"09/{begun}", "end": f"06/{begun + 3}"}
    ]
    return {
        "name": rng.choice((name, name, name.upper())), "email": f"{slug}@example.org",
        "phone": f"+44 7700 900{rng.randint(100, 999)}",
        "linkedin": f"linkedin.com/in/{slug.replace('.', '-')}-{rng.randint(10, 99)}",
        "github": None, "place": rng.choice(PLACES), "skills": skills.split(","), "experiences": jobs,
        "educations": degrees, "current_title": jobs[0]["title"], "current_company": jobs[0]["company"],
    }  # fmt: skip


def _month(months: int) -> str:
    return f"{months % 12 + 1:02}/{months // 12}"


def cv_lines(who: dict[str, Any], layout: str, rng: random.Random) -> Lines:
    """Return a CV's lines in a layout, with dates, headings and a list of skills drawn from `rng`."""
    work, study, able = rng.choice(HEADINGS)
    date, mark = rng.choice(list(DATES)), rng.choice(("•", "-", "»", "*"))
    lines: Lines = [*_front(who, rng), ("heading", work)]
    told = rng.choice((_listed, _listed, _told))
    for job in who["experiences"]:
        lines += [("text", line) for line in LAYOUTS[layout](job, _period(job, date), rng)]
        lines += [("text", line) for line in told(rng.sample(DONE, rng.randint(1, 3)), mark)]
    lines.append(("heading", study))
    for each in who["educations"]:
        years = f"{each['start'][3:]} – {each['end'][3:]}"
        lines += [("text", line) for line in rng.choice(_STUDIES)(each["degree"], each["school"], years)]
    lines += [("heading", able), *(("text", line) for line in rng.choice(_SKILLS)(who["skills"]))]
    return lines + rng.choice(_BEHIND)


def _listed(done: list[str], mark: str) -> list[str]:
    return [f"{mark} {each}" for each in done]


def _told(done: list[str], mark: str) -> list[str]:
    return textwrap.wrap(". ".join(done) + ".", 70)


def _front(who: dict[str, Any], rng: random.Random) -> Lines:
    ways = [who["email"], who["phone"], who["place"], f"https://www.{who['linkedin']}/"]
    labelled = [f"{label}: {way}" for label, way in zip(("E-mail", "Mobile", "Address", "LinkedIn"), ways, strict=True)]
    contact = rng.choice((ways, [" · ".join(ways)], labelled, [" | ".join(ways[:2]), " | ".join(ways[2:])]))
    title = rng.choice(([], [("text", "CURRICULUM VITAE")], [("text", "Résumé")]))
    return [*title, ("name", who["name"]), *(("text", line) for line in contact)]


def _period(job: Job, style: str) -> str:
    form, joint, still = DATES[style]
    start, end = (form(int(date[:2]), int(date[3:])) if date else still for date in (job["start"], job["end"]))
    return f"{start}{joint}{end}"


def _labelled(job: Job, period: str, rng: random.Random) -> list[str]:
    return [f"Period: {period}", f"Employer: {job['company']}", f"Position: {job['title']}", "Duties:"]


def _profile_page(job: Job, period: str, rng: random.Random) -> list[str]:
    return [job["title"], f"{job['company']} · {rng.choice(('Full-time', 'Permanent'))}", f"{period} · 2 yrs 3 mos",
            rng.choice(PLACES)]  # fmt: skip


LAYOUTS: Final[dict[str, Callable[[Job, str, random.Random], list[str]]]] = {
    "employer first": lambda job, period, rng: [f"{job['company']}, {rng.choice(PLACES)}", job["title"], period],
    "dates first": lambda job, period, rng: [period, f"{job['title']} at {job['company']}"],
    "one line": lambda job, period, rng: [f"{job['company']} | {job['title']} | {period}"],
    "dates at the right": lambda job, period, rng: [f"{job['title']}\t{period}", job["company"]],
    "in brackets": lambda job, period, rng: [f"{job['title']} ({period})", f"{job['company']}, {rng.choice(PLACES)}"],
    "labelled": _labelled,
    "profile page": _profile_page,
}
_BEHIND: Final[tuple[Lines, ...]] = (
    [],
    [
        ("heading", "Languages"),
        ("text", "English (native), French (B2)"),
        ("heading", "References"),
        ("text", "Dr Hilda Marchmont, Principal, Thornfield College"),
    ],
    [
        ("heading", "Volunteering"),
        ("text", "Sea Scouts, Group Leader, 2012 – 2016"),
        ("heading", "Interests"),
        ("text", "Chess, long walks, restoring radios"),
    ],
    [
        ("heading", "Publications"),
        ("text", "“Notes on Practice”, Journal of Small Things, March 2018"),
        ("heading", "Certifications"),
        ("text", "First Aid at Work, 2019"),
    ],
)
_STUDIES: Final[tuple[Callable[[str, str, str], list[str]], ...]] = (
    lambda degree, school, years: [f"{years}: {degree}, {school}"],
    lambda degree, school, years: [school, f"{degree} ({years})"],
    lambda degree, school, years: [degree, school, years],
)
_SKILLS: Final[tuple[Callable[[list[str]], list[str]], ...]] = (
    lambda skills: [f"» {skill}" for skill in skills],
    lambda skills: [f"{skill} {'●●●●○' if k % 2 else '●●●○○'}" for k, skill in enumerate(skills)],
    lambda skills: [" / ".join(skills)],
    lambda skills: [f"Daily use: {', '.join(skills[:2])}", f"Good knowledge: {', '.join(skills[2:])}"],
    lambda skills: [f"{skill} – {'advanced' if k % 2 else 'expert'}" for k, skill in enumerate(skills)],
)
_WRITERS: Final[dict[str, Callable[[Lines], bytes]]] = {
    "pdf": as_pdf, "docx": as_docx, "txt": lambda lines: "\n".join(text for _, text in lines).encode(),
}  # fmt: skip
