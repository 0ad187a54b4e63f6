"""Who somebody is, gathered from everything that was said of them: by what they are found in every place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from shared.access.redirects import merged_ids
from shared.models.collections import KEYS
from shared.people.keys import keys_of
from shared.people.stored import StoredPerson, carriers_of, load_people
from shared.people.suppression import ERASED
from shared.ports import Ports
from shared.reading.text.addresses import email_key, linkedin_key

if TYPE_CHECKING:
    from shared.models.documents.profiles import PersonData

_SHORTEST: Final = 4  # letters of words worth looking for: shorter ones are in everybody's


@dataclass(frozen=True)
class Who:
    """One person of one pool. `known`: the candidate with their sources as they are stored."""

    known: StoredPerson
    ids: tuple[str, ...]  # the candidate's and those that were merged into it
    documents: tuple[str, ...]  # CV files
    keys: tuple[str, ...]  # hashes of the identity keys that are theirs
    rows: Mapping[str, frozenset[int]]  # import -> rows of its file
    sure: re.Pattern[str] | None  # addresses nobody else has: e-mail, LinkedIn
    words: re.Pattern[str] | None  # these, telephone numbers, links and the whole name

    @property
    def id(self) -> str:
        """The candidate's id."""
        return self.known.id

    @property
    def pool(self) -> str:
        """The candidate's pool."""
        return str(self.known.data["pool"])


def find_person(ports: Ports, candidate_id: str) -> Who | None:
    """Return who the candidate is; None when there is no such record."""
    known = load_people(ports, [candidate_id]).get(candidate_id)
    if known is None:
        return None
    people: list[PersonData] = [known.data.get("person") or {}]
    for row in known.sources.values():
        if person := row.data["facts"].get("person"):
            people.append(person)
    sure, words = _addresses(people), _names(people)
    return Who(
        known,
        ids=(candidate_id, *merged_ids(ports.store, candidate_id)),
        documents=tuple(row.id for row in known.sources.values() if row.data.get("document_id")),
        keys=tuple(_own_keys(ports, known, people)),
        rows=_rows(known),
        sure=_pattern(sure),
        words=_pattern(sure | words),
    )


def scrubbed(value: Any, words: re.Pattern[str]) -> Any:
    """Return the JSON value with these words replaced wherever they stand in a text."""
    if isinstance(value, str):
        return words.sub(ERASED, value)
    if isinstance(value, Mapping):
        return {name: scrubbed(each, words) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed(each, words) for each in value]
    return value


def _own_keys(ports: Ports, known: StoredPerson, people: Iterable[PersonData]) -> list[str]:
    """Keys of their addresses, but for those somebody else holds: a mail box that several people share."""
    said = {key["hash"] for row in known.sources.values() for key in row.data.get("keys") or ()}
    said |= {key["hash"] for person in people for key in keys_of(person, known.data["pool"], ports.key_secret)}
    held = ports.store.get(KEYS, sorted(said)) if said else {}
    return sorted(key for key in said if key not in held or carriers_of(held[key].data) == [known.id])


def _rows(known: StoredPerson) -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for source in known.sources.values():
        import_id, row = source.data.get("import_id"), source.data.get("row")
        if import_id and row:
            rows.setdefault(import_id, set()).add(row)
    return {id_: frozenset(numbers) for id_, numbers in rows.items()}


def _addresses(people: Iterable[PersonData]) -> set[str]:
    found: set[str] = set()
    for person in people:
        found |= {key for email in person.get("emails") or () if (key := email_key(email))}
        for link in (person.get("links") or {}).values():
            if name := linkedin_key(link):
                found |= {f"linkedin.com/in/{name}", f"linkedin.com/in/{quote(name)}"}
    return found


def _names(people: Iterable[PersonData]) -> set[str]:
    found: set[str] = set()
    for person in people:
        found |= {text for text in (person.get("name") or "", *(person.get("phones") or ())) if len(text) >= _SHORTEST}
        for link in (person.get("links") or {}).values():
            found.add(re.sub(r"^https?://(www\.)?", "", link).rstrip("/"))
            found |= {name for name in (linkedin_key(link),) if name and len(name) >= _SHORTEST}
    return {text.strip() for text in found if text.strip()}


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted(texts, key=len, reverse=True)
    parts = [r"\s+".join(map(re.escape, text.split())) for text in longest]
    # An address ends where no letter goes on with it; `.` only ends it when nothing of a longer one stands behind.
    return re.compile(rf"(?<![\w+-])(?<!\w\.)(?:{'|'.join(parts)})(?![\w-]|\.\w)", re.IGNORECASE) if parts else None
