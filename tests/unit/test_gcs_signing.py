"""Who signs an upload link where there is no key: Google, for the service account the function runs as."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from google.auth.credentials import Credentials
from google.cloud.storage import _signing

from shared.adapters.gcs.files import GcsFiles

EMAIL = "api@demo.iam.gserviceaccount.com"


class FakeMetadataCredentials(Credentials):  # type: ignore[misc]
    """As on Cloud Run: no key, and its account and token are known once it was refreshed."""

    service_account_email = "default"

    def refresh(self, request: Any) -> None:
        self.token, self.service_account_email = "a-token", EMAIL


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Token and account of every signature that Google was asked for."""
    asked: list[tuple[str, str]] = []

    def sign(message: str, access_token: str, service_account_email: str, *_: str) -> str:
        asked.append((access_token, service_account_email))
        return base64.b64encode(b"signed").decode()

    monkeypatch.setattr(_signing, "_sign_message", sign)
    return asked


def test_without_a_key_the_link_is_signed_by_google_for_our_account(asked: list[tuple[str, str]]) -> None:
    files = GcsFiles("bucket", "demo", credentials=FakeMetadataCredentials())  # type: ignore[no-untyped-call]
    url = files.signed_upload_url("incoming/cv/p/a b.pdf", "application/pdf", 10**7, 30)
    files.close()
    assert asked == [("a-token", EMAIL)]
    assert url.startswith("https://storage.googleapis.com/bucket/incoming/cv/p/a%20b.pdf?")
    assert "X-Goog-Algorithm=GOOG4-RSA-SHA256" in url
    assert "X-Goog-Expires=1800" in url
    assert url.endswith(f"X-Goog-Signature={b'signed'.hex()}")


def test_a_download_is_an_attachment_of_its_name_for_a_few_minutes(asked: list[tuple[str, str]]) -> None:
    files = GcsFiles("bucket", "demo", credentials=FakeMetadataCredentials())  # type: ignore[no-untyped-call]
    url = files.signed_download_url("documents/p/1", 'Zoë "CV"\r\nX: y.pdf', 5)
    files.close()
    query = parse_qs(urlsplit(url).query)
    assert asked == [("a-token", EMAIL)]
    assert query["X-Goog-Expires"] == ["300"]
    assert query["response-content-type"] == ["application/octet-stream"]  # never shown as a page of ours
    assert query["response-content-disposition"] == [
        "attachment; filename*=UTF-8''Zo%C3%AB%20%22CV%22%0D%0AX%3A%20y.pdf"
    ]
