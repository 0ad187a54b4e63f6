"""When text cannot be seen by a person, whatever the format: one rule for colours and sizes."""

from __future__ import annotations

from typing import Final

TINY: Final = 2.0  # points; the smallest print of a legal notice is 4
_PALE: Final = 0xF0  # each of red, green, blue from here up is white to the eye
_CLOSE: Final = 16  # colours that differ by less than this in every part look the same
Colour = tuple[int, int, int]
WHITE: Final[Colour] = (255, 255, 255)
_NAMES: Final = {"white": WHITE, "snow": WHITE, "ivory": WHITE, "ghostwhite": WHITE, "whitesmoke": (245, 245, 245)}


def is_pale(colour: Colour) -> bool:
    """Whether the colour cannot be told from white paper."""
    return min(colour) >= _PALE


def look_the_same(one: Colour, other: Colour) -> bool:
    """Whether text of one colour cannot be seen on the other."""
    return all(abs(a - b) < _CLOSE for a, b in zip(one, other, strict=True))


def colour_of(text: str | None) -> Colour | None:
    """Return the colour of `FFFFFF`, `#fff`, `white` or `rgb(255, 255, 255)`; None for any other wording."""
    value = (text or "").strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if value.startswith("rgb"):
        parts = value[value.find("(") + 1 :].rstrip(")").replace(",", " ").split()[:3]
        if len(parts) == 3:
            return _rgb(parts, 10)
        return None
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if len(digits) == 6:
        return _rgb([digits[0:2], digits[2:4], digits[4:6]], 16)
    return None


def _rgb(parts: list[str], base: int) -> Colour | None:
    try:
        red, green, blue = (min(255, max(0, int(part, base))) for part in parts)
    except ValueError:
        return None
    return red, green, blue
