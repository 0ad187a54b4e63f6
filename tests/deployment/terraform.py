"""Reads infra/ as Terraform would, as far as that goes without its provider."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import hcl2

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"


@dataclass(frozen=True)
class Block:
    """A resource or data source: `data_` in front of the kind of the latter."""

    kind: str
    name: str
    body: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"


def files() -> dict[str, dict[str, Any]]:
    """Return every file of infra/, parsed."""
    return {path.name: hcl2.loads(path.read_text(encoding="utf-8")) for path in sorted(INFRA.glob("*.tf"))}


def text() -> str:
    """Return all of infra/ as it is written."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(INFRA.glob("*.tf")))


def blocks() -> Iterator[Block]:
    """Yield every resource and data source."""
    for parsed in files().values():
        for word, front in (("resource", ""), ("data", "data_")):
            for entry in parsed.get(word, []):
                for kind, named in entry.items():
                    for name, body in named.items():
                        yield Block(front + kind, name, body)


def declared(word: str) -> dict[str, Any]:
    """Return every `variable` or `output` by name."""
    return {name: body for parsed in files().values() for entry in parsed.get(word, []) for name, body in entry.items()}


def local_values() -> dict[str, Any]:
    """Return every local value as it is written; expressions stay `${…}`."""
    return {
        name: value
        for parsed in files().values()
        for entry in parsed.get("locals", [])
        for name, value in entry.items()
    }


def evaluated(expression: str, folder: Path, **variables: object) -> Any:
    """Return an expression over variables, functions and capacity as Terraform computes it, from JSON."""
    for name in ("variables.tf", "functions.tf", "capacity.tf"):
        shutil.copy(INFRA / name, folder / name)
    given = [f"-var={name}={value}" for name, value in {"project": "demo", **variables}.items()]
    answer = subprocess.run(
        ["terraform", "console", "-no-color", *given],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "CHECKPOINT_DISABLE": "1"},
        input=f"jsonencode({expression})\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(cast(str, json.loads(answer.stdout.strip())))
