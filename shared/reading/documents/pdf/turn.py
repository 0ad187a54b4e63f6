"""From a PDF's coordinates to those of the page as a person sees it."""

from __future__ import annotations

from typing import NamedTuple


class Turn(NamedTuple):
    """The page's box in PDF points, and the quarter turns clockwise it is shown with."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        if self.quarters % 2:
            return self.top - self.bottom
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        if self.quarters % 2:
            return self.right - self.left
        return self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in points from the top left corner of the page as shown."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return a box as (left, top, right, bottom) of the page as shown."""
        x, y = self.point(left, bottom)
        u, v = self.point(right, top)
        return min(x, u), min(y, v), max(x, u), max(y, v)
