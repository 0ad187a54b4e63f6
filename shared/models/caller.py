"""Who asks. Every read is scoped by it."""

from __future__ import annotations

from typing import Literal

from shared.models.frozen import Frozen


class Caller(Frozen):
    """Role and pools; an admin's empty `pools` means all of them."""

    uid: str = "local"
    role: Literal["recruiter", "admin", "candidate", "service"] = "admin"
    pools: tuple[str, ...] = ()
