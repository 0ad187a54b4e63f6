"""A fake of Cloud Tasks on the wire (v2, gRPC), made from google-cloud-tasks' own messages; runs alone, too.

What it keeps of the real one: names are taken once, delivery at least once, back-off by Google's formula, Retry-After,
limits of rate and concurrency, schedule times, pause, signed identity tokens. A queue does not slow down as a whole
after 429 and 503, as the real one does. Nothing was compared with the real service.
"""

from __future__ import annotations

import argparse
import contextlib
import heapq
import itertools
import random
import signal
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent import futures
from typing import Any

import grpc
from fake_google_signing import FakeGoogleSigning
from fake_task_queue import STATE, Delivery, Due, FakeQueue, Refused, check, post
from google.cloud.tasks_v2 import types
from google.protobuf import empty_pb2  # type: ignore[import-untyped]

SERVICE = "google.cloud.tasks.v2.CloudTasks"
NAME_TAKEN = 3600.0  # seconds a used name stays taken


class FakeCloudTasks:
    """Serves at `address` from `start` to `stop`. `deliveries`: every request made. `dead`: tasks given up.

    `speed` divides every wait. `deliver_twice`: the share of deliveries that come a second time. `disorder`: seconds
    by which deliveries are shuffled. Both are drawn from `seed`.
    """

    def __init__(
        self, speed: float = 1.0, deliver_twice: float = 0.0, disorder: float = 0.0, seed: int = 0, threads: int = 64
    ) -> None:
        self.signing = FakeGoogleSigning()
        self.queues: dict[str, FakeQueue] = {}
        self.deliveries: list[Delivery] = []
        self.dead: list[Any] = []
        self.speed, self.deliver_twice, self.disorder = speed, deliver_twice, disorder
        self._random, self._order, self._stopped = random.Random(seed), itertools.count(), False
        self._changed = threading.Condition(threading.RLock())
        self._requests = futures.ThreadPoolExecutor(threads)
        self._dispatcher = threading.Thread(target=self._dispatch_all, daemon=True)
        self._server = grpc.server(futures.ThreadPoolExecutor(16))
        self.address = ""

    def start(self, port: int = 0, certs_port: int = 0) -> str:
        """Serve on the ports, free ones unless given; return the address."""
        self.signing.start(certs_port)
        handlers = {name: self._handler(name, request) for name, request in CALLS.items()}
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
        self.address = f"127.0.0.1:{self._server.add_insecure_port(f'127.0.0.1:{port}')}"
        self._server.start()
        self._dispatcher.start()
        return self.address

    def stop(self) -> None:
        """Let the deliveries under way end, drop the rest."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._server.stop(0).wait()
        self._dispatcher.join()
        self._requests.shutdown(cancel_futures=True)
        self.signing.stop()

    def make_queues(self, project: str, region: str, names: Sequence[str], **settings: Any) -> None:
        """Make queues with these settings (`retry_config={"max_attempts": 8}`)."""
        parent = f"projects/{project}/locations/{region}"
        for name in names:
            queue = types.Queue(name=f"{parent}/queues/{name}", **settings)
            self.CreateQueue(types.CreateQueueRequest(parent=parent, queue=queue))

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until no task is left and no delivery is under way; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(queue.tasks or queue.due or queue.running for queue in self.queues.values()), seconds
            )

    # The calls, by the names they have on the wire.

    def CreateQueue(self, request: Any) -> Any:
        if request.queue.name in self.queues:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, "Queue already exists")
        self.queues[request.queue.name] = FakeQueue(request.queue)
        return request.queue

    def UpdateQueue(self, request: Any) -> Any:
        self._queue(request.queue.name).set(request.queue)
        return request.queue

    def GetQueue(self, request: Any) -> Any:
        return self._queue(request.name).queue

    def ListQueues(self, request: Any) -> Any:
        found = [each.queue for name, each in self.queues.items() if name.startswith(f"{request.parent}/")]
        return types.ListQueuesResponse(queues=found)

    def DeleteQueue(self, request: Any) -> Any:
        self._queue(request.name)
        del self.queues[request.name]
        return empty_pb2.Empty()

    def PauseQueue(self, request: Any) -> Any:
        return self._turn(request.name, STATE.PAUSED)

    def ResumeQueue(self, request: Any) -> Any:
        return self._turn(request.name, STATE.RUNNING)

    def PurgeQueue(self, request: Any) -> Any:
        queue = self._queue(request.name)
        queue.tasks.clear()
        queue.due.clear()
        return queue.queue

    def ListTasks(self, request: Any) -> Any:
        return types.ListTasksResponse(tasks=list(self._queue(request.parent).tasks.values()))

    def GetTask(self, request: Any) -> Any:
        task = self._queue_of(request.name).tasks.get(request.name)
        if task is None:
            raise Refused(grpc.StatusCode.NOT_FOUND, "The task no longer exists.")
        return task

    def DeleteTask(self, request: Any) -> Any:
        self.GetTask(request)
        del self._queue_of(request.name).tasks[request.name]
        return empty_pb2.Empty()

    def RunTask(self, request: Any) -> Any:
        task, queue = self.GetTask(request), self._queue_of(request.name)
        queue.due = [due for due in queue.due if due.task is not task]
        heapq.heapify(queue.due)
        self._put(queue, task, 0.0)
        return task

    def CreateTask(self, request: Any) -> Any:
        queue, task = self._queue(request.parent), request.task
        task.name = task.name or f"{request.parent}/tasks/{uuid.uuid4().int >> 64}"
        wait = task.schedule_time.timestamp() - time.time() if task.schedule_time else 0.0
        check(request.parent, task, wait)
        if task.name in queue.tasks or time.time() - queue.used.get(task.name, 0.0) < NAME_TAKEN:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, "Requested entity already exists")
        queue.tasks[task.name], queue.used[task.name] = task, time.time()
        self._put(queue, task, max(0.0, wait))
        return task

    def _queue(self, name: str) -> FakeQueue:
        if name not in self.queues:
            raise Refused(grpc.StatusCode.NOT_FOUND, "Queue does not exist.")
        return self.queues[name]

    def _queue_of(self, task: str) -> FakeQueue:
        return self._queue(task.rsplit("/tasks/", 1)[0])

    def _turn(self, name: str, state: Any) -> Any:
        with self._changed:
            self._queue(name).queue.state = state
            self._changed.notify_all()
            return self._queue(name).queue

    def _handler(self, name: str, request: Any) -> Any:
        def call(message: Any, context: Any) -> Any:
            try:
                with self._changed:
                    return getattr(self, name)(message)
            except Refused as refused:
                context.abort(refused.code, str(refused))

        return grpc.unary_unary_rpc_method_handler(call, request.deserialize, _bytes)

    # Delivering.

    def _put(self, queue: FakeQueue, task: Any, seconds: float, again: bool = False) -> None:
        with self._changed:
            shuffled = seconds + self._random.random() * self.disorder
            heapq.heappush(queue.due, Due(time.monotonic() + shuffled / self.speed, next(self._order), task, again))
            self._changed.notify_all()

    def _dispatch_all(self) -> None:
        with self._changed:
            while not self._stopped:
                now = time.monotonic()
                for queue in list(self.queues.values()):
                    queue.fill(now, self.speed)
                    while not queue.wait(now):
                        self._send(queue, heapq.heappop(queue.due))
                waits = [queue.wait(now) for queue in self.queues.values()]
                self._changed.wait(min([1.0, *waits]))

    def _send(self, queue: FakeQueue, due: Due) -> None:
        if due.task.name not in queue.tasks and not due.again:
            return  # deleted meanwhile
        queue.tokens -= 1
        queue.running += 1
        if not due.again:
            queue.first.setdefault(due.task.name, time.monotonic())
            if self._random.random() < self.deliver_twice:  # together with the first, or after it
                self._put(queue, due.task, self._random.random(), again=True)
        headers = self._headers(queue, due.task)
        due.task.dispatch_count += not due.again
        self._requests.submit(self._deliver, queue, due, headers)

    def _headers(self, queue: FakeQueue, task: Any) -> dict[str, str]:
        request = task.http_request
        headers = {
            "User-Agent": "Google-Cloud-Tasks",
            "Content-Type": "application/octet-stream",
            **request.headers,
            "X-CloudTasks-QueueName": queue.short,
            "X-CloudTasks-TaskName": task.name.rsplit("/", 1)[1],
            "X-CloudTasks-TaskRetryCount": str(task.dispatch_count),
            "X-CloudTasks-TaskExecutionCount": str(task.response_count),
            "X-CloudTasks-TaskETA": f"{time.time():.6f}",
        }
        if oidc := request.oidc_token:
            token = self.signing.token(oidc.audience or request.url, oidc.service_account_email)
            headers["Authorization"] = f"Bearer {token}"
        return headers

    def _deliver(self, queue: FakeQueue, due: Due, headers: dict[str, str]) -> None:
        status, asked = post(due.task, headers)
        with self._changed:
            queue.running -= 1
            name = due.task.name
            self.deliveries.append(Delivery(queue.short, name.rsplit("/", 1)[1], due.task.dispatch_count, status))
            due.task.response_count += status > 0 and not due.again
            if not due.again:
                self._settle(queue, due.task, status, asked)
            self._changed.notify_all()

    def _settle(self, queue: FakeQueue, task: Any, status: int, asked: float) -> None:
        if 200 <= status < 300 or task.name not in queue.tasks:
            queue.tasks.pop(task.name, None)
        elif queue.is_spent(task, time.monotonic()):
            self.dead.append(queue.tasks.pop(task.name))
        else:
            self._put(queue, task, max(asked, queue.backoff(task.dispatch_count)))


def _bytes(message: Any) -> bytes:
    return message.SerializeToString() if hasattr(message, "SerializeToString") else type(message).serialize(message)  # type: ignore[no-any-return]


CALLS: dict[str, Any] = {
    name: getattr(types, f"{name}Request")
    for name in (
        "CreateQueue UpdateQueue GetQueue ListQueues DeleteQueue PauseQueue ResumeQueue PurgeQueue "
        "ListTasks GetTask DeleteTask RunTask CreateTask"
    ).split()
}


@contextlib.contextmanager
def cloud_tasks(**options: Any) -> Iterator[FakeCloudTasks]:
    """The fake, started, and stopped at the end; options are those of the class."""
    fake = FakeCloudTasks(**options)
    fake.start()
    try:
        yield fake
    finally:
        fake.stop()


def main() -> None:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(description="A fake of Cloud Tasks; prints its address when it is ready.")
    options.add_argument("--port", type=int, default=8807)
    options.add_argument("--certs-port", type=int, default=8808, help="HTTP: certificate of who signs the tokens")
    options.add_argument("--project", default="demo")
    options.add_argument("--region", default="europe-west1")
    options.add_argument("--queue", action="append", default=[], help="a queue to make; may be said several times")
    options.add_argument("--max-attempts", type=int, default=8)
    options.add_argument("--speed", type=float, default=1.0, help="divide every wait by it")
    options.add_argument("--deliver-twice", type=float, default=0.0, help="share of deliveries that come again")
    options.add_argument("--disorder", type=float, default=0.0, help="seconds by which deliveries are shuffled")
    options.add_argument("--seed", type=int, default=0)
    said = options.parse_args()
    stops = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before there are threads, one of which would get them
    fake = FakeCloudTasks(said.speed, said.deliver_twice, said.disorder, said.seed)
    fake.make_queues(said.project, said.region, said.queue, retry_config={"max_attempts": said.max_attempts})
    print(f"{fake.start(said.port, said.certs_port)} {fake.signing.certs_url}", flush=True)
    signal.sigwait(stops)
    fake.stop()


if __name__ == "__main__":
    main()
