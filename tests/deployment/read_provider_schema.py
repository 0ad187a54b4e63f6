"""Reads which attributes Terraform's google provider knows from its CDK wheel, for a machine that cannot fetch it.

    pip download --no-deps cdktf-cdktf-provider-google==16.12.1
    python tests/deployment/read_provider_schema.py cdktf_cdktf_provider_google-16.12.1-py3-none-any.whl

writes provider_schema.json beside this file: for each resource and data source infra/ uses, its attributes (true where
required) and its blocks, nested likewise, each with whether it is required.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
INFRA = HERE.parents[1] / "infra"


def used() -> list[str]:
    """Return the names of resources and data sources in infra/, data sources as data_NAME."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(INFRA.glob("*.tf")))
    found = re.findall(r'^(resource|data) "(\w+)"', text, re.MULTILINE)
    return sorted({("data_" if kind == "data" else "") + name for kind, name in found})


def schema(source: str) -> dict[str, Any]:
    """Return the attributes and blocks one generated module describes: its class is the one called …Config."""
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    arguments = {name: _arguments(node) for name, node in classes.items()}
    (top,) = (name for name in classes if name.endswith("Config") and _is_top(classes[name]))
    return _block(top, arguments, top=True)


def _is_top(node: ast.ClassDef) -> bool:
    return any("TerraformMetaArguments" in ast.unparse(base) for base in node.bases)


def _arguments(node: ast.ClassDef) -> dict[str, tuple[str, bool]]:
    """Return name -> (annotation, whether required) of a class's __init__."""
    init = next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
    if init is None:
        return {}
    pairs = zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True)
    return {arg.arg: (ast.unparse(arg.annotation) if arg.annotation else "", default is None) for arg, default in pairs}


META = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}


def _block(name: str, arguments: dict[str, dict[str, tuple[str, bool]]], top: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {"attributes": {}, "blocks": {}}
    for argument, (annotation, required) in arguments[name].items():
        if top and argument in META:
            continue
        nested = [word for word in re.findall(r"\w+", annotation) if word in arguments and word != name]
        if nested:
            found["blocks"][argument] = {**_block(nested[0], arguments), "required": required}
        else:
            found["attributes"][argument] = required
    return found


def main(wheel: str) -> None:
    """Write provider_schema.json."""
    with zipfile.ZipFile(wheel) as archive:
        found = {}
        for name in used():
            module = name if name.startswith("data_") else name.removeprefix("google_")
            path = f"cdktf_cdktf_provider_google/{module}/__init__.py"
            found[name] = schema(archive.read(path).decode())
    text = json.dumps(found, indent=None, sort_keys=True).replace('}, "google_', '},\n"google_')
    (HERE / "provider_schema.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
