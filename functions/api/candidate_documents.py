"""A person's files: which there are, and each by an address that is good for five minutes."""

from __future__ import annotations

from typing import Any, Final

from flask import jsonify, request, send_file

from functions.audit import note
from functions.request import ports, reads
from shared import wiring
from shared.access.downloads import sign, signed_document
from shared.cv_files.receive import documents_of, owners_of, shown
from shared.models.collections import CANDIDATES, DOCUMENTS

MINUTES: Final = 5


def list_documents(candidate_id: str) -> Any:
    """List the CVs a record was made of, newest first; `download` says where the address of each is to be had."""
    row = reads().one(CANDIDATES, candidate_id, fields=("pool",))
    rows = reads().some(DOCUMENTS, documents_of(ports(), row.id)).values()
    found = [{**shown(each.data, row.id), "download": f"/api/cv-documents/{each.id}/download/"} for each in rows]
    return {"documents": sorted(found, key=lambda each: str(each["created_at"]), reverse=True)}


def get_download(document_id: str) -> Any:
    """Answer with an address the file is had from, by GET and without a token, for five minutes."""
    document = reads().one(DOCUMENTS, document_id).data
    url = wiring.signed_download_url(ports(), document["file"], document["filename"], MINUTES)
    if url is None:
        url = f"{request.host_url}api/downloads/{sign(ports(), document_id, MINUTES)}/"
    note("download", owners_of(ports(), [document_id]).values(), document=document_id)
    response = jsonify({"url": url, "minutes": MINUTES})
    response.headers["Cache-Control"] = "no-store"
    return response


def download(signature: str) -> Any:
    """Send the file such an address was made for, on one machine; on Google Cloud the bucket does."""
    document = signed_document(ports(), signature)
    response = send_file(ports().files.open(document["file"]), "application/octet-stream", as_attachment=True,
                         download_name=document["filename"])  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
