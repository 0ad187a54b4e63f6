"""The runtime of the process under test: functions and API are made over it, and tests look at its ports."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask

from functions.app import create_app
from functions.runtime import Runtime
from shared.config import Settings
from shared.ports import Identity, Ports, SignIn

_current: Final = [Runtime(Settings(home=Path("/nonexistent")))]


def use(
    settings: Settings, ports: Ports | None = None, identity: Identity | None = None, sign_in: SignIn | None = None
) -> Runtime:
    """Start over with these settings; what is not given besides is theirs."""
    _current[0] = Runtime(settings, ports, identity, sign_in)
    return _current[0]


def runtime() -> Runtime:
    """Return the runtime that is used now."""
    return _current[0]


def ports() -> Ports:
    """Return its ports."""
    return _current[0].ports


def settings() -> Settings:
    """Return its settings."""
    return _current[0].settings


def make_app() -> Flask:
    """Return the API over it."""
    return create_app(_current[0])


def swap(ports: Ports) -> None:
    """Let what runs already work with other ports."""
    _current[0]._parts["ports"] = ports
