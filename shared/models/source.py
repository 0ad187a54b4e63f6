"""What reading a row, a file, a form or a correction gives, before it is stored as a source."""

from __future__ import annotations

from pydantic import Field

from shared.models.candidate import Application, Flag, Labelled, Person, Profile
from shared.models.frozen import Frozen


class Facts(Frozen):
    """What was read from one row or file, normalised. Reading knows nothing of ids or storage."""

    person: Person = Person()
    application: Application | None = None
    profile: Profile = Profile()
    extra: dict[str, str] = Field(default_factory=dict)  # columns nobody maps, kept as written
    said_at: str | None = None  # the source's own time stamp, UTC ISO
    flags: tuple[Flag, ...] = ()
    labelled: Labelled | None = None  # of a correction
    withdrawn: tuple[str, ...] = ()  # of a correction: fields that earlier corrections set and that are free again
    tags_put: tuple[str, ...] = ()  # of a correction: on the person whatever their applications say
    tags_dropped: tuple[str, ...] = ()  # of a correction: not on the person whatever their applications say
