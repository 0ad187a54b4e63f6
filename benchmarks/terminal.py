"""Benchmarks see the product as a user does: through its command line, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent


class Failed(Exception):
    """The command did not end with 0; the message holds its last words."""


@dataclass(frozen=True)
class Terminal:
    """The command line on one home."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, verb: str, *options: str) -> list[str]:
        """Return the words of one call; `cli` stands at the root, so that nothing need be installed."""
        return [sys.executable, "-m", "cli", "--home", str(self.home), verb, *options]

    def start(self, verb: str, *options: str) -> subprocess.Popen[str]:
        """Start one call and return at once; what it says goes nowhere."""
        quiet = subprocess.DEVNULL
        command = self.command(verb, *options)
        return subprocess.Popen(command, cwd=ROOT, env=self.variables(), text=True, stdout=quiet, stderr=quiet)

    def text(self, verb: str, *options: str) -> str:
        """Return what one call prints. Raises `Failed`."""
        done = subprocess.run(
            self.command(verb, *options), cwd=ROOT, env=self.variables(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failed(f"shortlist {verb} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def json(self, verb: str, *options: str) -> dict[str, Any]:
        """Return the object one call prints with --json. Raises `Failed`."""
        answer: dict[str, Any] = json.loads(self.text(verb, *options, "--json"))
        return answer

    def documents(self) -> list[dict[str, Any]]:
        """Return every candidate document, without vectors."""
        lines = self.text("export", "--format", "jsonl").split("\n")
        return [json.loads(line) for line in lines if line]

    def variables(self) -> dict[str, str]:
        """Return the environment of a call."""
        return {**os.environ, "PYTHONUTF8": "1", **self.environment}
