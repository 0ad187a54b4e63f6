"""What the API promises, for programs as OpenAPI and for people as a page. Both hold nobody's data and ask nobody."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from flask import Response

from functions.openapi.operation import JSON, operation
from shared.errors import NotFound

FILE: Final = Path(__file__).resolve().parents[2] / "openapi.json"  # written by `python -m functions.openapi`
# Files of the page: Swagger UI's, from the package offapi, and the three lines that start it.
_ASSETS: Final = {
    "swagger_bundle.js": "text/javascript",
    "swagger_preset.js": "text/javascript",
    "swagger_style.css": "text/css",
}
_START: Final = """window.ui = SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#page", deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], persistAuthorization: false});
"""
# The page runs its own scripts, and styles elements by itself.
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Shortlist: the API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs/swagger_style.css"></head>
<body><div id="page"></div>
<script src="/api/docs/swagger_bundle.js"></script>
<script src="/api/docs/swagger_preset.js"></script>
<script src="/api/docs/start.js"></script></body>
</html>
"""


@operation({200: JSON}, public=True)
def get_openapi() -> Any:
    """Return this document."""
    return Response(FILE.read_bytes(), mimetype="application/json")


@operation({200: "text/html"}, public=True)
def get_docs() -> Any:
    """Return the page that shows this document, and asks the API with a token of yours."""
    return Response(_PAGE, mimetype="text/html", headers={"Content-Security-Policy": _PAGE_POLICY})


@operation({200: "*/*"}, public=True)
def get_asset(name: str) -> Any:
    """Return a file of the page."""
    if name == "start.js":
        return Response(_START, mimetype="text/javascript")
    package = find_spec("offapi") if name in _ASSETS else None
    if package is None or package.origin is None:
        raise NotFound(f"no file {name} of the page")
    content = (Path(package.origin).parent / name).read_bytes()
    return Response(content, mimetype=_ASSETS[name], headers={"Cache-Control": "public, max-age=86400"})
