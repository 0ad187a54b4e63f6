"""Cloud Storage beyond the port: generations, upload links, memory, and a service that fails."""

from __future__ import annotations

import tracemalloc
import urllib.request
from collections.abc import Iterator
from io import BytesIO

import pytest
from parts.emulators import free_port, storage_server
from parts.storage import bucket

from shared.adapters.gcs.files import GcsFiles
from shared.errors import Misconfigured, NotFound, Retryable

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with storage_server() as address:
        yield f"http://{address}"


@pytest.fixture
def files(server: str) -> Iterator[GcsFiles]:
    made = bucket(server)
    yield made
    made.close()


def generation(files: GcsFiles, path: str) -> int:
    found = files._bucket.get_blob(path)
    assert found is not None
    return int(found.generation)


def test_the_generation_an_event_named_is_read(files: GcsFiles) -> None:
    files.write("incoming/cv/p/a.pdf", b"first")
    with files.read_generation("incoming/cv/p/a.pdf", generation(files, "incoming/cv/p/a.pdf")) as file:
        assert file.read() == b"first"


def test_a_generation_that_was_replaced_or_deleted_is_not_found(files: GcsFiles) -> None:
    files.write("incoming/cv/p/a.pdf", b"first")
    first = generation(files, "incoming/cv/p/a.pdf")
    files.write("incoming/cv/p/a.pdf", b"second")
    with pytest.raises(NotFound, match="replaced"):
        files.read_generation("incoming/cv/p/a.pdf", first)
    files.delete("incoming/cv/p/a.pdf")
    with pytest.raises(NotFound):
        files.read_generation("incoming/cv/p/a.pdf", first)


def test_a_file_that_goes_away_while_it_is_read_is_not_found(files: GcsFiles) -> None:
    files.write("a", bytes(9_000_000))
    with files.open("a") as file:
        assert len(file.read(10)) == 10
        files.delete("a")
        with pytest.raises(NotFound):
            file.read()


def test_neither_reading_nor_writing_holds_the_file_in_memory(files: GcsFiles) -> None:
    class Zeros(BytesIO):
        left = 64 << 20

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None and size > 0
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    tracemalloc.start()
    try:
        assert files.write("big", Zeros()) == 64 << 20
        with files.open("big") as file:
            assert sum(map(len, iter(lambda: file.read(1 << 16), b""))) == 64 << 20
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 32 << 20


def test_a_bucket_that_is_missing_is_said_to_be(server: str) -> None:
    files = GcsFiles("nowhere", "test", server, patience=1)
    with pytest.raises(NotFound, match="imports/1/a"):
        files.write("imports/1/a", b"x")
    files.close()


def test_a_server_that_is_down_is_asked_again_later() -> None:
    files = GcsFiles("nowhere", "test", f"http://127.0.0.1:{free_port()}", patience=0.2)
    for attempt in (
        lambda: files.open("a"),
        lambda: files.write("a", b"x"),
        lambda: files.write("a", BytesIO(b"x")),
        lambda: files.exists("a"),
        lambda: files.delete("a"),
        lambda: list(files.list("a")),
    ):
        with pytest.raises(Retryable):
            attempt()
    files.close()


def test_without_credentials_no_upload_link_is_signed(files: GcsFiles) -> None:
    with pytest.raises(Misconfigured):
        files.signed_upload_url("incoming/csv/p/a.csv", "text/csv", 10**9, 15)


def test_a_signed_link_takes_the_file(server: str, files: GcsFiles) -> None:
    signing = GcsFiles(files._name, "test", server, credentials=service_account())
    url = signing.signed_upload_url("incoming/csv/p/a.csv", "text/csv", 1000, 15)
    assert "X-Goog-Expires=900" in url
    assert "X-Goog-SignedHeaders=content-type%3Bhost%3Bx-goog-content-length-range" in url
    headers = {"Content-Type": "text/csv", "x-goog-content-length-range": "0,1000"}
    with urllib.request.urlopen(urllib.request.Request(url, b"name\n", headers, method="PUT"), timeout=10):
        pass
    with files.open("incoming/csv/p/a.csv") as file:
        assert file.read() == b"name\n"
    signing.close()


def service_account():  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from google.oauth2.service_account import Credentials

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    told = {"client_email": "uploads@test.iam.gserviceaccount.com", "private_key": pem, "token_uri": "http://nowhere"}
    return Credentials.from_service_account_info(told)
