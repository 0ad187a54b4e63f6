"""A person's files: which there are, and each by an address that is good for five minutes."""

from __future__ import annotations

from typing import Any, Final

from flask import jsonify, request, send_file

from functions.audit import note
from functions.openapi.operation import VIEW, operation
from functions.request import ports, reads, sight
from shared import wiring
from shared.access.downloads import sign, signed_document
from shared.cv_files.receive import documents_of, owners_of, shown
from shared.errors import NotAllowed
from shared.models.collections import CANDIDATES, DOCUMENTS
from shared.views.cv_documents import CandidateDocuments, Download, cv_documents

MINUTES: Final = 5


@operation({200: CandidateDocuments}, query=(VIEW,))
def list_documents(candidate_id: str) -> CandidateDocuments:
    """List the CVs a record was made of, newest first; `download` says where the address of each is to be had."""
    row = reads().one(CANDIDATES, candidate_id, fields=("pool",))
    rows = reads().some(DOCUMENTS, documents_of(ports(), row.id)).values()
    documents = [
        {**shown(document.data, row.id), "download": f"/api/cv-documents/{document.id}/download/"} for document in rows
    ]
    documents.sort(key=lambda document: str(document["created_at"]), reverse=True)
    return CandidateDocuments(documents=cv_documents(documents, sight()))


@operation({200: Download})
def get_download(document_id: str) -> Any:
    """Answer with an address the file is had from, by GET and without a token, for five minutes."""
    document = reads().one(DOCUMENTS, document_id).data
    if sight().blind(document["pool"]):
        raise NotAllowed("people are seen blind here, and the file would show who they are")
    url = wiring.signed_download_url(ports(), document["file"], document["filename"], MINUTES)
    if url is None:
        url = f"{request.host_url}api/downloads/{sign(ports(), document_id, MINUTES)}/"
    note("download", owners_of(ports(), [document_id]).values(), document=document_id)
    response = jsonify(Download(url=url, minutes=MINUTES).to_json())
    response.headers["Cache-Control"] = "no-store"
    return response


@operation({200: "application/octet-stream"}, refuses=(401,), public=True)
def download(signature: str) -> Any:
    """Send the file such an address was made for, on one machine; on Google Cloud the bucket does."""
    document = signed_document(ports(), signature)
    content = ports().files.open(document["file"])
    response = send_file(content, "application/octet-stream", as_attachment=True, download_name=document["filename"])
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
