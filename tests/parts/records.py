"""Parts of records as the pipeline writes them."""

from __future__ import annotations

from typing import Any


def stage_state(state: str, **more: Any) -> dict[str, Any]:
    """Return what stands at a record when a stage ended like this."""
    return {"state": state, "input": "0c7be8f34b21", "recipe": "test-1", "at": "2026-11-21T09:05:00Z", **more}
