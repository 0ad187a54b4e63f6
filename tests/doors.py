"""Functions as functions-framework serves them, and a fake of who signs their calls."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parts import process
from werkzeug.test import TestResponse

from shared.config import GoogleSettings, Settings
from shared.errors import NotSignedIn

MAIN = str(Path(__file__).parents[1] / "main.py")
URL, ACCOUNT = "https://functions.example", "tasks@project.example"
Post = Callable[..., TestResponse]


class FakeIdentity:
    """A fake: a token is `ACCOUNT for AUDIENCE`, written plainly."""

    def service_account(self, token: str, audience: str) -> str:
        account, _, said = token.partition(" for ")
        if said != audience:
            raise NotSignedIn("the token is not for this function")
        return account


def cloud_settings(home: Path) -> Settings:
    """Embedded parts behind doors that know whom they are called by."""
    return Settings(home=home, google=GoogleSettings(functions_url=URL, tasks_account=ACCOUNT))


def call(export: str, body: Any, headers: dict[str, str]) -> TestResponse:
    """Call a function by its export, as its process would be called. `_` in a header's name stands for `-`."""
    from functions_framework import create_app

    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    before = dict(os.environ)
    try:
        client = create_app(export, MAIN).test_client()
        loaded = sys.modules["main"]
        vars(loaded.runtime).update(vars(process.runtime()))  # the framework has read the file anew
    finally:  # the framework notes target and kind of function for its one function a process
        os.environ.clear()
        os.environ.update(before)
    return client.post("/", data=data, headers=named)
