"""People like one person: what they are and can do becomes what is asked for, and their own vectors look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shared.access import Reads, allow
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES
from shared.models.requirements import RequiredSkill, Requirements
from shared.ports import Ports, Stored
from shared.search.find import run
from shared.search.request.request import Search
from shared.search.result import SearchResult
from shared.search.retrieval import Vectors
from shared.search.score.facts import FIELDS, Facts
from shared.vectors.generations import WHOLE, legs_among, live_vectors

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument

MOST_SKILLS: Final = 8  # the first ones say the most; a long list would ask for a twin
_BESIDE: Final = ("skill", "experience")  # schools make nobody alike


def like(ports: Ports, candidate_id: str, caller: Caller, top_k: int = 10) -> SearchResult:
    """Return the people of the same pool most like this one, never themself, with reasons.

    Raises `NotAllowed`; `NotFound` for somebody the caller may not see; `InvalidRequest` when nothing is known to
    compare by, or for a wrong `top_k`.
    """
    allow(caller, "search")
    one = Reads(ports, caller).one(CANDIDATES, candidate_id, FIELDS)
    wanted = as_wanted(Facts(one.id, one.data, ports.now()))
    asked = Search(
        wanted=wanted,
        vectors=_own_vectors(ports, one),
        top_k=top_k,
        where={"pool": one.data["pool"]},
        without=frozenset((one.id,)),
    )
    return run(ports, asked, caller)


def as_wanted(facts: Facts) -> Requirements:
    """Return a person's role, level and first skills as requirements. Raises `InvalidRequest` when none is known."""
    role = facts.roles[0] if facts.roles else None
    known = role is not None and role.function != "general"
    skills = _first_skills(facts)
    if not known and not skills:
        raise InvalidRequest(f"nothing is known of candidate {facts.id} to compare others by")
    level = (role.level,) if role and role.level else ()
    specialties = tuple(f"{role.function}/{name}" for name in role.specialties) if role and known else ()
    said = [*level, *(name.partition("/")[2].replace("_", " ") for name in specialties), *skills]
    return Requirements(
        text=" ".join(said),
        functions=(role.function,) if role and known and not specialties else (),
        specialties=specialties,
        levels=level,
        skills=tuple(RequiredSkill(name=name, quote="") for name in skills),
    )


def _first_skills(facts: Facts) -> list[str]:
    """Return names of stated skills: the ranked ones of the enrich stage, else those of the profile."""
    enriched = (facts.data.get("enrichment") or {}).get("skills") or ()
    named = [item["name"] for item in (*enriched, *(facts.profile.get("skills") or ()))]
    return list(dict.fromkeys(named))[:MOST_SKILLS]


def _own_vectors(ports: Ports, one: Stored[CandidateDocument]) -> Vectors | None:
    """Return the vectors this person was embedded by; None, and the text is embedded, when there are none."""
    vectors = live_vectors(ports.store, "candidates", [one.id], (WHOLE, *_BESIDE)).get(one.id, {})
    legs = legs_among(ports.store, "candidates", "candidates", vectors) if WHOLE in vectors else None
    return tuple(legs) if legs else None
