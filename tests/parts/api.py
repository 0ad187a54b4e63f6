"""The API in one process, asked as any of several callers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from werkzeug.test import Client, TestResponse

from parts import process
from parts.embedded import make_pools
from parts.process import make_app
from shared import wiring
from shared.config import Settings
from shared.models.caller import Caller
from shared.ports import Ports

EXPORT: Final = "Name,Email,Current title\nAnn Lee,ann@example.com,Backend Engineer\nBo Ray,bo@example.com,Nurse\n"
ROLES: Final[dict[str, Caller]] = {
    "admin": Caller(uid="boss"),
    "acme": Caller(uid="rita", role="recruiter", pools=("acme",)),
    "both": Caller(uid="bibi", role="recruiter", pools=("acme", "other")),
    "other": Caller(uid="otto", role="recruiter", pools=("other",)),
    "service": Caller(uid="key:1", role="service", pools=("acme",)),
    "candidate": Caller(uid="cleo", role="candidate", candidate_id="c1"),
}


@contextmanager
def running(settings: Settings, ports: Ports | None = None) -> Iterator[Client]:
    """Yield the app over these settings. `ports`: those of somebody who stops them, too."""
    process.use(settings, ports)
    make_pools(process.ports())
    try:
        yield make_app().test_client()
    finally:
        if ports is None:
            wiring.thread_queue(process.ports()).stop()
            process.ports().store.close()
        process.use(Settings(home=settings.home))


class Api:
    """The app that runs, asked as one of `callers`."""

    def __init__(self, client: Client, callers: Mapping[str, Caller] = ROLES) -> None:
        signing = wiring.local_tokens(process.settings())
        self.client = client
        self.tokens = {who: signing.sign(caller, 3600) for who, caller in callers.items()}

    def __call__(
        self, who: str | None, method: str, path: str, headers: Mapping[str, str] | None = None, **sent: Any
    ) -> TestResponse:
        """Ask as `who`, None: as somebody without a token; the answer is not read yet."""
        signed = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self.client.open(path, method=method, headers={**signed, **(headers or {})}, **sent)

    def settle(self) -> None:
        """Wait until everything that is queued is done."""
        wiring.thread_queue(process.ports()).join()

    def people(self) -> list[Any]:
        """Every candidate's row."""
        return process.ports().store.query("candidates")
