"""What people said of themselves, and what stays of those who were erased."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict


class SelfDescribedDocument(TypedDict, total=False):
    """Opted in by the person. Read by the impact report alone, which tells groups and never people."""

    id: Annotated[str, "the candidate's id", "9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "the candidate's pool", "default"]
    gender: Annotated[str | None, "in the words the form offers", "woman"]
    ethnicity: Annotated[str | None, "in the words the form offers", "not said"]
    age_group: Annotated[str | None, "in the words the form offers", "40-49"]
    disability: Annotated[str | None, "in the words the form offers", "none"]
    at: Annotated[str, "when it was said, UTC", "2026-11-21T09:00:00Z"]


class SuppressedDocument(TypedDict, total=False):
    """Somebody who was erased and is not to be taken in again. Nothing can be read from it."""

    id: Annotated[
        str,
        "keyed hash of a keyed hash: of an e-mail address, a LinkedIn name or a content",
        "b1946ac92492d2347c6235b4d2611184",
    ]
    pool: Annotated[str, "which pool they are kept out of", "default"]
    at: Annotated[str, "since when, UTC", "2026-11-21T09:00:00Z"]


class ErasureDocument(TypedDict, total=False):
    """The receipt of an erasure: where something was removed, and how much. No personal data."""

    id: Annotated[str, "the random id the person had", "9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "the pool they were in", "default"]
    asked_by: Annotated[str, "uid of who erased them", "uid-1"]
    at: Annotated[str, "when it began, UTC", "2026-11-21T09:00:00Z"]
    state: Annotated[
        Literal["erasing", "purging", "done"], "purging: gone, but remains may be in the store's own files", "done"
    ]
    places: Annotated[dict[str, int], "place to how many records, rows or files", '{"candidates": 1, "export rows": 2}']
    notes: Annotated[list[str], "what is outside of our reach", '["copies outside of this installation"]']
    done_at: Annotated[str | None, "when nothing was left, UTC", "2026-11-21T09:00:01Z"]
