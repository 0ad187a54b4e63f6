"""Two sentences about a job, made of what was read from it: nothing can stand in them that the offer does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from shared.models.requirements import Requirements

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

_DEGREES: Final = {"bachelor": "a bachelor's degree", "master": "a master's degree", "phd": "a doctorate",
                   "any": "a degree"}  # fmt: skip
_NAMED: Final = 5  # skills


def summary(wanted: Requirements, job: JobDocument) -> str:
    """Return what the job is, and what it asks for."""
    return f"{_what(wanted, job).rstrip('.')}. {_asks(wanted)}."


def _what(wanted: Requirements, job: JobDocument) -> str:
    levels = [level.replace("_", "-") for level in wanted.levels[:2]]
    parts = [(job.get("title") or "").strip() or _role(wanted)]
    parts += [f"at {company}" if (company := (job.get("company") or "").strip()) else ""]
    parts += [f"in {', '.join(wanted.places)}" if wanted.places else "", _remote(wanted)]
    said = " ".join(filter(None, parts))
    return f"{said} ({_either(levels)})" if levels else said


def _remote(wanted: Requirements) -> str:
    return "" if not wanted.remote else "or from elsewhere" if wanted.places else "from anywhere"


def _asks(wanted: Requirements) -> str:
    must = [skill.name for skill in wanted.skills if skill.must]
    nice = [skill.name for skill in wanted.skills if not skill.must]
    parts = [_some(must), f"{wanted.min_years:g} years of experience" if wanted.min_years is not None else ""]
    parts += [_DEGREES[wanted.degree] if wanted.degree else "", "having led people" if wanted.manages_people else ""]
    asked = "; ".join(filter(None, parts))
    welcome = f"{_some(nice)} would be welcome" if nice else ""
    if not asked:
        return welcome[:1].upper() + welcome[1:] if welcome else "It names no skills, years or degree"
    return f"Asks for {asked}" + (f"; {welcome}" if welcome else "")


def _role(wanted: Requirements) -> str:
    named = [specialty.partition("/")[2] for specialty in wanted.specialties] or list(wanted.functions)
    return f"A role in {_either([name.replace('_', ' ') for name in named])}" if named else "A job"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _either(names: Sequence[str]) -> str:
    return " or ".join(names)
