"""Every setting, read from the environment in this one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.errors import Misconfigured

# Numpy reads these when it is first imported, and both doors import this module before. Our matrix products are small:
# a second thread of OpenBLAS is waited for longer than it works. What the user has set stands.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


@dataclass(frozen=True)
class Settings:
    """What can be set. Each field's comment names its variable."""

    home: Path = Path(".shortlist")  # SHORTLIST_HOME: where the embedded data lives
    max_file_mb: int = 4096  # SHORTLIST_MAX_FILE_MB: a larger export is refused
    workers: int = 2  # SHORTLIST_WORKERS: threads that run stages
    import_processes: int = 2  # SHORTLIST_IMPORT_PROCESSES: how many share the rows of a large import
    call_log: Path | None = None  # SHORTLIST_CALL_LOG: a file that gets one line `stage id` per record a model is asked
    backfill_every: int = 3600  # SHORTLIST_BACKFILL_EVERY: seconds between sweeps of `serve`


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises `Misconfigured` naming the variable that is wrong."""
    env = os.environ if environ is None else environ
    call_log = env.get("SHORTLIST_CALL_LOG")
    return Settings(
        home=Path(env.get("SHORTLIST_HOME") or ".shortlist"),
        max_file_mb=_number(env, "SHORTLIST_MAX_FILE_MB", 4096, least=1),
        workers=_number(env, "SHORTLIST_WORKERS", 2, least=1),
        import_processes=_number(env, "SHORTLIST_IMPORT_PROCESSES", min(4, os.cpu_count() or 1), least=1),
        call_log=Path(call_log) if call_log else None,
        backfill_every=_number(env, "SHORTLIST_BACKFILL_EVERY", 3600, least=1),
    )


def _number(env: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise Misconfigured(f"{name}={text!r}: a whole number from {least} up")
    return int(text)
