"""From what Gemini says a person is to our classification: only what the profile's own words carry."""

from __future__ import annotations

from typing import Final

from shared.adapters.gemini.quotes import Ungrounded, sent
from shared.adapters.gemini.schemas import ClassifySaid, FunctionSaid
from shared.models.candidate import Classification, FunctionLabel, Profile
from shared.vocabulary import SPECIALTIES

_CONFIDENCE: Final = {"sure": 0.95, "likely": 0.75, "guess": 0.4}  # a word of the model, a number of ours


def classification(said: ClassifySaid, profile: Profile) -> Classification | None:
    """Return the labels that quote the profile; None where there was nothing to label. Raises `Ungrounded` when none
    of those said quotes it."""
    if not said.functions:
        return None
    texts = sent(profile)
    labels: dict[str, FunctionLabel] = {}
    for each in said.functions:
        if (evidence := texts.find_all(each.quotes)) and each.name not in labels:
            labels[each.name] = FunctionLabel(
                name=each.name,
                level=each.level,
                specialties=_specialties(each),
                confidence=_CONFIDENCE[each.sureness],
                evidence=evidence,
            )
    if not labels:
        raise Ungrounded("no function was named with words of the profile")
    found = tuple(labels.values())
    return Classification(functions=found, function=found[0].name, level=found[0].level)


def _specialties(said: FunctionSaid) -> tuple[str, ...]:
    """One of another function is dropped: `general` has none, and `brand` is of design and marketing."""
    return tuple(dict.fromkeys(name for name in said.specialties if name in SPECIALTIES[said.name]))
