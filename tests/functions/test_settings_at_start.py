"""A missing or wrong setting is one line when a function starts, never a stack trace on its first request."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOGLE = {
    "SHORTLIST_BACKEND": "google",
    "GOOGLE_CLOUD_PROJECT": "p",
    "SHORTLIST_BUCKET": "b",
    "SHORTLIST_FUNCTIONS_URL": "https://functions.example",
    "SHORTLIST_TASKS_ACCOUNT": "tasks@p.example",
    "SHORTLIST_KEY_SECRET": "0" * 64,
}


def start(target: str, environment: dict[str, str], after: str = "") -> subprocess.CompletedProcess[str]:
    """Start a function as Cloud Run does; a dry run that would serve is stopped by functions-framework itself."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SHORTLIST", "GEMINI", "GOOGLE", "K_SERVICE"))
    }
    begin = f"import sys; from functions_framework import create_app; create_app({target!r}, 'main.py')"
    code = f"{begin}\n{after}\nsys.exit(0)"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**ours, **environment}, capture_output=True, text=True
    )


@pytest.mark.parametrize("target", ["classify", "on_upload", "api"])
def test_settings_that_are_whole_let_a_function_start(target: str) -> None:
    done = start(target, GOOGLE)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOOGLE_CLOUD_PROJECT", ""),
        ("SHORTLIST_BUCKET", ""),
        ("SHORTLIST_KEY_SECRET", "short"),
        ("SHORTLIST_TASKS_ACCOUNT", ""),
        ("SHORTLIST_TEXT_MODEL", "gemini-0"),
        ("SHORTLIST_REGION", "Europe!"),
        ("SHORTLIST_TASK_SECONDS", "soon"),
    ],
)
def test_a_missing_or_wrong_setting_is_one_line_naming_the_variable(name: str, value: str) -> None:
    done = start("classify", {**GOOGLE, name: value})
    assert done.returncode == 2
    assert name in done.stderr and len(done.stderr.splitlines()) == 1
