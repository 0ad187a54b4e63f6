"""Which vectors a search looks at, while those of another model or text are filled in beside them."""

from __future__ import annotations

from typing import Literal

from shared.models.frozen import Frozen

Place = Literal[1, 2]


class Space(Frozen):
    """The live vector space of one kind of record. Vectors of another recipe go to the other place."""

    id: str  # the kind of record: `candidates`, `jobs`
    recipe: str  # of the embed stage: model, dimensions, version of the text; '' while nothing is embedded
    place: Place = 1  # 1: `embedding` and its parts, 2: `embedding_2` and the like
    since: str = ""  # when it became live, UTC
    checked: str | None = None  # the last id whose vectors a scheduled sweep looked at; null: it begins anew
    tidied: str | None = None  # the last id whose old vectors were removed; null when none are left
