"""The daily cleanup: what nobody will continue has failed, and what is past its time is removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from functions.runtime import Runtime
from shared.access.idempotency import forget_answers
from shared.imports.previews import delete_previews
from shared.imports.uploads import delete_ended, fail_abandoned
from shared.models.caller import Caller
from shared.privacy.erase import finish_erasures
from shared.privacy.retention import Keep, retention
from shared.wiring import dropped_files

DEPLOYED: Final = "cleanup"
_GIVE_UP_AFTER: Final = timedelta(days=2)  # Eventarc tries for one
_FORGET_AFTER: Final = timedelta(days=90)
_PREVIEW_LASTS: Final = timedelta(days=1)


def clean_up(runtime: Runtime) -> dict[str, Any]:
    """Forget uploads that ended 90 days ago and previews and kept answers of yesterday.

    Fails uploads nobody took in two days, ends erasures that wait for a reader, and removes what the rules of the
    pools and the settings no longer keep.
    """
    ports, settings = runtime.ports, runtime.settings
    now = ports.now()
    keep = Keep(search_runs=settings.keep_runs_days, audit=settings.keep_audit_days)
    return {
        "forgotten": delete_ended(ports, _before(now, _FORGET_AFTER)),
        "given_up": fail_abandoned(ports, _before(now, _GIVE_UP_AFTER)),
        "previews": delete_previews(ports, _before(now, _PREVIEW_LASTS)),
        "answers": forget_answers(ports),
        "erasures_ended": finish_erasures(ports),
        "expired": retention(ports, Caller(uid=DEPLOYED), keep, True, dropped_files(settings, ports))["due"],
    }


def _before(now: str, by: timedelta) -> str:
    return (datetime.fromisoformat(now) - by).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
