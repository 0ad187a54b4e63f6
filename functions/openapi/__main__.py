"""Write `openapi.json` at the root of the repository: `python -m functions.openapi`."""

from __future__ import annotations

import json

from functions.api import make_app
from functions.api.openapi import FILE
from functions.openapi.document import make_document
from functions.openapi.table import OPERATIONS

if __name__ == "__main__":
    document = make_document(make_app(), OPERATIONS)
    FILE.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(document['paths'])} paths")
