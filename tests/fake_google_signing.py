"""A fake of who signs Google's identity tokens: a key, tokens signed with it, and its certificate over HTTP."""

from __future__ import annotations

import datetime
import json
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from google.auth.crypt import RSASigner

TIMES = {"exp", "iat", "auth_time"}


def in_seconds(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Return claims whose times, given in seconds from now, are times of the clock: now is when the test runs."""
    now = int(time.time())
    return {name: now + value if name in TIMES and isinstance(value, int) else value for name, value in claims.items()}


class FakeGoogleSigning:
    """Signs tokens; `certs_url` gives the certificate as Google's address does. `fetches` counts who asked for it."""

    def __init__(self, key_id: str = "fake", max_age: int = 3600) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.key_id, self.max_age, self.fetches = key_id, max_age, 0
        self.certificate = _certificate(key)
        self._signer = RSASigner.from_string(private, key_id)  # type: ignore[no-untyped-call]
        self._server: ThreadingHTTPServer | None = None

    def token(self, audience: str, email: str, /, **claims: Any) -> str:
        """Sign a token as Cloud Tasks gets one for a service account; `claims` replace or add, None removes."""
        now = int(time.time())
        usual = {
            "iss": "https://accounts.google.com",
            "aud": audience,
            "azp": email,
            "sub": email,
            "email": email,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
        }
        said = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        signed: bytes = jwt.encode(self._signer, said)  # type: ignore[no-untyped-call]
        return signed.decode()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, port: int = 0) -> str:
        """Serve the certificate; return its address."""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self.certs_url

    @property
    def certs_url(self) -> str:
        """The address of the certificate, once it is served."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}/oauth2/v1/certs"

    def stop(self) -> None:
        """Serve it no longer."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def _certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fake")])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(start).not_valid_after(start + datetime.timedelta(days=30))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def _handler(signing: FakeGoogleSigning) -> type[BaseHTTPRequestHandler]:
    class Certs(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            signing.fetches += 1
            body = json.dumps({signing.key_id: signing.certificate}).encode()
            self.send_response(200)
            self.send_header("Cache-Control", f"public, max-age={signing.max_age}, must-revalidate")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Certs
