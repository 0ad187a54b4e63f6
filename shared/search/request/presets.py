"""Weights by kind of role, each with its reason: the level asked suggests one, only the caller applies one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shared.errors import InvalidRequest
from shared.search.request.criteria import Asked
from shared.search.request.weights import DEFAULT, read_weights

if TYPE_CHECKING:
    from shared.search.answers import PresetJson

_TOP: Final = frozenset(("director", "vp", "c_level"))


@dataclass(frozen=True, slots=True)
class Preset:
    """Weights over all factors, summing to 1."""

    weights: Mapping[str, float]
    reason: str


PRESETS: Final[dict[str, Preset]] = {
    "executive": Preset(
        {"skill": 0.35, "experience": 0.45, "education": 0.15, "location": 0.05},
        "having led at this level counts for more than single skills, and executives move for a post",
    ),
    "manager": Preset(
        {"skill": 0.4, "experience": 0.4, "education": 0.1, "location": 0.1},
        "the trade and having led people in it count alike",
    ),
    "individual": Preset(
        {"skill": 0.6, "experience": 0.2, "education": 0.1, "location": 0.1},
        "what someone can do counts for more than rank or degree",
    ),
}


def choose_weights(given: Mapping[str, float] | None, preset: str | None) -> dict[str, float]:
    """Return the weights over all factors. Raises `InvalidRequest` for an unknown preset, wrong weights, or both."""
    if preset is None:
        return read_weights(given)
    if given is not None:
        raise InvalidRequest("give weights or a preset, not both")
    if preset not in PRESETS:
        raise InvalidRequest(f"unknown preset {preset}: one of {', '.join(PRESETS)}")
    return dict(PRESETS[preset].weights)


def suggested(asked: Asked) -> str | None:
    """Return the preset for the level asked; None when the search names no role or level."""
    if not asked.leveled:
        return None
    if asked.levels and set(asked.levels) <= _TOP:
        return "executive"
    return "manager" if asked.leads else "individual"


def shown_preset(asked: Asked, preset: str | None, given: Mapping[str, float] | None) -> PresetJson:
    """Return what the answer says about presets: which is applied, which would suit, and why."""
    fits = suggested(asked)
    return {
        "applied": preset or ("given weights" if given else "default"),
        "suggested": fits if fits != preset else None,
        "reason": PRESETS[fits].reason if fits else None,
        "weights": dict(PRESETS[fits].weights if fits else DEFAULT),
    }
