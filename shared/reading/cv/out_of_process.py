"""What CVs say, read in the processes that read files: beside the one that answers people, several at a time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from shared.errors import UnreadableFile
from shared.models.source import Facts
from shared.reading.documents.limits import Limits

LIMITS: Final = Limits()
_NAME: Final = "the CV"
_AT_ONCE: Final = 8  # texts handed over at a time; the processes are as many as processors


def parse_apart(texts: Sequence[str], today: str) -> list[Facts | str]:
    """Return facts a text, in order, or why there are none. `today`: as of `parse_cv`."""
    with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(texts)))) as threads:
        return list(threads.map(lambda text: _parsed(text, today), texts))


def _parsed(text: str, today: str) -> Facts | str:
    from shared.reading.documents.workers import pool

    try:
        return pool().parse(text, today, _NAME, LIMITS)
    except UnreadableFile as error:
        return str(error).removeprefix(f"{_NAME}: ")
