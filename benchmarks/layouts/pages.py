"""Sixteen ways to set a CV, as text: what stands first, where dates stand, how headings and contact look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple


class Job(NamedTuple):
    """One position of a person's truth; `start` and `end` are YYYY-MM, `end` is '' while it lasts."""

    title: str
    employer: str
    place: str
    start: str
    end: str


class Study(NamedTuple):
    """One degree of a person's truth, by years."""

    degree: str
    school: str
    start: str
    end: str


class Owner(NamedTuple):
    """Everything a layout may show of a person, in the person's language."""

    language: str
    name: str
    email: str
    phone: str
    place: str
    summary: str
    work: str
    education: str
    abilities: str
    referees: str
    jobs: list[Job]
    studies: list[Study]
    skills: list[str]
    sentence: str
    months: list[str]
    still: str  # the word for an open end


def month_in_words(owner: Owner, date: str) -> str:
    """Return `March 2019` in the person's language."""
    year, month = date.split("-")
    return f"{owner.months[int(month) - 1]} {year}"


def month_in_digits(date: str) -> str:
    """Return `03/2019`."""
    year, month = date.split("-")
    return f"{month}/{year}"


def in_words(owner: Owner, job: Job) -> str:
    """Return `March 2019 – Present`."""
    end = month_in_words(owner, job.end) if job.end else owner.still
    return f"{month_in_words(owner, job.start)} – {end}"


def in_digits(owner: Owner, job: Job) -> str:
    """Return `03/2019 - present`."""
    end = month_in_digits(job.end) if job.end else owner.still
    return f"{month_in_digits(job.start)} - {end}"


def front(owner: Owner) -> list[str]:
    """Return name and contact, a line each."""
    return [owner.name, owner.email, owner.phone, owner.place]


def front_in_one_line(owner: Owner) -> list[str]:
    """Return the name and a line of contact."""
    return [owner.name, f"{owner.email} | {owner.phone} | {owner.place}"]


def studies(owner: Owner) -> list[str]:
    """Return the degrees, a line each."""
    return [f"{study.degree}, {study.school}, {study.start} – {study.end}" for study in owner.studies]


def behind(owner: Owner) -> list[str]:
    """Return education and skills with their headings."""
    return ["", owner.education, *studies(owner), "", owner.abilities, ", ".join(owner.skills)]


def page(owner: Owner, head: list[str], entries: list[str]) -> list[str]:
    """Return a whole CV of one column."""
    return [*head, "", owner.work, *entries, *behind(owner)]


def title_comma_employer(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.title}, {job.employer}", in_words(owner, job), owner.sentence, ""]
    return page(owner, front(owner), entries)


def employer_comma_title(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.employer}, {job.title}", in_words(owner, job), owner.sentence, ""]
    return page(owner, front(owner), entries)


def employer_above_title(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.employer}, {job.place}", job.title, in_digits(owner, job), f"• {owner.sentence}", ""]
    return page(owner, front_in_one_line(owner), entries)


def title_above_employer_dates_right(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.title}\t{in_digits(owner, job)}", f"{job.employer}, {job.place}", f"• {owner.sentence}"]
    return page(owner, front_in_one_line(owner), entries)


def employer_dates_right_title_below(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.employer}\t{in_words(owner, job)}", job.title, f"- {owner.sentence}", ""]
    return page(owner, front(owner), entries)


def dates_left_title_employer(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{in_digits(owner, job)}\t{job.title}", f"\t{job.employer}, {job.place}", f"\t• {owner.sentence}"]
    return page(owner, front(owner), entries)


def dates_left_employer_dash_title(owner: Owner) -> list[str]:
    entries = [f"{in_digits(owner, job)}\t{job.employer} – {job.title}" for job in owner.jobs]
    return page(owner, front_in_one_line(owner), entries)


def bars(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.employer} | {job.title} | {in_words(owner, job)}", f"• {owner.sentence}"]
    return page(owner, front_in_one_line(owner), entries)


def brackets(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.title} ({in_digits(owner, job)})", job.employer, owner.sentence, ""]
    return page(owner, front(owner), entries)


def capital_headings(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [in_words(owner, job), job.title, job.employer, f"• {owner.sentence}", ""]
    lines = [owner.name, owner.email, owner.phone, "", owner.summary.upper(), owner.sentence, ""]
    lines += [owner.work.upper(), *entries, owner.education.upper(), *studies(owner), ""]
    return [*lines, owner.abilities.upper(), *(f"• {skill}" for skill in owner.skills)]


def labels(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [in_digits(owner, job), f"{job.title} @ {job.employer}", owner.sentence, ""]
    head = [owner.name, f"E-mail: {owner.email}", f"Tel: {owner.phone}"]
    return page(owner, head, entries)


def years_only(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        end = job.end[:4] or owner.still
        entries += [f"{job.start[:4]} – {end}: {job.title}, {job.employer}", owner.sentence]
    return page(owner, front(owner), entries)


def markdown(owner: Owner) -> list[str]:
    lines = [f"# {owner.name}", "", f"**{owner.email}** | {owner.phone}", "", f"## {owner.work}", ""]
    for job in owner.jobs:
        lines += [f"### {job.title}, {job.employer}", f"*{in_words(owner, job)}*", "", f"- {owner.sentence}", ""]
    lines += [f"## {owner.education}", "", *studies(owner), "", f"## {owner.abilities}", ""]
    return [*lines, *(f"- {skill}" for skill in owner.skills)]


def referee_behind(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        entries += [f"{job.employer} — {job.title}", f"{in_words(owner, job)} · {job.place}", f"• {owner.sentence}"]
    referee = ["Hilda Marchmont", "Thornfield College", "hilda.marchmont@example.com", "+44 7700 900299"]
    return [*page(owner, front(owner), entries), "", owner.referees, *referee]


def letter_before(owner: Owner) -> list[str]:
    letter = [*front(owner), "", "Ms Rowena Pike", "Holdfast Logistics plc", "careers@holdfast.example", ""]
    letter += ["Dear Ms Pike,", "", owner.sentence, "", "Yours sincerely,", owner.name, ""]
    return letter + title_comma_employer(owner)


def employer_over_its_roles(owner: Owner) -> list[str]:
    entries: list[str] = []
    for job in owner.jobs:
        period = in_digits(owner, job)
        entries += [f"{job.employer}, {job.place}\t{period}", f"{job.title}\t{period}", f"• {owner.sentence}"]
    return page(owner, front(owner), entries)


LAYOUTS: Final[tuple[Callable[[Owner], list[str]], ...]] = (
    title_comma_employer,
    employer_comma_title,
    employer_above_title,
    title_above_employer_dates_right,
    employer_dates_right_title_below,
    dates_left_title_employer,
    dates_left_employer_dash_title,
    bars,
    brackets,
    capital_headings,
    labels,
    years_only,
    markdown,
    referee_behind,
    letter_before,
    employer_over_its_roles,
)
