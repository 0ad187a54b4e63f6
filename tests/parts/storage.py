"""Buckets on the Cloud Storage server of `parts.emulators`."""

from __future__ import annotations

import secrets
import urllib.request

from shared.adapters.gcs.files import GcsFiles


def make_bucket(server: str, name: str = "") -> str:
    """Make an empty bucket on the server (`http://127.0.0.1:PORT`); return its name."""
    name = name or f"test-{secrets.token_hex(6)}"
    request = urllib.request.Request(
        f"{server}/storage/v1/b?project=test",
        data=f'{{"name": "{name}"}}'.encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10):
        return name


def bucket(server: str, name: str = "") -> GcsFiles:
    """A bucket of its own, as the files of one test."""
    return GcsFiles(make_bucket(server, name), "test", server, patience=5)
