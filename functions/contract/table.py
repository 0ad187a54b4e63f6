"""Every endpoint by its name in the app, and what it promises. A new route gets its line here; a test asks for it."""

from __future__ import annotations

from typing import Final

from functions.api.access_bodies import KeyBody, MemberBody, PoolBody, ReaderBody
from functions.api.search_run import SearchBody, WhyBody
from functions.contract import answers as a
from functions.contract import bodies as b
from functions.contract.duties import DUTIES
from functions.contract.operation import (
    AFTER,
    JSON,
    POOL,
    Body,
    Operation,
    choice,
    form,
    json,
    limit,
    text,
    whole,
)
from functions.contract.records import RECORDS
from functions.contract.work import WORK
from shared.models.caller import Member
from shared.models.job import Job

_FILE: Final = Body({"text/csv": None, "multipart/form-data": ("file",)})
_FORM: Final = "multipart/form-data"

ACCESS: Final[dict[str, Operation]] = {
    "api_keys.get_api_keys": Operation({200: a.Keys}),
    "api_keys.create_api_key": Operation({201: a.KeyMade}, body=json(KeyBody)),
    "api_keys.revoke_api_key": Operation({204: None}),
    "audit.get_audit": Operation(
        {200: a.AuditPage},
        query=(text("who", "A uid."), text("candidate_id"), text("since", "A time, UTC."), limit(100, 1000)),
    ),
    "members.get_me": Operation({200: a.Me}),
    "members.get_members": Operation({200: a.Members}),
    "members.put_member": Operation({200: Member}, body=json(MemberBody)),
    "members.delete_member": Operation({204: None}),
    "pools.get_pools": Operation({200: a.Pools}),
    "pools.create_pool": Operation({201: a.PoolMade}, body=json(PoolBody)),
    "sharing.get_readers": Operation({200: a.Readers}),
    "sharing.add_reader": Operation({201: a.Readers}, body=json(ReaderBody)),
    "sharing.remove_reader": Operation({200: a.Readers}),
}
COMING_IN: Final[dict[str, Operation]] = {
    "cv_documents.create_cv_document": Operation(
        {200: a.CvRead, 201: a.CvRead}, refuses=(410,), query=(POOL,), body=form("source_file")
    ),
    "cv_documents.create_bulk": Operation(
        {202: a.Bulk}, query=(POOL,), body=Body({_FORM: ("files",), JSON: b.Announced})
    ),
    "cv_documents.get_bulk_status": Operation({200: a.Bulk}),
    "cv_documents.retry_bulk": Operation({202: a.Retried}, query=(text("item", "One file of it."),)),
    "cv_documents.list_cv_documents": Operation(
        {200: a.CvPage},
        query=(
            POOL,
            choice("status", "PENDING", "RUNNING", "SUCCESS", "FAILED"),
            text("candidate_id"),
            limit(50, 500),
            AFTER,
        ),
    ),
    "cv_documents.get_cv_document": Operation({200: a.CvRead}),
    "cv_documents.get_cv_document_status": Operation({200: a.CvStatus}),
    "cv_documents.retry_cv_document": Operation({202: a.Retried}),
    "imports.get_uploads": Operation({200: a.Uploads}, query=(limit(100, 1000),)),
}
JOBS: Final[dict[str, Operation]] = {
    "jobs.create_job": Operation({200: Job, 201: Job}, query=(POOL,), body=json(b.JobSaid)),
    "jobs.import_jobs": Operation({201: a.JobsTaken}, query=(POOL, text("filename")), body=_FILE),
    "jobs.list_jobs": Operation(
        {200: a.JobPage}, query=(POOL, choice("status", "open", "closed"), limit(50, 500), AFTER)
    ),
    "jobs.get_job": Operation({200: Job}),
    "jobs.put_job": Operation({200: Job}, body=json(b.JobSaid)),
    "jobs.delete_job": Operation({204: None}),
    "jobs.create_application": Operation(
        {200: a.Applied, 201: a.Applied}, refuses=(410,), body=Body({_FORM: ("source_file",), JSON: b.CandidateNamed})
    ),
    "matches.get_matches_of_job": Operation({200: a.MatchPage}, query=(limit(50, 200), AFTER)),
    "matches.get_matches_of_candidate": Operation({200: a.MatchPage}, query=(limit(50, 200), AFTER)),
    "matches.refresh_matches": Operation({202: a.Queued}, refuses=(404,), body=json(b.RefreshSaid, required=False)),
}
SEARCHES: Final[dict[str, Operation]] = {
    "search_runs.create_search_run": Operation({200: a.Found}, refuses=(404,), body=json(SearchBody)),
    "search_runs.get_search_runs": Operation({200: a.Runs}, query=(limit(50, 200),)),
    "search_runs.get_search_run": Operation({200: a.RunAgain}),
    "search_runs.ask_why": Operation({200: a.WhyShown}, refuses=(404,), body=json(WhyBody)),
    "search_runs.ask_why_of_run": Operation({200: a.WhyShown}),
    "search_runs.get_similar": Operation({200: a.Found}, query=(whole("top_k", 10, 1, 200),)),
}
INSTALLATION: Final[dict[str, Operation]] = {
    "openapi.get_openapi": Operation({200: JSON}, public=True),
    "openapi.get_docs": Operation({200: "text/html"}, public=True),
    "openapi.get_asset": Operation({200: "*/*"}, public=True),
    "people.get_people": Operation({200: a.People}, query=(limit(50, 200), AFTER)),
    "stats.healthz": Operation({200: a.Alive}, public=True),
    "stats.readyz": Operation({200: a.Ready}, public=True),
    "stats.get_stats": Operation({200: a.Stats}),
}
OPERATIONS: Final[dict[str, Operation]] = {
    **ACCESS,
    **DUTIES,
    **COMING_IN,
    **RECORDS,
    **WORK,
    **JOBS,
    **SEARCHES,
    **INSTALLATION,
}
