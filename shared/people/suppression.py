"""Who was erased stays erased: keyed hashes that let nobody be recognised, but for whoever brings them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from shared.models.collections import ITEMS, SUPPRESSED, TEXTS, UPLOADS
from shared.people.keys import key_of_name_at, keyed_hash
from shared.people.prepared import PreparedSource
from shared.people.resolve.crowds import comparable_name
from shared.ports import Create, Delete, Ports, Update, Write

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument
    from shared.models.documents.people import SourceDocument

ERASED: Final = "[erased]"  # stands where something was
_PURPOSE: Final = "erased"


def suppression_writes(ports: Ports, pool: str, known: Iterable[str]) -> list[list[Write]]:
    """Return groups that keep these out of the pool. `known`: hashes of identity keys, ids of sources and documents.

    What stands there already stays as it is.
    """
    now = ports.now()
    ids = dict.fromkeys(_hashed(ports, each) for each in known)
    return [[Create(SUPPRESSED, id_, {"id": id_, "pool": pool, "at": now})] for id_ in ids]


def not_erased(ports: Ports, rows: Sequence[PreparedSource]) -> list[PreparedSource]:
    """Return the rows that are nobody's who was erased: known by e-mail, by LinkedIn name or by the very content."""
    if not rows or not any_erased(ports):
        return list(rows)
    marks = {row.source_id: _marks(ports, row) for row in rows}
    suppressed = ports.store.get(SUPPRESSED, sorted(set().union(*marks.values())), fields=())
    return [row for row in rows if marks[row.source_id].isdisjoint(suppressed)]


def _marks(ports: Ports, row: PreparedSource) -> set[str]:
    identifiers = [row.source_id, *(key["hash"] for key in row.keys), *names_at_keys(ports, row.source)]
    return {_hashed(ports, identifier) for identifier in identifiers}


def names_at_keys(ports: Ports, source: SourceDocument) -> list[str]:
    """Return the hashes of a source's keys together with its name: they recognise one of several at one address."""
    name = comparable_name(source)
    if not name:
        return []
    return [key_of_name_at(ports.key_secret, key["hash"], name) for key in source.get("keys") or ()]


def any_erased(ports: Ports) -> bool:
    """Whether anybody was erased at all: where nobody was, an import asks nothing more."""
    return bool(ports.store.query(SUPPRESSED, limit=1, fields=()))


def is_erased(ports: Ports, known: Iterable[str]) -> bool:
    """Whether any of these (hashes of keys, ids of sources or documents) belonged to somebody who was erased."""
    return bool(ports.store.get(SUPPRESSED, [_hashed(ports, each) for each in known], fields=()))


def drop_document(ports: Ports, id_: str, data: CvFileDocument) -> CvFileDocument:
    """Remove what a CV file of somebody who was erased left so far; return the fields that empty its record."""
    ports.files.delete(data["file"])
    writes: list[Write] = [Delete(TEXTS, id_)]
    for row in ports.store.query(ITEMS, [("document_id", "==", id_)], fields=("filename", "upload")):
        writes.append(Update(ITEMS, row.id, {"filename": ERASED, "upload": None}, None))
        ports.files.delete(row.data.get("upload") or data["file"])
    for upload in ports.store.query(UPLOADS, [("document_id", "==", id_)], fields=("name",)):
        writes.append(Update(UPLOADS, upload.id, {"name": f"{upload.data['name'].rpartition('/')[0]}/{ERASED}"}, None))
        ports.files.delete(upload.data["name"])
    ports.store.commit([[write] for write in writes])
    return {"facts": None, "filename": ERASED, "file": "", "warnings": []}


def _hashed(ports: Ports, known: str) -> str:
    """Hash a keyed hash anew under another purpose: the two lists cannot be laid side by side without the secret."""
    return keyed_hash(ports.key_secret, _PURPOSE, known)
