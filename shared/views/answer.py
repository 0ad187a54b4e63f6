"""What every view has in common: it is frozen, holds what is named and nothing besides, and renders as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

Fields = Mapping[str, Any]  # JSON values of what the core returns, by name
CLOSED: Final[Any] = {"extra": "forbid"}  # for the contract: nothing besides what is named


class _Absent:
    """The value of a field an answer does not have; null is a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final[Any] = _Absent()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a request is answered; a field that is `ABSENT` is not in the JSON."""

    __pydantic_config__: ClassVar[Any] = CLOSED

    def to_json(self) -> dict[str, Any]:
        """Return the answer as a JSON object."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not ABSENT}
