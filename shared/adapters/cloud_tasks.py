"""Tasks in Cloud Tasks: one queue a stage, each task a signed request to the stage's function."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from shared.errors import Misconfigured, OutOfQuota, Retryable, ShortlistError
from shared.models.task import Task
from shared.stages.table import row_of

if TYPE_CHECKING:
    import grpc

_SERVICE: Final = "google.cloud.tasks.v2.CloudTasks"
_IN_FLIGHT: Final = 32  # requests at once over the one connection
_TIMEOUT: Final = 20.0  # seconds for one request, its repetitions included
_DEADLINE: Final = 30 * 60  # seconds a function may take for a task: the most Cloud Tasks allows
_ERRORS: Final[dict[str, tuple[type[ShortlistError], str]]] = {
    "INVALID_ARGUMENT": (Misconfigured, "refuses the task (SHORTLIST_FUNCTIONS_URL, SHORTLIST_TASKS_ACCOUNT)"),
    "FAILED_PRECONDITION": (Misconfigured, "does not take tasks (SHORTLIST_REGION, or the queue is disabled)"),
    "NOT_FOUND": (Misconfigured, "does not exist (GOOGLE_CLOUD_PROJECT, SHORTLIST_REGION)"),
    "PERMISSION_DENIED": (Misconfigured, "may not be used by this service account, or not as SHORTLIST_TASKS_ACCOUNT"),
    "UNAUTHENTICATED": (Misconfigured, "does not know who asks (application default credentials)"),
    "RESOURCE_EXHAUSTED": (OutOfQuota, "asks to slow down"),
    "UNAVAILABLE": (Retryable, "cannot be reached"),
    "DEADLINE_EXCEEDED": (Retryable, "took too long"),
}
# Repeating is safe: a task has a name, and a name is taken once.
_RETRIES: Final = {
    "name": [{"service": _SERVICE}],
    "retryPolicy": {
        "maxAttempts": 5,
        "initialBackoff": "0.1s",
        "maxBackoff": "2s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"],
    },
}
_OPTIONS: Final = [("grpc.service_config", json.dumps({"methodConfig": [_RETRIES]}))]


class CloudTasksQueue:
    """The `Queue` port over Cloud Tasks. The connection is made with the first task.

    `functions_url`: what stands in front of a function's deployed name. `account`: the service account whose token,
    with the function's URL as audience, comes with each task. `host`: another server, without TLS.
    `channel`: a connection that is there already.
    """

    def __init__(
        self,
        project: str,
        region: str,
        functions_url: str,
        account: str,
        host: str = "",
        channel: grpc.Channel | None = None,
    ) -> None:
        self._location = f"projects/{project}/locations/{region}"
        self._functions_url, self._account, self._host, self._given = functions_url, account, host, channel

    def enqueue(self, tasks: Sequence[Task]) -> None:
        """See the port. A task that is there already, or was in the last hours, is not queued twice.

        After an error the rest of the tasks may not be queued. Raises `Retryable`, `Misconfigured`.
        """
        for start in range(0, len(tasks), _IN_FLIGHT):
            calls = [(task, self._create(task)) for task in tasks[start : start + _IN_FLIGHT]]
            for task, call in calls:
                if (error := call.exception()) is not None and _name(error) != "ALREADY_EXISTS":
                    raise _ours(error, row_of(task.kind, task.stage).queue) from error

    def close(self) -> None:
        """Let go of the connection."""
        if "_channel" in self.__dict__:
            self._channel.close()

    def _create(self, task: Task) -> Any:
        queue = f"{self._location}/queues/{row_of(task.kind, task.stage).queue}"
        routing = ("x-goog-request-params", f"parent={queue.replace('/', '%2F')}")
        return self._create_task.future(self._request(queue, task), timeout=_TIMEOUT, metadata=[routing])

    def _request(self, queue: str, task: Task) -> Any:
        url = f"{self._functions_url}/{row_of(task.kind, task.stage).deployed}"
        http_request = {
            "http_method": "POST",
            "url": url,
            "headers": {"Content-Type": "application/json"},
            "body": task.model_dump_json().encode(),
            "oidc_token": {"service_account_email": self._account, "audience": url},
        }
        created = {"name": f"{queue}/tasks/{task_name(task)}", "http_request": http_request}
        deadline = {"seconds": _DEADLINE}
        return self._types.CreateTaskRequest(parent=queue, task={**created, "dispatch_deadline": deadline})

    @cached_property
    def _create_task(self) -> Any:
        request, answer = self._types.CreateTaskRequest, self._types.Task
        return self._channel.unary_unary(f"/{_SERVICE}/CreateTask", request.serialize, answer.deserialize)

    @cached_property
    def _channel(self) -> Any:
        if self._given is not None:
            return self._given
        if self._host:
            import grpc

            return grpc.insecure_channel(self._host, options=_OPTIONS)
        return _google_channel()

    @cached_property
    def _types(self) -> ModuleType:
        return _message_types()


def _google_channel() -> Any:
    from google.api_core.grpc_helpers import create_channel
    from google.auth.exceptions import DefaultCredentialsError

    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
    try:
        return create_channel("cloudtasks.googleapis.com:443", default_scopes=scopes, options=_OPTIONS)
    except DefaultCredentialsError as error:
        no_credentials = "Cloud Tasks: there are no Google credentials (application default credentials)"
        raise Misconfigured(no_credentials) from error


def task_name(task: Task) -> str:
    """Return the name a task has in its queue: the same for the same stage, ids and run, and never in a sequence."""
    facts = [task.kind, task.stage, sorted(task.ids), task.run_id, task.force]
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest()


def _name(error: Any) -> str:
    return str(error.code().name)


def _ours(error: Any, queue: str) -> ShortlistError:
    kind, reason = _ERRORS.get(_name(error), (Retryable, f"failed ({_name(error)})"))
    return kind(f"Cloud Tasks queue {queue} {reason}")


def _message_types() -> ModuleType:
    """Import the library's messages without its clients, which would bring in the asynchronous ones.

    Its package imports every client it has, so for a moment an empty one stands in its place.
    """
    name = "google.cloud.tasks_v2"
    if name in sys.modules or (spec := importlib.util.find_spec(name)) is None:
        return importlib.import_module(f"{name}.types")
    hollow = ModuleType(name)
    hollow.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = hollow
    try:
        return importlib.import_module(f"{name}.types")
    finally:
        del sys.modules[name]
