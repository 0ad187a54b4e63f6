"""Every failure of Cloud Storage and Cloud Tasks is one of ours, and says whether to come again."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import grpc
import pytest
from google.api_core import exceptions
from google.auth.exceptions import DefaultCredentialsError, RefreshError, TransportError
from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
from requests import Response
from requests.exceptions import ChunkedEncodingError, ConnectTimeout

from shared.adapters.cloud_tasks import _ERRORS, CloudTasksQueue, _ours
from shared.adapters.gcs.errors import meaning_of, storage_errors
from shared.adapters.gcs.files import GcsFiles
from shared.errors import Misconfigured, NotFound, OutOfQuota, Retryable, TooLarge
from shared.models.task import Task

AGAIN = {408, 409, 410, 412, 416, 429}


def call_errors(kind: type[exceptions.GoogleAPICallError]) -> Iterator[type[exceptions.GoogleAPICallError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from call_errors(narrower)


@pytest.mark.parametrize("status", [status for status in HTTPStatus if status >= 400])
def test_every_status_has_a_meaning_from_calls_and_from_transfers(status: HTTPStatus) -> None:
    answer = Response()
    answer.status_code = status
    for error in (exceptions.from_http_status(status, "no"), InvalidResponse(answer, "no")):
        meaning = meaning_of(error)
        assert meaning is not None
        assert meaning[0].retryable == (status >= 500 or status in AGAIN)


@pytest.mark.parametrize("kind", [kind for kind in call_errors(exceptions.GoogleAPICallError) if kind.code])
def test_every_error_of_the_library_has_a_meaning(kind: type[exceptions.GoogleAPICallError]) -> None:
    assert meaning_of(kind("no")) is not None


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (exceptions.RetryError("secret", None), Retryable),
        (TransportError("secret"), Retryable),
        (DefaultCredentialsError("secret"), Misconfigured),
        (RefreshError("secret"), Misconfigured),
        (RefreshError("secret", retryable=True), Retryable),
        (DataCorruption(None, "secret"), Retryable),
        (ConnectTimeout("secret"), Retryable),
        (ChunkedEncodingError("secret"), Retryable),
        (ConnectionResetError("secret"), Retryable),
        (exceptions.NotFound("secret"), NotFound),
        (exceptions.TooManyRequests("secret"), OutOfQuota),
        (exceptions.Forbidden("secret"), Misconfigured),
    ],
)
def test_what_went_wrong_says_whether_to_come_again(error: Exception, ours: type[Exception]) -> None:
    with pytest.raises(ours, match=r"imports/1/a\.csv: ") as raised, storage_errors("imports/1/a.csv"):
        raise error
    assert type(raised.value) is ours
    assert "secret" not in str(raised.value)


def test_mistakes_of_ours_and_our_own_errors_pass_through() -> None:
    for error in (KeyError("x"), TooLarge("file.csv: too large")):
        with pytest.raises(type(error)) as raised, storage_errors("a"):
            raise error
        assert raised.value is error


@pytest.mark.parametrize("code", [code for code in grpc.StatusCode if code.name not in ("OK", "ALREADY_EXISTS")])
def test_every_code_of_cloud_tasks_names_the_queue(code: grpc.StatusCode) -> None:
    class Failed(grpc.RpcError):
        def code(self) -> grpc.StatusCode:
            return code

    ours = _ours(Failed(), "classify")
    assert "classify" in str(ours)
    assert ours.retryable == (code.name not in _ERRORS or issubclass(_ERRORS[code.name][0], Retryable))


def test_without_google_credentials_the_first_use_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "missing.json"))
    files = GcsFiles("bucket", "demo")
    queue = CloudTasksQueue("demo", "europe-west1", "https://functions", "tasks@demo.iam.gserviceaccount.com")
    with pytest.raises(Misconfigured, match="credentials"):
        files.exists("a")
    with pytest.raises(Misconfigured, match="credentials"):
        queue.enqueue([Task(stage="classify", ids=("a",), run_id="r")])
