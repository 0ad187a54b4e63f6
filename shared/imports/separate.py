"""Whom sources belong to when others have gone: what joined them may have gone, too."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.models.collections import REDIRECTS
from shared.people.resolve.judge import units_of
from shared.people.resolve.partition import partition
from shared.people.stored import StoredPerson, TargetPerson
from shared.ports import Ports, Stored

if TYPE_CHECKING:
    from shared.models.documents.people import RedirectDocument, SourceDocument

Sources = Mapping[str, "SourceDocument"]  # source id -> document


def is_named(source: SourceDocument) -> bool:
    """Tell whether a source by itself says who somebody is. A correction says it of a record that is there."""
    if source["kind"] == "correction":
        return False
    person = source["facts"].get("person") or {}
    return bool(person.get("name") or person.get("emails") or person.get("links"))


def separate_people(ports: Ports, person: StoredPerson, sources: Sources) -> list[TargetPerson]:
    """Return who the sources are: the one candidate, or several when what joined them is gone.

    The part with the oldest source keeps the id; a part that was a record of its own gets its old id back.
    """
    redirects = ports.store.query(REDIRECTS, [("candidate_id", "==", person.id)])
    merged_by_hand = any(row.data.get("by") == "hand" for row in redirects)
    first, *others = _groups(sources, merged_by_hand)
    pool = person.data["pool"]
    people = [TargetPerson(person.id, pool, person, {id_: sources[id_] for id_ in sorted(first)})]
    for group in others:
        own = {id_: sources[id_] for id_ in sorted(group)}
        old_id = _old_id(redirects, group)
        new_id = old_id or secrets.token_hex(10)
        people.append(TargetPerson(new_id, pool, None, own, restored=old_id is not None))
    for target in people:
        target.shares_keys = len(people) > 1
    return people


def _old_id(redirects: list[Stored[RedirectDocument]], group: set[str]) -> str | None:
    for row in redirects:
        if group <= set(row.data["sources"]):
            return row.id
    return None


def _groups(sources: Sources, merged_by_hand: bool) -> list[set[str]]:
    """Return the sources of each person, the person with the oldest source first.

    A correction or an application alone is nobody: it stays with the first.
    """
    nameless = {id_ for id_, source in sources.items() if not is_named(source)}
    groups = _tied(sources, merged_by_hand)
    people = [group for group in groups if not group <= nameless]
    loose = [group for group in groups if group <= nameless]
    if not people:
        return [set(sources)]
    people.sort(key=lambda group: min((sources[id_]["at"], id_) for id_ in group))
    return [people[0].union(*loose), *people[1:]]


def _tied(sources: Sources, merged_by_hand: bool) -> list[set[str]]:
    """Group sources that are one person by what they say, or because a person said so."""
    if merged_by_hand:
        return [set(sources)]
    groups: list[set[str]] = []
    for group in partition(units_of(sources)).groups:
        groups.append({evidence.source_id for evidence in group.sources()})
    return groups
