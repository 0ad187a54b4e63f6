"""Write `openapi.json` at the root of the repository: `python -m functions.openapi`."""

from __future__ import annotations

import json

from functions.api.openapi import FILE
from functions.app import create_app
from functions.openapi.document import make_document
from functions.runtime import Runtime
from shared.config import Settings

if __name__ == "__main__":
    document = make_document(create_app(Runtime(Settings())))
    FILE.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(document['paths'])} paths, {FILE.stat().st_size // 1000} KB")
