"""What a job asks for: skills, level, role, years, degree, place, and a summary, each with the words it came from."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from shared.errors import Retryable
from shared.models.job import MOST_SKILLS
from shared.models.requirements import RequiredSkill, Requirements
from shared.ports import Ports, Reply, Stored
from shared.search.request.offer import job_text
from shared.stages.job_summary import summary
from shared.stages.stage import Outcome
from shared.vocabulary.skills import canonical, skill_key

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument, RequirementsData

PORTION: Final = 25  # records between two looks at the clock: each is a call of its own
_AT_ONCE: Final = 32  # jobs the model is asked about; it keeps its own pace
SHAPE: Final = 1  # version of what this stage makes of a reply


def inputs(data: JobDocument) -> Any:
    """Return the job's words; of a closed job only that, so that nothing is paid for it until it opens again."""
    if data.get("status") == "closed":
        return {"status": "closed"}
    return {"text": job_text(data), "tags": data.get("tags") or [], "company": data.get("company") or ""}


def recipe(ports: Ports) -> str:
    """Return the model's versions for reading jobs, and this stage's own."""
    return f"{ports.model.recipe('split_job')} job-{SHAPE}"


def run(records: Sequence[Stored[JobDocument]], ports: Ports) -> list[Outcome[JobDocument]]:
    """Ask the model once a job, about several side by side: their calls wait on the network.

    What was answered is kept where other calls failed. Raises the first error where none was answered.
    """
    if len(records) == 1:
        return [_outcome(records[0].data, ports)]
    with ThreadPoolExecutor(min(len(records), _AT_ONCE), thread_name_prefix="jobs") as threads:
        found = list(threads.map(lambda record: _outcome_or_error(record.data, ports), records))
    errors = [each for each in found if isinstance(each, Retryable)]
    if errors and len(errors) == len(found):
        raise errors[0]
    return [
        Outcome[JobDocument]("retryable", reason=str(each)) if isinstance(each, Retryable) else each for each in found
    ]


def _outcome_or_error(data: JobDocument, ports: Ports) -> Outcome[JobDocument] | Retryable:
    try:
        return _outcome(data, ports)
    except Retryable as error:
        return error


def _outcome(data: JobDocument, ports: Ports) -> Outcome[JobDocument]:
    if data.get("status") == "closed":
        return Outcome("skipped", reason="the job is closed")
    text = job_text(data)
    if not text:
        return Outcome("skipped", {"enrichment": None}, reason="no description")
    reply: Reply[Requirements] = ports.model.split_job(text)
    if reply.value is None:
        state: Literal["retryable", "failed"] = "retryable" if reply.retryable else "failed"
        return Outcome(state, reason=reply.error or "the job could not be read", tokens=reply.tokens)
    wanted = _completed(reply.value, data, text)
    enrichment = cast("RequirementsData", wanted.model_dump(mode="json", exclude={"text"}))
    return Outcome("done", {"enrichment": enrichment}, tokens=reply.tokens)


def _completed(wanted: Requirements, data: JobDocument, text: str) -> Requirements:
    """Drop what the words do not carry, add the tags that are skills, and sum up."""
    said = [skill for skill in wanted.skills if skill.quote and skill.quote in text]
    known = {skill_key(skill.name) for skill in said}
    for tag in data.get("tags") or ():
        if (name := canonical(tag)) and skill_key(name) not in known:
            known.add(skill_key(name))
            said.append(RequiredSkill(name=name, quote=tag))
    kept = sorted(said, key=lambda skill: not skill.must)[:MOST_SKILLS]
    found = wanted.model_copy(
        update={
            "skills": tuple(kept),
            "skill_text": ", ".join(skill.name for skill in kept),
            "quotes": tuple(each for each in wanted.quotes if each.quote and each.quote in text),
        }
    )
    return found.model_copy(update={"summary": summary(found, data)})
