"""Many small atomic groups in few large commits: hopeful first, taken apart only where a document is in the way."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final

from shared.adapters.firestore.link import Link, WriteMessage, version_of
from shared.adapters.firestore.query import may_exist
from shared.adapters.firestore.values import check_size, checked_vector, encode_fields, encoded_id, field_path
from shared.errors import Permanent, Retryable
from shared.models.collections import Collection
from shared.ports import Create, Data, Delete, Versions, Write, WriteConflict

_WRITES: Final = 450  # a commit
_BYTES: Final = 3_500_000  # a commit: Firestore takes 10 MiB, its emulator 4
_IN_FLIGHT: Final = 4  # commits; each holds its documents in memory
_TRIES: Final = 12
Answers = dict[int, WriteConflict | None]


@dataclass
class Group:
    """One group of the call: its place in it, what it wants, and that as protobuf."""

    index: int
    writes: Sequence[Write]
    messages: list[Any]
    bytes: int


@dataclass
class Batch:
    """Groups that share no document and go into one commit."""

    groups: list[Group] = field(default_factory=list)
    writes: int = 0
    bytes: int = 0

    def takes(self, group: Group) -> bool:
        """Whether the group still fits; the first always does."""
        few = self.writes + len(group.messages) <= _WRITES and self.bytes + group.bytes <= _BYTES
        return few or not self.groups

    def add(self, group: Group) -> None:
        """Take a group in."""
        self.groups.append(group)
        self.writes += len(group.messages)
        self.bytes += group.bytes


class Commit:
    """One call of `commit`. Groups that share a document are written one after the other, the others side by side."""

    def __init__(
        self, link: Link, collections: Mapping[str, Collection[Any]], versions: Versions | None = None
    ) -> None:
        self._link = link
        self._versions = versions  # to be filled
        self._collections = collections
        self._answers: Answers = {}
        self._batch = Batch()
        self._touched: set[tuple[str, str]] = set()
        self._flying: list[Future[Answers]] = []

    def run(self, groups: Sequence[Sequence[Write]]) -> list[WriteConflict | None]:
        """Return one answer a group. Raises `InvalidRequest` before anything is written, `Permanent`, `Retryable`."""
        groups = [[self._checked(write) for write in group] for group in groups]
        try:
            for index, writes in enumerate(groups):
                self._take(index, writes)
            self._send()
            self._land(0)
        finally:
            for each in self._flying:
                each.exception()  # nothing is still being written when an error is told
        return [self._answers.get(index) for index in range(len(groups))]

    def _take(self, index: int, writes: Sequence[Write]) -> None:
        if not writes:
            return
        documents = {(write.kind, write.id) for write in writes}
        if self._touched & documents:
            self._send()
            self._land(0)
            self._touched.clear()
        messages = [self._message(write) for write in writes]
        group = Group(index, writes, messages, sum(message.ByteSize() for message in messages))
        if not self._batch.takes(group):
            self._send()
        self._batch.add(group)
        self._touched |= documents

    def _send(self) -> None:
        batch, self._batch = self._batch, Batch()
        if batch.groups:
            self._land(_IN_FLIGHT - 1)
            self._flying.append(self._link.threads.submit(self._settle, batch.groups))

    def _land(self, most: int) -> None:
        """Wait until at most so many commits are in flight."""
        while len(self._flying) > most:
            self._answers |= self._flying.pop(0).result()

    def _settle(self, groups: list[Group]) -> Answers:
        """Write the groups; those that cannot be written are found by reading, and the others are tried again."""
        answers: Answers = {}
        for attempt in range(_TRIES):
            try:
                written = self._link.commit([message for group in groups for message in group.messages])
            except Permanent as error:
                return answers | self._settle_halves(groups, error)
            if written is not None:
                self._note(groups, written)
                return answers | dict.fromkeys(group.index for group in groups)
            found = self._conflicts(groups)
            answers |= found
            groups = [group for group in groups if group.index not in found]
            if not groups:
                return answers
            if not found:  # others were writing: the documents are as expected, now
                time.sleep(random.uniform(0, 0.02 * 2 ** min(attempt, 6)))
        raise Retryable(f"{len(groups)} groups of documents are being written by others all the time")

    def _note(self, groups: Sequence[Group], results: Sequence[Any]) -> None:
        if self._versions is not None:
            writes = (write for group in groups for write in group.writes)
            for write, result in zip(writes, results, strict=True):
                if not isinstance(write, Delete):
                    self._versions[write.kind, write.id] = version_of(result)

    def _settle_halves(self, groups: list[Group], error: Permanent) -> Answers:
        if len(groups) == 1:
            write = groups[0].writes[0]
            raise Permanent(f"{write.kind} {write.id}: {error}") from error
        middle = len(groups) // 2
        return self._settle(groups[:middle]) | self._settle(groups[middle:])

    def _conflicts(self, groups: Sequence[Group]) -> Answers:
        names: list[str] = []
        new: dict[str, list[str]] = {}
        for write in (write for group in groups for write in group.writes):
            (new.setdefault(write.kind, []) if isinstance(write, Create) else names).append(self._name(write))
        for kind, created in new.items():
            names += may_exist(self._link, kind, created, map)
        versions = self._link.versions(names)
        found = {group.index: self._conflict(group.writes, versions) for group in groups}
        return {index: conflict for index, conflict in found.items() if conflict}

    def _conflict(self, writes: Sequence[Write], versions: Mapping[str, str]) -> WriteConflict | None:
        for write in writes:
            version = versions.get(self._name(write))
            if isinstance(write, Create):
                if version is not None:
                    return WriteConflict(write.kind, write.id, "exists")
            elif version is None:
                if not isinstance(write, Delete) or write.version is not None:
                    return WriteConflict(write.kind, write.id, "missing")
            elif write.version is not None and str(write.version) != version:
                return WriteConflict(write.kind, write.id, "changed")
        return None

    def _checked(self, write: Write) -> Write:
        data = write.data if isinstance(write, Create) else {} if isinstance(write, Delete) else write.fields
        for name in self._collections[write.kind].vectors:
            if data.get(name) is not None:
                checked_vector(f"{write.kind} {name} of {write.id}", data[name])
        return write

    def _message(self, write: Write) -> Any:
        message, name = WriteMessage(), self._name(write)
        if isinstance(write, Delete):
            message.delete = name
            if write.version is not None:
                _expect(message, write.version)
            return message
        message.update.name = name
        if isinstance(write, Create):
            message.current_document.exists = False
            self._fill(message, write, write.data)
            return message
        if write.version is None:
            message.current_document.exists = True
        else:
            _expect(message, write.version)
        message.update_mask.field_paths.extend(field_path(each) for each in write.fields)
        self._fill(message, write, {each: value for each, value in write.fields.items() if value is not None})
        return message

    def _fill(self, message: Any, write: Write, data: Data) -> None:
        try:
            encode_fields(message.update.fields, data, self._collections[write.kind].vectors)
        except (TypeError, ValueError) as error:
            raise Permanent(f"{write.kind} {write.id}: holds a value Firestore cannot keep") from error
        check_size(write.kind, write.id, message.update.fields, message.ByteSize())

    def _name(self, write: Write) -> str:
        return f"{self._link.root}/{write.kind}/{encoded_id(write.id)}"


def _expect(message: Any, version: int | str) -> None:
    seconds, _, nanos = str(version).partition(".")
    message.current_document.update_time.seconds = int(seconds)
    message.current_document.update_time.nanos = int(nanos or 0)
