"""Addresses of files that are good for minutes, where no bucket signs them: on one machine."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING, Final

from shared.access.reads import could_be_id
from shared.errors import NotSignedIn
from shared.models.collections import DOCUMENTS
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument

_REFUSED: Final = "this address is not valid, or no longer: ask for another"


def sign(ports: Ports, document_id: str, minutes: int) -> str:
    """Return what an address carries that is good for so long and for this document alone."""
    until = f"{int(time.time()) + 60 * minutes}"
    return f"{document_id}.{until}.{_mark(ports, document_id, until)}"


def signed_document(ports: Ports, signature: str) -> CvFileDocument:
    """Return the document an address was made for. Raises `NotSignedIn`, the same for a false and for a late one."""
    document_id, _, rest = signature.partition(".")
    until, _, mark = rest.partition(".")
    fits = hmac.compare_digest(mark.encode(), _mark(ports, document_id, until).encode())
    if not fits or not until.isdecimal() or int(until) < time.time() or not could_be_id(document_id):
        raise NotSignedIn(_REFUSED)
    row = ports.store.get(DOCUMENTS, [document_id]).get(document_id)
    if row is None:
        raise NotSignedIn(_REFUSED)
    return row.data


def _mark(ports: Ports, document_id: str, until: str) -> str:
    said = f"download\x1f{document_id}\x1f{until}".encode("utf-8", "replace")
    return hmac.new(ports.key_secret, said, hashlib.sha256).hexdigest()
