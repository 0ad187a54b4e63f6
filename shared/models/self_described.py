"""What people said of themselves, if they wished to: counted for the impact report, joined to nothing else."""

from __future__ import annotations

from shared.models.frozen import Frozen


class SelfDescribed(Frozen):
    """Opted in by the person. Read by the impact report alone, which tells groups and never people."""

    id: str  # the candidate's id
    pool: str
    gender: str | None = None  # in the words the form offers
    ethnicity: str | None = None
    age_group: str | None = None
    disability: str | None = None
    at: str
