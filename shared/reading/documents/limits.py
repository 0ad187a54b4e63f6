"""How much one CV file may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one file may use. Over a limit the file is unreadable; pages beyond the last are left out and said so."""

    seconds: int = 20  # of wall clock, and of CPU
    memory_mb: int = 512  # address space of the process that reads
    pages: int = 200
    unpacked_mb: int = 50  # what an archive may unpack to, all its parts together
