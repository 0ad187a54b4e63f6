"""The text of a CV into facts, by rules and layout of our own: what the offline model reads with."""

from shared.reading.cv.parsing import parse_cv

__all__ = ["parse_cv"]
