"""The calls to Firestore, with requests and answers as plain protobuf: the only place that sends anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from typing import Any, Final

from google.api_core import exceptions
from google.cloud.firestore import Client
from google.cloud.firestore_v1 import types

from shared.adapters.firestore.errors import firestore_errors

# The protobuf classes behind the library's wrappers: filling them directly costs a tenth of the CPU.
WriteMessage: Final = type(types.Write.pb(types.Write()))
QueryMessage: Final = type(types.StructuredQuery.pb(types.StructuredQuery()))
_GET: Final = 300  # documents a call
_THREADS: Final = 8  # calls in flight; more wait for each other in the interpreter
# what a commit says when the documents are not as the writes expect them, or others hold them
_REFUSED: Final = (exceptions.Conflict, exceptions.FailedPrecondition, exceptions.NotFound)


class Link:
    """A connection to one database. `Conflict` covers ALREADY_EXISTS and ABORTED."""

    def __init__(self, project: str, database: str) -> None:
        self.project = project
        self.database = database
        self.root = f"projects/{project}/databases/{database}/documents"
        self.threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="firestore")

    def get(self, names: Sequence[str], mask: Sequence[str] | None) -> list[Any]:
        """Return the documents that exist, unordered. `mask`: field paths; None for all fields."""
        pages = [names[start : start + _GET] for start in range(0, len(names), _GET)]
        if len(pages) < 2:
            return [each for page in pages for each in self._get(page, mask)]
        return [each for found in self.threads.map(lambda page: self._get(page, mask), pages) for each in found]

    def versions(self, names: Sequence[str]) -> dict[str, str]:
        """Return the version of each document that exists, by name. Runs in the caller's thread."""
        found: dict[str, str] = {}
        rest = iter(names)
        while page := list(islice(rest, _GET)):
            found |= {each.name: version_of(each) for each in self._get(page, ["__name__"])}
        return found

    def commit(self, writes: Sequence[Any]) -> Sequence[Any] | None:
        """Write all or nothing: one result a write, or None when a document is not as its write expects it, or others
        write it now."""
        request = types.CommitRequest(database=f"projects/{self.project}/databases/{self.database}")
        types.CommitRequest.pb(request).writes.extend(writes)
        with firestore_errors(self.project, self.database):
            try:
                answer = self._api.commit(request=request, metadata=self._metadata)
            except _REFUSED:
                return None
        results: Sequence[Any] = types.CommitResponse.pb(answer).write_results
        return results

    def run(self, query: Any) -> list[Any]:
        """Return the documents a query finds, in its order."""
        request = types.RunQueryRequest(parent=self.root)
        types.RunQueryRequest.pb(request).structured_query.CopyFrom(query)
        with firestore_errors(self.project, self.database):
            answers = self._api.run_query(request=request, metadata=self._metadata)
            raw = (types.RunQueryResponse.pb(answer) for answer in answers)
            return [answer.document for answer in raw if answer.HasField("document")]

    def count(self, query: Any, up_to: int | None = None) -> int:
        """Count what a query finds, on the server; `up_to` bounds what that costs."""
        request = types.RunAggregationQueryRequest(parent=self.root)
        aggregation = types.RunAggregationQueryRequest.pb(request).structured_aggregation_query
        aggregation.structured_query.CopyFrom(query)
        counting = aggregation.aggregations.add(alias="n").count
        counting.SetInParent()
        if up_to is not None:
            counting.up_to.value = up_to
        with firestore_errors(self.project, self.database):
            answers = self._api.run_aggregation_query(request=request, metadata=self._metadata)
            return sum(int(answer.result.aggregate_fields["n"].integer_value) for answer in answers)

    def close(self) -> None:
        """Close the connection; the threads end with what they do."""
        self.threads.shutdown()
        if "_client" in self.__dict__:
            self._client.close()  # type: ignore[no-untyped-call]

    def _get(self, names: Sequence[str], mask: Sequence[str] | None) -> Iterator[Any]:
        request = types.BatchGetDocumentsRequest(database=f"projects/{self.project}/databases/{self.database}")
        raw = types.BatchGetDocumentsRequest.pb(request)
        raw.documents.extend(names)
        if mask is not None:
            raw.mask.field_paths.extend(mask)
        with firestore_errors(self.project, self.database):
            answers = list(self._api.batch_get_documents(request=request, metadata=self._metadata))
        messages = (types.BatchGetDocumentsResponse.pb(answer) for answer in answers)
        return (message.found for message in messages if message.HasField("found"))

    @cached_property
    def _client(self) -> Client:
        with firestore_errors(self.project, self.database):
            return Client(project=self.project, database=self.database)

    @property
    def _api(self) -> Any:
        # The client knows credentials, emulator and channel options, and gives its calls only to its own classes,
        # whose encoding of documents costs too much. The contract suite would tell when the name changes.
        return self._client._firestore_api

    @cached_property
    def _metadata(self) -> Sequence[tuple[str, str]]:
        return [("google-cloud-resource-prefix", f"projects/{self.project}/databases/{self.database}")]


def version_of(document: Any) -> str:
    """Return the update time of a document or of a write's result as `seconds.nanoseconds`."""
    return f"{document.update_time.seconds}.{document.update_time.nanos:09d}"
