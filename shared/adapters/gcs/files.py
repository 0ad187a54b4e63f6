"""Files in a Cloud Storage bucket, streamed both ways."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from urllib.parse import quote

from shared.adapters.gcs.errors import storage_errors
from shared.adapters.gcs.streams import CHUNK, ObjectReader, UploadSource
from shared.errors import InvalidRequest, Misconfigured, NotFound

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.cloud.storage.blob import Blob
    from google.cloud.storage.bucket import Bucket
    from google.cloud.storage.client import Client

_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_TIMEOUT: Final = (10, 60)  # seconds to connect, and of silence in an answer
_LONGEST_NAME: Final = 1024  # bytes of UTF-8, a limit of Cloud Storage


class GcsFiles:
    """The `Files` port, and `IncomingFiles`, over one bucket. The client is built on first use.

    `host`: another server (`http://127.0.0.1:4443`), asked without credentials unless some are given.
    `patience`: seconds a request is retried while the service fails.
    Two writers of one path: the later one wins, whole. A file that is open is read as it was when it was opened.
    """

    def __init__(
        self,
        bucket: str,
        project: str,
        host: str = "",
        credentials: Credentials | None = None,
        patience: float = 60.0,
    ) -> None:
        self._name, self._project, self._host = bucket, project, host
        self._given, self._patience = credentials, patience

    def open(self, path: str) -> BinaryIO:
        """See the port; the stream is seekable and holds one range of 4 MiB in memory."""
        return self._opened(self._present(path))

    def read_generation(self, path: str, generation: int) -> BinaryIO:
        """See `IncomingFiles`."""
        blob = self._present(path)
        if blob.generation != generation:
            raise NotFound(f"{path}: was replaced meanwhile")
        return self._opened(blob)

    def write(self, path: str, content: BinaryIO | bytes) -> int:
        """See the port: an object appears when its last byte has arrived, or not at all."""
        blob = self._blob(path)
        options = {"content_type": "application/octet-stream", **self._options}
        with storage_errors(path):
            if isinstance(content, bytes):
                blob.upload_from_file(io.BytesIO(content), size=len(content), **options)
                return len(content)
            source = UploadSource(content)
            blob.upload_from_file(source, **options)  # no size: a resumable upload, chunk by chunk
            return source.tell()

    def delete(self, path: str) -> None:
        """See the port."""
        try:
            with storage_errors(path):
                self._blob(path).delete(**self._options)
        except NotFound:
            pass

    def exists(self, path: str) -> bool:
        """See the port."""
        with storage_errors(path):
            return bool(self._blob(path).exists(**self._options))

    def list(self, prefix: str) -> Iterator[str]:
        """See the port; pages are asked for as the caller goes on."""
        with storage_errors(prefix or self._name):
            found = self._bucket.list_blobs(prefix=prefix, fields="items(name),nextPageToken", **self._options)
            for blob in found:
                yield blob.name

    def signed_upload_url(self, path: str, content_type: str, max_bytes: int, minutes: int) -> str:
        """See `IncomingFiles`."""
        blob = self._blob(path)
        with storage_errors(path):
            url: str = blob.generate_signed_url(
                version="v4",
                method="PUT",
                expiration=timedelta(minutes=minutes),
                content_type=content_type,
                headers={"x-goog-content-length-range": f"0,{max_bytes}"},
                api_access_endpoint=self._host or None,
                **self._signer(),
            )
        return url

    def signed_download_url(self, path: str, filename: str, minutes: int) -> str:
        """Return an address that gives the file by GET as an attachment of this name, for so long."""
        named = quote(filename, safe="")
        with storage_errors(path):
            url: str = self._blob(path).generate_signed_url(
                version="v4",
                method="GET",
                expiration=timedelta(minutes=minutes),
                response_disposition=f"attachment; filename*=UTF-8''{named}",
                response_type="application/octet-stream",
                api_access_endpoint=self._host or None,
                **self._signer(),
            )
        return url

    def close(self) -> None:
        """Let go of the connections."""
        if "_client" in self.__dict__:
            self._client.close()

    @cached_property
    def _credentials(self) -> Credentials:
        import google.auth
        from google.auth.credentials import AnonymousCredentials

        if self._given or self._host:
            return self._given or AnonymousCredentials()  # type: ignore[no-untyped-call]
        credentials, _ = google.auth.default(scopes=[_SCOPE])
        return credentials

    @cached_property
    def _client(self) -> Client:
        from google.cloud.storage.client import Client

        with storage_errors(self._name):
            options = {"api_endpoint": self._host} if self._host else None
            return Client(self._project or None, self._credentials, client_options=options)

    @property
    def _bucket(self) -> Bucket:
        return self._client.bucket(self._name)

    @cached_property
    def _options(self) -> dict[str, Any]:
        """How patient every request is. All of ours may be repeated: a repeated upload writes the same bytes again."""
        from google.cloud.storage.retry import DEFAULT_RETRY

        return {"timeout": _TIMEOUT, "retry": DEFAULT_RETRY.with_timeout(self._patience)}

    def _blob(self, path: str) -> Blob:
        return self._bucket.blob(_checked(path), chunk_size=CHUNK)

    def _present(self, path: str) -> Blob:
        """The object with its size and generation, which its downloads then name. Raises `NotFound`."""
        blob = self._blob(path)
        with storage_errors(path):
            blob.reload(**self._options)
        return blob

    def _opened(self, blob: Blob) -> BinaryIO:
        return io.BufferedReader(ObjectReader(blob, self._options), CHUNK)

    def _signer(self) -> dict[str, Any]:
        """Who signs: a key of our own, or Google for this service account where there is none (Cloud Run)."""
        from google.auth.credentials import Signing
        from google.auth.transport.requests import Request

        credentials: Any = self._credentials
        if isinstance(credentials, Signing):
            return {"credentials": credentials}
        if not credentials.valid:
            credentials.refresh(Request())
        email = getattr(credentials, "service_account_email", None)
        if not email:
            raise Misconfigured("GOOGLE_APPLICATION_CREDENTIALS: only a service account can sign upload links")
        return {"service_account_email": email, "access_token": credentials.token}


def _checked(path: str) -> str:
    """The path as a name of an object. Raises `InvalidRequest` for one that a folder would refuse, too."""
    if not path or any(mark in path for mark in "\0\r\n"):
        raise InvalidRequest("a path must not be empty or hold a NUL or a line break")
    if path.startswith("/") or ".." in path.split("/"):
        raise InvalidRequest("a path must stay inside the bucket")
    if len(path.encode()) > _LONGEST_NAME:
        raise InvalidRequest(f"a path has at most {_LONGEST_NAME} bytes")
    return path
