"""The location factor: where the person is, against the asked places; an unreadable place is unknown, not elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from shared.search.request.criteria import Asked
from shared.search.result import Factor, Notes
from shared.search.score.facts import Facts
from shared.vocabulary.places import find_places, same_place
from shared.vocabulary.text import normalize

SAME_COUNTRY: Final = 0.4  # another town of the asked town's country
REMOTE_ELSEWHERE: Final = 0.5  # elsewhere, and the work can be done from there


def score_location(asked: Asked, facts: Facts) -> Factor:
    """Return the location factor; unknown when no place is recorded or the recorded one cannot be read."""
    notes = Notes()
    held, wanted = facts.person.get("location"), " or ".join(asked.places)
    if not held:
        notes.unknown.append(f"place: {wanted} asked, none recorded")
        return Factor(None, 0.0, notes)
    fits = [place_fit(place, held) for place in asked.places]
    known = [fit for fit in fits if fit is not None]
    notes.quote("location", held)
    if not known:
        notes.unknown.append(f"place: {wanted} asked, {held} could not be placed")
        return Factor(None, 0.0, notes)
    fit = max(known)
    (notes.met if fit == 1 else notes.missing).append(held if fit == 1 else f"{wanted} asked, in {held}")
    return Factor(max(fit, REMOTE_ELSEWHERE) if asked.remote else fit, 1.0, notes)


@lru_cache(maxsize=16384)
def place_fit(wanted: str, held: str) -> float | None:
    """Return 1 for the asked place (or inside it), less for its country, 0 for elsewhere, None when unreadable."""
    there, here = find_places(wanted), find_places(held)
    if not there or not here:
        return 1.0 if same_place(wanted, held) or normalize(wanted) == normalize(held) else None
    # "Berlin, Germany" asks for the town; a record that says no more than the country may be anywhere in it
    asked = [place for place in there if place[0] != place[1]] or there
    towns, countries = {place for place, _, _ in here}, {country for _, country, _ in here}
    if any(place in towns or (place == country and country in countries) for place, country, _ in asked):
        return 1.0
    return SAME_COUNTRY if any(country in countries for _, country, _ in asked) else 0.0
