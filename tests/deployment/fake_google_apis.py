"""A fake of Google's REST front: it keeps what the real gcloud sends, and answers just enough for it to go on."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SERVICES = ("CLOUDFUNCTIONS", "RUN", "STORAGE", "CLOUDRESOURCEMANAGER", "SERVICEUSAGE", "CLOUDBUILD", "EVENTARC")


@dataclass(frozen=True)
class Sent:
    """One request; `body` is JSON, or bytes where it was an upload."""

    method: str
    path: str
    body: Any


@dataclass
class FakeGoogleApis:
    """Serves on a free port of the loopback until closed."""

    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def environment(self) -> dict[str, str]:
        """Return what makes gcloud talk to this server, without any credentials."""
        overrides = {f"CLOUDSDK_API_ENDPOINT_OVERRIDES_{service}": self.url for service in SERVICES}
        return {"CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "true", "CLOUDSDK_CORE_DISABLE_PROMPTS": "1", **overrides}

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str) -> tuple[int, dict[str, Any]]:
        """Return status and body for a request."""
        if path.endswith("/runtimes"):
            return 200, {"runtimes": [{"name": "python313", "environment": "GEN_2", "stage": "GA"}]}
        if path.endswith(":generateUploadUrl"):
            return 200, {"uploadUrl": f"{self.url}upload", "storageSource": {"bucket": "sources", "object": "zip"}}
        if method in ("POST", "PATCH") and "/functions" in path:
            return 200, {"name": "projects/p/locations/r/operations/o"}
        if "/operations/" in path:
            metadata = {"@type": "type.googleapis.com/google.cloud.functions.v2.OperationMetadata", "stages": []}
            return 200, {"name": path.removeprefix("/v2/"), "done": True, "metadata": metadata, "response": {}}
        if path.startswith("/v1/projects/") and "/services/" in path and path.endswith(".googleapis.com"):
            return 200, {"name": path.removeprefix("/v1/"), "state": "ENABLED"}
        if method == "GET" and "/functions/" in path:
            name = path.rpartition("/")[2]
            if any(name == each.path.rpartition("functionId=")[2] for each in self.sent):
                service = f"projects/p/locations/r/services/{name.lower()}"
                state = {"state": "ACTIVE", "environment": "GEN_2", "serviceConfig": {"service": service}}
                return 200, {"name": path.removeprefix("/v2/"), **state}
            return 404, {"error": {"code": 404, "message": "no such function", "status": "NOT_FOUND"}}
        return 200, {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = json.loads(raw) if raw[:1] == b"{" else raw
                recorder.sent.append(Sent(self.command, self.path, body))
                status, answer = recorder.answer(self.command, self.path.partition("?")[0])
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_PATCH = handle_any

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
