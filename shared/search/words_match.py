"""Whether one person answers a word query: three answers, because a record that names no place is not elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from shared.search.request.words_query import Either, Node, Not, Term, looked_for, pieces
from shared.search.score.facts import Facts
from shared.search.score.location import place_fit
from shared.vocabulary.skills import skill_key
from shared.vocabulary.terms import STOP_WORDS, skill_term
from shared.vocabulary.text import tokenize

_TAGGED: Final = ("skill", "tag")


def judge(node: Node, facts: Facts) -> bool | None:
    """Return whether the person answers the query; None when what it asks about is not recorded."""
    return _judged(node, facts, {})


def demanded_terms(node: Node) -> list[str]:
    """Return the search terms of people who may answer it, without repeats."""
    found: dict[str, None] = {}
    for term in looked_for(node):
        if term.field in _TAGGED or (term.field is None and len(term.pieces) == 1):
            found[skill_term(term.text)] = None
        found.update((word, None) for word in tokenize(term.text) if word not in STOP_WORDS)
    return list(found)


Cells = dict[str | None, tuple[tuple[str, ...], ...]]


def _judged(node: Node, facts: Facts, cells: Cells) -> bool | None:
    if isinstance(node, Term):
        return _holds(node, facts, cells)
    if isinstance(node, Not):
        answer = _judged(node.node, facts, cells)
        return None if answer is None else not answer
    answers = [_judged(each, facts, cells) for each in node.nodes]
    decided = isinstance(node, Either)  # one True decides OR, one False decides AND
    if decided in answers:
        return decided
    return None if None in answers else not decided


def _holds(term: Term, facts: Facts, cells: Cells) -> bool | None:
    if not term.pieces:
        return True
    if term.field == "place":
        return _in_place(term, facts)
    if term.field in (None, "skill") and skill_key(term.text) in facts.skills:  # k8s is Kubernetes
        return True
    if term.field not in cells:
        cells[term.field] = tuple(pieces(cell) for cell in _cells(term.field, facts) if cell)
    return any(_contains(cell, term.pieces) for cell in cells[term.field])


def _in_place(term: Term, facts: Facts) -> bool | None:
    held = facts.person.get("location")
    if not held:
        return None
    return _contains(pieces(held), term.pieces) or place_fit(term.text, held) == 1


def _contains(cell: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    length = len(wanted)
    if length == 1:
        return wanted[0] in cell
    return any(cell[start : start + length] == wanted for start in range(len(cell) - length + 1))


def _cells(field: str | None, facts: Facts) -> Iterable[str | None]:
    profile = facts.profile
    if field == "title":
        return [profile.get("headline"), *(job.get("title") for job in facts.jobs)]
    if field == "company":
        return [job.get("company") for job in facts.jobs]
    if field == "school":
        return [study.get("school") for study in profile.get("educations") or ()]
    if field == "skill":
        return [item["name"] for item in profile.get("skills") or ()]
    if field == "tag":
        applied = (tag for each in facts.data.get("applications") or () for tag in each.get("tags") or ())
        return [*(profile.get("tags") or ()), *applied]
    return _everything(facts)


def _everything(facts: Facts) -> Iterator[str | None]:
    yield facts.person.get("location")  # not the name: it is looked up in the list, and hidden in blind pools
    yield facts.profile.get("summary")
    for field in ("title", "company", "school", "skill", "tag"):
        yield from _cells(field, facts)
    for job in facts.jobs:
        yield job.get("description")
        yield from job.get("achievements") or ()
    yield from (study.get("degree") for study in facts.profile.get("educations") or ())
    yield from facts.profile.get("certifications") or ()
    yield from (each["name"] for each in facts.profile.get("languages") or ())
