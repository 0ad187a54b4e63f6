"""A stored job as what it asks for: its words, the requirements read from them, its vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.models.requirements import Requirements
from shared.ports import Ports
from shared.search.retrieval import Vectors
from shared.vectors.generations import PARTS, WHOLE, legs_among, live_vectors
from shared.vocabulary.titles import read_title

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument


def job_text(job: JobDocument) -> str:
    """Return the words a job is read by, its title first; '' for a job without title and description.

    The level of a field of its own stands before a title that names none, and the place on a line that says so.
    """
    title, description = (job.get("title") or "").strip(), (job.get("description") or "").strip()
    if not title and not description:
        return ""
    level, place = (job.get("seniority") or "").strip(), (job.get("location") or "").strip()
    if title and read_title(level).level_quote and not read_title(title).level_quote:
        title = f"{level} {title}"
    return "\n".join(filter(None, (title, f"Location: {place}" if place else "", description)))


def requirements_of(job: JobDocument) -> Requirements | None:
    """Return what the job asks for, as its `enrich` stage read it; None before that."""
    read = job.get("enrichment")
    return Requirements.model_validate({**read, "text": job_text(job)}) if read else None


def job_vectors(ports: Ports, job_id: str) -> Vectors | None:
    """Return the vectors to find people by, made by the `embed` stage; None before that, and while theirs are of
    another model."""
    vectors = live_vectors(ports.store, "jobs", [job_id], (WHOLE, *PARTS)).get(job_id, {})
    legs = legs_among(ports.store, "candidates", "jobs", vectors) if WHOLE in vectors else None
    return tuple(legs) if legs else None
