"""Finding people: requirements out of a text, retrieval, a score computed from facts, and the reasons."""

from __future__ import annotations

from shared.search.find import search
from shared.search.result import SearchResult

__all__ = ["SearchResult", "search"]
