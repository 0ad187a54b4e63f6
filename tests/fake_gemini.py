"""A fake of Gemini's REST service: sensible answers, a quota, latency, and every fault on demand; it counts calls.

    python tests/fake_gemini.py --port 9009 --quota 300 --latency 0.3 --fault 429=0.05 --fault spii=0.01

`GET /calls` returns the counts; `POST /faults` sets `{"faults": {"503": 0.1}, "script": ["daily"]}` while it runs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import fake_gemini_answers as answers

Json = dict[str, Any]
FAULTS = (
    "429",
    "daily",
    "500",
    "503",
    "key",
    "model",
    "cut",
    "spii",
    "safety",
    "blocked",
    "garbage",
    "count",
    "zero",
    "slow",
)
_PATH = re.compile(r"/models/(?P<model>[\w.-]+):(?P<method>generateContent|batchEmbedContents|embedContent|predict)$")
_KINDS = {"ClassifySaid": "classify", "EnrichSaid": "enrich", "ParseSaid": "parse", "JobSaid": "split_job"}
CHARACTERS_A_TOKEN = 4  # Google's own rule of thumb
TOKENS_A_PAGE = 560  # of a PDF at medium resolution
RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
QUOTA_FAILURE = "type.googleapis.com/google.rpc.QuotaFailure"


@dataclass
class Behaviour:
    """`faults`: probability a call of each fault. `script`: faults of the next calls, in order; `ok` is none.
    `scripts`: the same for the next calls of one kind of task, which come before the others."""

    quota: int = 0  # requests in any 60 seconds; 0: none
    window: float = 60.0  # seconds the quota is counted over, its share of a minute
    latency: float = 0.0
    slow: float = 2.0  # seconds more of a `slow` call
    retry_delay: float = 1.0  # said with an injected 429; one of the quota says the exact time
    faults: dict[str, float] = field(default_factory=dict)
    script: list[str] = field(default_factory=list)
    scripts: dict[str, list[str]] = field(default_factory=dict)
    canned: list[str] = field(default_factory=list)  # texts of the next answers, in order
    seen: str = ""  # what stands on a page; without it, the text layer of a PDF stands for that
    obeys: bool = False  # whether it does what the data orders
    encoder: bool = False  # whether vectors mean something (the offline encoder) or are made up
    seed: int = 1


class FakeGemini:
    """The server, in this process. A context manager; `url` is for `base_url`."""

    def __init__(self, behaviour: Behaviour | None = None, port: int = 0, host: str = "127.0.0.1") -> None:
        self.behaviour = behaviour or Behaviour()
        self.calls: Counter[str] = Counter()  # by kind of task; `texts` is how many vectors were answered with
        self.outcomes: Counter[str] = Counter()  # `ok`, or the fault
        self.answered: Counter[str] = Counter()  # by kind of task: what was answered with something that can be used
        self.requests: list[Json] = []  # the last hundred bodies
        self.accepted_at: list[float] = []
        self._chance = random.Random(self.behaviour.seed)
        self._window: deque[float] = deque()
        self._lock = threading.Lock()
        self._encoder: Any = None
        self._server = _Server((host, port), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeGemini:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self) -> None:
        """Serve until killed."""
        self._server.serve_forever()

    def answer(self, path: str, body: Json) -> tuple[int, Json]:
        """Return the status and the body for a call."""
        found = _PATH.search(path)
        if not found:
            return 404, error(404, "NOT_FOUND")
        kind = self._kind(found["method"], body)
        with self._lock:
            self.calls[kind] += 1
            self.requests = [*self.requests[-99:], body]
            fault = self._fault(kind)
            wait = 0.0 if fault in _ERRORS else self._over_quota()
            outcome = "quota" if wait else fault
            self.outcomes[outcome] += 1
            self.answered[kind] += outcome in ("ok", "slow") or (kind != "embed" and outcome in ("count", "zero"))
        time.sleep(self.behaviour.latency + (self.behaviour.slow if fault == "slow" else 0.0))
        if wait:
            return 429, error(429, "RESOURCE_EXHAUSTED", wait, "GenerateRequestsPerMinutePerProject")
        if fault in _ERRORS:
            refused: tuple[int, dict[str, Any]] = _ERRORS[fault](self.behaviour.retry_delay)
            return refused
        return 200, self._embedded(found["method"], body, fault) if kind == "embed" else self._said(kind, body, fault)

    def counts(self) -> Json:
        """Return what was asked so far."""
        with self._lock:
            return {"calls": dict(self.calls), "outcomes": dict(self.outcomes)}

    def set_faults(self, wanted: Json) -> None:
        """Change the faults of a server that runs."""
        with self._lock:
            self.behaviour.faults = dict(wanted.get("faults", {}))
            self.behaviour.script = list(wanted.get("script", []))
            self.behaviour.scripts = {kind: list(each) for kind, each in wanted.get("scripts", {}).items()}

    def _kind(self, method: str, body: Json) -> str:
        if method != "generateContent":
            return "embed"
        config = both(body, "generationConfig") or {}
        told = any("text" in part for content in body["contents"] for part in content["parts"])
        otherwise = "rewrite" if told and not both(config, "responseSchema") else "read_scan"
        return _KINDS.get((both(config, "responseSchema") or {}).get("title", ""), otherwise)

    def _fault(self, kind: str) -> str:
        if script := self.behaviour.scripts.get(kind):
            return script.pop(0)
        if self.behaviour.script:
            return self.behaviour.script.pop(0)
        drawn = self._chance.random()
        for name, share in self.behaviour.faults.items():
            if drawn < share:
                return name
            drawn -= share
        return "ok"

    def _over_quota(self) -> float:
        """Return 0 for a call within the quota, else the seconds until the next one would be."""
        if not self.behaviour.quota:
            return 0.0
        now, width = time.monotonic(), self.behaviour.window
        limit = max(1, round(self.behaviour.quota * width / 60))
        while self._window and self._window[0] <= now - width:
            self._window.popleft()
        if len(self._window) >= limit:
            return max(0.001, self._window[0] + width - now)
        self._window.append(now)
        self.accepted_at.append(now)
        return 0.0

    def _said(self, kind: str, body: Json, fault: str) -> Json:
        if fault == "blocked":
            return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}}
        parts = [part for content in body["contents"] for part in content["parts"]]
        text = self._text(kind, body, parts)
        finish = {"cut": "MAX_TOKENS", "spii": "SPII", "safety": "SAFETY"}.get(fault, "STOP")
        if fault in ("spii", "safety"):
            text = ""
        text = {"cut": text[: len(text) // 2], "garbage": "not JSON at all"}.get(fault, text)
        usage = {"promptTokenCount": tokens_of(body), "candidatesTokenCount": len(text) // CHARACTERS_A_TOKEN}
        content = {"role": "model", "parts": [{"text": text}]} if text else {"role": "model"}
        return {"candidates": [{"content": content, "finishReason": finish}], "usageMetadata": usage}

    def _text(self, kind: str, body: Json, parts: list[Json]) -> str:
        if kind == "read_scan":
            return self.behaviour.seen or answers.scanned(parts[0])
        data = answers.data_in(parts[0]["text"])
        if self.behaviour.canned:
            return self.behaviour.canned.pop(0)
        if kind == "rewrite":
            return str(data)
        order = answers.commanded(data) if self.behaviour.obeys else None
        shape = both(both(body, "generationConfig"), "responseSchema")["title"]
        return order or answers.as_json(answers.answer(shape, data))

    def _embedded(self, method: str, body: Json, fault: str) -> Json:
        if method == "predict":
            texts = [each["content"] for each in body["instances"]]
        else:
            contents = [each["content"] for each in body["requests"]] if "requests" in body else [body["content"]]
            texts = ["".join(part["text"] for part in content["parts"]) for content in contents]
        with self._lock:
            self.calls["texts"] += len(texts)
        vectors = self._vectors(texts)
        if fault == "count":
            vectors = vectors[:-1]
        if fault == "zero" and vectors:
            vectors[0] = [0.0] * 768
        if method == "predict":
            return {
                "predictions": [{"embeddings": {"values": each, "statistics": {"token_count": 3}}} for each in vectors]
            }
        if method == "embedContent":
            return {"embedding": {"values": vectors[0]}}
        return {"embeddings": [{"values": each} for each in vectors]}

    def _vectors(self, texts: list[str]) -> list[list[float]]:
        bare = [answers.unprefixed(text) for text in texts]
        if not self.behaviour.encoder:
            return [answers.made_up_vector(text) for text in bare]
        with self._lock:
            if self._encoder is None:
                from shared.adapters.offline.encoding import Encoder

                self._encoder = Encoder()
        return [[round(float(value), 7) for value in row] for row in self._encoder.encode(bare)]


def tokens_of(body: Json) -> int:
    """Count what is sent by the rule of thumb, a file as one page of a PDF whatever it is."""
    words = {name: value for name, value in body.items() if name != "contents"}
    parts = [part for content in body["contents"] for part in content["parts"]]
    texts = sum(len(part.get("text", "")) for part in parts)
    files = sum("text" not in part for part in parts)
    return (len(json.dumps(words)) + texts) // CHARACTERS_A_TOKEN + files * TOKENS_A_PAGE


def both(body: Json, name: str) -> Any:
    """Return a field however the client spells it."""
    snake = re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)
    return body.get(name, body.get(snake))


def error(
    code: int, status: str, wait: float | None = None, quota: str | None = None, reason: str | None = None
) -> Json:
    """Return an error body as Google writes it."""
    details: list[Json] = []
    if quota:
        details.append({"@type": QUOTA_FAILURE, "violations": [{"quotaId": quota}]})
    if wait is not None:
        details.append({"@type": RETRY_INFO, "retryDelay": f"{wait:.3f}s"})
    if reason:
        details.append({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason})
    return {"error": {"code": code, "status": status, "message": f"fake {status}", "details": details}}


_ERRORS: dict[str, Any] = {
    "429": lambda wait: (429, error(429, "RESOURCE_EXHAUSTED", wait, "GenerateRequestsPerMinutePerProject")),
    "daily": lambda wait: (429, error(429, "RESOURCE_EXHAUSTED", wait, "GenerateRequestsPerDayPerProject-FreeTier")),
    "500": lambda wait: (500, error(500, "INTERNAL")),
    "503": lambda wait: (503, error(503, "UNAVAILABLE")),
    "key": lambda wait: (400, error(400, "INVALID_ARGUMENT", reason="API_KEY_INVALID")),
    "model": lambda wait: (404, error(404, "NOT_FOUND")),
    "states": lambda wait: (400, error(400, "INVALID_ARGUMENT")),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    fake: FakeGemini


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._send(200, self.server.fake.counts())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/faults":
            self.server.fake.set_faults(body)
            self._send(200, {})
            return
        self._send(*self.server.fake.answer(self.path.partition("?")[0], body))

    def _send(self, status: int, body: Json) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until killed; prints the address when it listens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--quota", type=int, default=0, help="requests a minute")
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--fault", action="append", default=[], help=f"NAME=PROBABILITY, NAME of {', '.join(FAULTS)}")
    parser.add_argument("--obeys", action="store_true", help="do what the data orders")
    parser.add_argument("--made-up-vectors", action="store_true", help="instead of the offline encoder's")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = {name: float(share) for name, _, share in (each.partition("=") for each in options.fault)}
    if unknown := set(faults) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    behaviour = Behaviour(
        quota=options.quota, latency=options.latency, faults=faults, obeys=options.obeys,
        encoder=not options.made_up_vectors, seed=options.seed,
    )  # fmt: skip
    fake = FakeGemini(behaviour, options.port, options.host)
    print(fake.url, flush=True)
    fake.serve()


if __name__ == "__main__":
    main()
