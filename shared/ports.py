"""What the core needs from the outside: Store, Files, Queue, Model, Worker, Identity. Nothing here knows a vendor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Generic, Literal, NamedTuple, Protocol, TypeVar

from shared.models.caller import Caller
from shared.models.candidate import Classification, Enrichment, Profile, Tokens
from shared.models.collections import Collection
from shared.models.requirements import Requirements
from shared.models.source import Facts
from shared.models.task import Task
from shared.models.values import Vector as Vector

Data = dict[str, Any]  # JSON values; a vector field holds a (768,) float32 array
Version = int | str
Op = Literal["==", "!=", "<", "<=", ">", ">=", "in", "array_contains"]
Where = Sequence[tuple[str, Op, Any]]  # all must hold; paths are those of models/collections.py
T = TypeVar("T")
D = TypeVar("D")
D_co = TypeVar("D_co", covariant=True)


class Stored(NamedTuple, Generic[D_co]):  # as the writes below: a frozen dataclass takes three times as long to make
    """A document as it was read. `version` is opaque: compare it only for equality."""

    id: str
    version: Version
    data: D_co


class Create(NamedTuple, Generic[D_co]):
    """Write a new document; conflicts when the id exists."""

    kind: Collection[D_co]
    id: str
    data: D_co


class Update(NamedTuple, Generic[D_co]):
    """Set top-level fields of a document (None removes one; others stay, vectors included); conflicts when the
    document is missing or its version is another. `version=None` accepts any version."""

    kind: Collection[D_co]
    id: str
    fields: D_co
    version: Version | None


class Delete(NamedTuple):
    """Remove a document and its vectors and words; with a version it conflicts when that is another or missing."""

    kind: str
    id: str
    version: Version | None = None


Write = Create[Any] | Update[Any] | Delete
Versions = dict[tuple[str, str], Version]  # (collection, id) -> version


@dataclass(frozen=True, slots=True)
class WriteConflict:
    """Why a group was not written: the first write that could not be."""

    kind: str
    id: str
    reason: Literal["exists", "changed", "missing"]


class Store(Protocol):
    """Documents. Every read leaves vectors out unless `fields` names them."""

    def get(self, kind: Collection[D], ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored[D]]:
        """Return the documents that exist, by id. `fields`: top-level names to load; `()` for existence only."""

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        """Write each group whole or not at all; one answer a group, in order, None when it was written.

        A later group sees what earlier groups of the same call wrote. A group's own writes are checked against the
        state before the group, and no two of them are of one document. `written` is filled with the versions that
        created and updated documents have now. Raises `StorageFull`, `Retryable`.
        """

    def query(
        self,
        kind: Collection[D],
        where: Where = (),
        order: str | None = None,
        limit: int | None = None,
        after: tuple[Any, str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Stored[D]]:
        """Return matching documents by id, or by `order` (a queried path, `-` in front for descending) then id.

        `after`: the last row's (order value, id), or (None, id) without an order: go on behind it.
        """

    def count(self, kind: str, where: Where = ()) -> int:
        """Count without reading."""

    def nearest(self, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[tuple[str, float]]:
        """Return (id, dot product) of the closest unit vectors, best first. `where` may name `pool` only."""

    def search_words(self, terms: Sequence[str], where: Where, limit: int) -> list[str]:
        """Return ids of candidates holding the terms, at most `limit`: those with the rarest terms, and with most of
        them, first. `where` may name `pool` only. Terms no document holds are ignored."""

    def purge(self) -> None:
        """Make sure that nothing deleted or replaced can still be read from this store's own files.

        Raises `Retryable` while others read what was before.
        """

    def close(self) -> None:
        """Let go of files and connections."""


class Files(Protocol):
    """Bytes by path (`imports/ID/FILE`)."""

    def open(self, path: str) -> BinaryIO:
        """Open for reading. Raises `NotFound`."""

    def write(self, path: str, content: BinaryIO | bytes) -> int:
        """Write whole or not at all; returns the size. Raises `StorageFull`."""

    def delete(self, path: str) -> None:
        """Remove; absent is fine."""

    def exists(self, path: str) -> bool:
        """Whether the path is there."""

    def list(self, prefix: str) -> Iterator[str]:
        """Paths below the prefix."""


class IncomingFiles(Files, Protocol):
    """Files that others put there: a bucket. What is there may be replaced or gone at any time."""

    def read_generation(self, path: str, generation: int) -> BinaryIO:
        """Open exactly this generation for reading. Raises `NotFound` when it was deleted or replaced meanwhile."""

    def signed_upload_url(self, path: str, content_type: str, max_bytes: int, minutes: int) -> str:
        """Return an address that takes one file by PUT, for so long.

        The PUT must carry the headers `Content-Type: {content_type}` and
        `x-goog-content-length-range: 0,{max_bytes}`, exactly so: both are signed. Raises `Misconfigured`, `Retryable`.
        """


class Queue(Protocol):
    """Tasks are hints: losing one loses nothing."""

    def enqueue(self, tasks: Sequence[Task]) -> None:
        """Hand the tasks over. Raises `Retryable`."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """What a model said about one record: a value, or in `error` why it failed; neither: nothing to say."""

    value: T | None
    error: str | None = None
    tokens: Tokens = field(default_factory=Tokens)
    retryable: bool = False  # the error may pass: ask about this record again, and keep what was said of the others


class Model(Protocol):
    """The thinking. What went wrong with one record is in its `Reply`; `Retryable` and `OutOfQuota` are raised only
    where the call brought nothing that could be kept."""

    def recipe(self, task: Literal["parse", "read_scan", "classify", "enrich", "embed", "split_job"]) -> str:
        """Model, prompt and schema versions as one short readable string; a change makes records stale."""

    def parse(self, texts: Sequence[str]) -> list[Reply[Facts]]:
        """Read CVs: one reply a text, in order. Every quote stands word for word in the text; no text, no facts."""

    def read_scan(self, content: bytes, mime: str) -> Reply[str]:
        """Return the text of a scanned page or PDF; an error where this model cannot see."""

    def classify(self, profiles: Sequence[Profile]) -> list[Reply[Classification]]:
        """One reply a profile, in order."""

    def enrich(self, profiles: Sequence[Profile], labels: Sequence[Classification | None]) -> list[Reply[Enrichment]]:
        """One reply a profile, in order. Evidence quotes stand word for word in the profile."""

    def embed(
        self, texts: Sequence[str], purpose: Literal["document", "query"], recipe: str | None = None
    ) -> list[Reply[Vector]]:
        """One reply a text, in order: a (768,) float32 vector of unit length. `recipe`: as an earlier `recipe("embed")`
        says, to compare with vectors it made; raises `InvalidRequest` where that cannot be asked any more."""

    def dollars(self, task: str, tokens_in: int, tokens_out: int) -> float:
        """Return what that many tokens cost at the configured price; 0.0 for a model that costs nothing."""

    def split_job(self, text: str) -> Reply[Requirements]:
        """Read what a search text or job offer asks for."""

    def rewrite(self, texts: Sequence[str]) -> list[Reply[str]]:
        """Tell each explanation as fluent prose, one reply a text; nothing to say where this model does not write."""


class Identity(Protocol):
    """Who a token belongs to."""

    def service_account(self, token: str, audience: str) -> str:
        """Return the e-mail address of the service account that signed. Raises `NotSignedIn`, `Retryable`."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a good token says: who it is, and where the token itself carries rights (development tokens), those."""

    uid: str  # of a service account: its e-mail address
    service: bool = False
    caller: Caller | None = None
    token_id: str = ""  # of a development token: what it is revoked by
    issued_at: float = 0  # seconds since 1970


class SignIn(Protocol):
    """Tokens people and programs come to the API with."""

    def signed_in(self, token: str) -> SignedIn:
        """Return whom the token belongs to. Raises `NotSignedIn` for anything but a good one, `Retryable`."""


class Worker(Protocol):
    """This process, as a holder of leases."""

    @property
    def name(self) -> str:
        """Written into the leases this process takes."""

    def is_dead(self, name: str) -> bool:
        """Whether that holder is certainly gone. Unknown is False."""


@dataclass(frozen=True)
class Ports:
    """The outside, as one value. `now` gives UTC ISO microseconds (`2026-01-31T12:00:00.000000Z`)."""

    store: Store
    files: Files
    queue: Queue
    model: Model
    worker: Worker
    now: Callable[[], str]
    key_secret: bytes
