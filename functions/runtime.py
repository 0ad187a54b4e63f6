"""What a process works with, passed to everything that answers: settings, and connections made on first use."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from shared.config import Settings

if TYPE_CHECKING:
    from shared.models.task import Task
    from shared.ports import Identity, Ports, SignIn

RUNTIME: Final = "shortlist"  # where an app's extensions hold its runtime


class LazyFunction:
    """A function whose file is imported by its first call."""

    def __init__(self, module: str, name: str) -> None:
        self.__name__ = name
        self._module = module

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The function itself."""
        function: Callable[..., Any] = getattr(import_module(self._module), self.__name__)
        return function

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it."""
        return self.function(*arguments, **named)


_connect = LazyFunction("shared.wiring", "connect")
_make_identity = LazyFunction("shared.wiring", "identity")
_make_sign_in = LazyFunction("shared.wiring", "sign_in")
_finish = LazyFunction("shared.wiring", "finish")
_deliver = LazyFunction("shared.operations.dispatch", "deliver")


class Runtime:
    """What a process works with: its settings, and connections that are made when they are first used."""

    def __init__(
        self,
        settings: Settings,
        ports: Ports | None = None,
        identity: Identity | None = None,
        sign_in: SignIn | None = None,
        before_task: Callable[[], None] | None = None,
    ) -> None:
        """`before_task` is called before each task of this process's own queue."""
        self.settings = settings
        self._before_task = before_task
        self._lock = threading.RLock()
        given = {"ports": ports, "identity": identity, "sign_in": sign_in}
        self._parts: dict[str, Any] = {name: part for name, part in given.items() if part is not None}

    @property
    def ports(self) -> Ports:
        """The ports, connected on first use."""
        ports: Ports = self._part("ports", self._connect)
        return ports

    @property
    def identity(self) -> Identity | None:
        """Who checks the tokens of tasks and schedules; None on one machine."""
        identity: Identity | None = self._part("identity", lambda: _make_identity(self.settings))
        return identity

    @property
    def sign_in(self) -> SignIn:
        """Who checks the tokens of people and programs."""
        sign_in: SignIn = self._part("sign_in", lambda: _make_sign_in(self.settings))
        return sign_in

    def finish(self) -> None:
        """Leave everything whole: the process is about to end."""
        with self._lock:
            if "ports" in self._parts:
                _finish(self._parts["ports"])

    def _connect(self) -> Ports:
        def handle(ports: Ports, task: Task, last: bool) -> Any:
            if self._before_task:
                self._before_task()
            return _deliver(ports, task, last)

        ports: Ports = _connect(self.settings, handle)
        return ports

    def _part(self, name: str, make: Callable[[], Any]) -> Any:
        with self._lock:
            if name not in self._parts:
                self._parts[name] = make()
            return self._parts[name]


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own, which no other reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
