"""What cloudbuild.yaml does when it runs: its deploy step, with another gcloud that writes down its arguments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "demo-project"
FAKE_GCLOUD = f"""#!{sys.executable}
import json, os, sys, tempfile
descriptor, _ = tempfile.mkstemp(suffix=".json", dir=os.environ["FAKE_GCLOUD_CALLS"])
with open(descriptor, "w") as file:
    json.dump(sys.argv[1:], file)
sys.exit(os.environ.get("FAKE_GCLOUD_FAILS", "none") in sys.argv)
"""


@dataclass(frozen=True)
class Deployment:
    """One `gcloud functions deploy`: the function's name and its flags, repeated ones as lists."""

    name: str
    flags: Mapping[str, list[str]]

    def flag(self, name: str) -> str:
        """Return the one value of a flag."""
        (value,) = self.flags[name]
        return value

    @property
    def environment(self) -> dict[str, str]:
        """The variables it sets, secrets as `secret:VERSION`."""
        pairs = self.flag("set-env-vars").removeprefix("^;^").split(";") + self.flag("set-secrets").split(",")
        return dict(pair.split("=", 1) for pair in pairs)


def build() -> dict[str, Any]:
    """Return cloudbuild.yaml."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "cloudbuild.yaml").read_text(encoding="utf-8"))
    return loaded


def step(name: str) -> dict[str, Any]:
    """Return one step of the build."""
    found: dict[str, Any] = next(each for each in build()["steps"] if each["id"] == name)
    return found


def substitutions(entry_points: list[str], **given: str) -> dict[str, str]:
    """Return the build's substitutions as Terraform would pass them in."""
    every = {f"_{name}": " ".join(f"{each}=3" for each in entry_points) for name in ("INSTANCES", "PER_MINUTE")}
    return {**build()["substitutions"], "_BUCKET": "demo-bucket", **every, **given, "PROJECT_ID": PROJECT}


def run_deploy_step(
    folder: Path, values: Mapping[str, str], path: str | None = None, only: Collection[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the deploy step as Cloud Build does: a script, with the substitutions in the environment.

    `only`: the functions whose lines stay in the script; all of them when there are none.
    """
    script = folder / "step.sh"
    lines = step("deploy")["script"].splitlines(keepends=True)
    begin, end = lines.index("functions=(\n") + 1, lines.index("running=()\n") - 1
    wanted = [line for line in lines[begin:end] if not only or line.split()[0].strip('"') in only]
    script.write_text("".join([*lines[:begin], *wanted, *lines[end:]]), encoding="utf-8")
    path = path or os.environ["PATH"]
    env = {"PATH": path, "HOME": str(folder), **values, **environment}
    return subprocess.run(["bash", str(script)], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def run_with_fake_gcloud(
    folder: Path, values: Mapping[str, str], **environment: str
) -> tuple[list[list[str]], subprocess.CompletedProcess[str]]:
    """Return the arguments of every gcloud call of the deploy step, and how the step ended."""
    (tools := folder / "bin").mkdir()
    (calls := folder / "calls").mkdir()
    (tools / "gcloud").write_text(FAKE_GCLOUD)
    (tools / "gcloud").chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    ended = run_deploy_step(folder, values, path, FAKE_GCLOUD_CALLS=str(calls), **environment)
    return [json.loads(file.read_text()) for file in sorted(calls.glob("*.json"))], ended


def deployments(calls: list[list[str]]) -> list[Deployment]:
    """Read the `functions deploy` calls."""
    return [Deployment(call[2], _flags(call[3:])) for call in calls if call[:2] == ["functions", "deploy"]]


def invokers(calls: list[list[str]]) -> list[tuple[str, str]]:
    """Return (function, member) for each right to call that is granted."""
    granted = [call for call in calls if call[:2] == ["functions", "add-invoker-policy-binding"]]
    return [(call[2], _flags(call[3:])["member"][0]) for call in granted]


def _flags(arguments: list[str]) -> dict[str, list[str]]:
    flags: dict[str, list[str]] = {}
    for argument in arguments:
        name, _, value = argument.removeprefix("--").partition("=")
        flags.setdefault(name, []).append(value)
    return flags
