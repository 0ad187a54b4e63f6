"""Every address of the API, and the function of functions/api/ that answers it.

The table is read at each start and the file of an endpoint is imported by its first request, so that a candidate is
read without waiting for what searches need. An endpoint's name is its name in the OpenAPI document and never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Route:
    """A method and an address. `endpoint`: file and function; `file` where the file is named differently today."""

    method: str
    address: str
    endpoint: str
    file: str = ""

    @property
    def module(self) -> str:
        """The file that holds the function."""
        return self.file or self.endpoint.partition(".")[0]

    @property
    def function(self) -> str:
        """The function's name. The addresses of imports before everything was below /api share the functions."""
        return self.endpoint.partition(".")[2].removesuffix("_before")


ROUTES: Final = (
    Route("GET", "/api/admin/candidates/", "admin.get_all_candidates"),
    Route("GET", "/api/admin/stages/", "admin.get_stages"),
    Route("GET", "/api/admin/failures/", "admin.get_failures"),
    Route("GET", "/api/admin/usage/", "admin.get_usage"),
    Route("GET", "/api/admin/queue/", "admin.get_queue"),
    Route("GET", "/api/api-keys/", "api_keys.get_api_keys"),
    Route("POST", "/api/api-keys/", "api_keys.create_api_key"),
    Route("DELETE", "/api/api-keys/<key_id>/", "api_keys.revoke_api_key"),
    Route("GET", "/api/audit/", "audit.get_audit"),
    Route("GET", "/api/candidates/<candidate_id>/documents/", "candidate_documents.list_documents"),
    Route("GET", "/api/cv-documents/<document_id>/download/", "candidate_documents.get_download"),
    Route("GET", "/api/downloads/<signature>/", "candidate_documents.download"),
    Route("GET", "/api/candidates/<candidate_id>/notes/", "candidate_notes.get_notes"),
    Route("POST", "/api/candidates/<candidate_id>/notes/", "candidate_notes.add_note"),
    Route("DELETE", "/api/candidates/<candidate_id>/notes/<note_id>/", "candidate_notes.remove_note"),
    Route("GET", "/api/candidates/<candidate_id>/activity/", "candidate_notes.get_activity"),
    Route("GET", "/api/candidates/", "candidates.list_candidates", file="candidate_lists"),
    Route("POST", "/api/candidates/", "candidates.create_candidate", file="candidate_changes"),
    Route("GET", "/api/candidates/<candidate_id>/", "candidates.get_candidate"),
    Route("PATCH", "/api/candidates/<candidate_id>/", "candidates.edit_candidate", file="candidate_changes"),
    Route("DELETE", "/api/candidates/<candidate_id>/", "candidates.delete_candidate", file="candidate_changes"),
    Route("PUT", "/api/candidates/<candidate_id>/tags/<tag>/", "candidates.put_tag", file="candidate_changes"),
    Route("DELETE", "/api/candidates/<candidate_id>/tags/<tag>/", "candidates.remove_tag", file="candidate_changes"),
    Route("POST", "/api/cv-documents/", "cv_documents.create_cv_document"),
    Route("GET", "/api/cv-documents/", "cv_documents.list_cv_documents"),
    Route("GET", "/api/cv-documents/<document_id>/", "cv_documents.get_cv_document"),
    Route("GET", "/api/cv-documents/<document_id>/status/", "cv_documents.get_cv_document_status"),
    Route("POST", "/api/cv-documents/<document_id>/retry/", "cv_documents.retry_cv_document"),
    Route("POST", "/api/cv-documents/bulk/", "cv_documents.create_bulk", file="cv_uploads"),
    Route("GET", "/api/cv-documents/bulk/<batch_id>/status/", "cv_documents.get_bulk_status", file="cv_uploads"),
    Route("POST", "/api/cv-documents/bulk/<batch_id>/retry/", "cv_documents.retry_bulk", file="cv_uploads"),
    Route("GET", "/api/candidates/<candidate_id>/held/", "duties.get_held", file="privacy"),
    Route("PUT", "/api/candidates/<candidate_id>/self-description/", "duties.put_self_description", file="privacy"),
    Route("GET", "/api/erasures/", "duties.get_erasures", file="privacy"),
    Route("GET", "/api/jobs/<job_id>/impact/", "duties.get_impact", file="privacy"),
    Route("GET", "/api/pools/<pool>/rules/", "duties.get_rules", file="privacy"),
    Route("PUT", "/api/pools/<pool>/rules/", "duties.put_rules", file="privacy"),
    Route("GET", "/api/retention/", "duties.get_retention", file="privacy"),
    Route("GET", "/api/events/", "events.get_events"),
    Route("POST", "/api/imports/", "imports.create_import"),
    Route("GET", "/api/imports/", "imports.get_imports"),
    Route("GET", "/api/imports/<import_id>/", "imports.get_import"),
    Route("GET", "/api/imports/<import_id>/rejects/", "imports.get_rejects"),
    Route("POST", "/api/imports/<import_id>/undo/", "imports.undo"),
    Route("POST", "/api/imports/preview/", "imports.preview_import"),
    Route("POST", "/api/imports/preview/<preview_id>/commit/", "imports.commit_preview"),
    Route("POST", "/imports", "imports.create_import_before"),
    Route("GET", "/imports", "imports.get_imports_before"),
    Route("GET", "/uploads", "imports.get_uploads"),
    Route("POST", "/api/jobs/", "jobs.create_job"),
    Route("GET", "/api/jobs/", "jobs.list_jobs"),
    Route("POST", "/api/jobs/import/", "jobs.import_jobs"),
    Route("GET", "/api/jobs/<job_id>/", "jobs.get_job"),
    Route("PUT", "/api/jobs/<job_id>/", "jobs.put_job"),
    Route("DELETE", "/api/jobs/<job_id>/", "jobs.delete_job"),
    Route("POST", "/api/jobs/<job_id>/applications/", "jobs.create_application"),
    Route("GET", "/api/candidates/<candidate_id>/matches/", "matches.get_matches_of_candidate"),
    Route("GET", "/api/jobs/<job_id>/matches/", "matches.get_matches_of_job"),
    Route("POST", "/api/matches/refresh/", "matches.refresh_matches"),
    Route("GET", "/api/members/me/", "members.get_me"),
    Route("GET", "/api/members/", "members.get_members"),
    Route("PUT", "/api/members/<uid>/", "members.put_member"),
    Route("DELETE", "/api/members/<uid>/", "members.delete_member"),
    Route("GET", "/api/openapi.json", "openapi.get_openapi"),
    Route("GET", "/api/docs/", "openapi.get_docs"),
    Route("GET", "/api/docs/<name>", "openapi.get_asset"),
    Route("GET", "/api/people/", "people.get_people", file="admin"),
    Route("GET", "/api/pools/", "pools.get_pools"),
    Route("POST", "/api/pools/", "pools.create_pool"),
    Route("GET", "/api/processing/jobs/", "processing.get_work"),
    Route("GET", "/api/processing/jobs/<job_id>/", "processing.get_one"),
    Route("POST", "/api/processing/jobs/<job_id>/retry/", "processing.retry"),
    Route("POST", "/api/processing/jobs/<job_id>/cancel/", "processing.cancel"),
    Route("GET", "/api/proposals/", "proposals.list_proposals"),
    Route("POST", "/api/proposals/<proposal_id>/decide/", "proposals.decide"),
    Route("GET", "/api/search-runs/", "search_runs.get_search_runs"),
    Route("POST", "/api/search-runs/", "search_runs.create_search_run"),
    Route("GET", "/api/search-runs/<run_id>/", "search_runs.get_search_run"),
    Route("POST", "/api/search-runs/why/", "search_runs.ask_why"),
    Route("GET", "/api/search-runs/<run_id>/why/<candidate_id>/", "search_runs.ask_why_of_run"),
    Route("GET", "/api/candidates/<candidate_id>/similar/", "search_runs.get_similar"),
    Route("GET", "/api/candidates/<candidate_id>/readers/", "sharing.get_readers"),
    Route("POST", "/api/candidates/<candidate_id>/readers/", "sharing.add_reader"),
    Route("DELETE", "/api/candidates/<candidate_id>/readers/<uid>/", "sharing.remove_reader"),
    Route("GET", "/readyz", "stats.readyz"),
    Route("GET", "/stats", "stats.get_stats"),
)
# Endpoints that answer everybody: they hold nobody's data.
PUBLIC: Final = frozenset(
    {
        "candidate_documents.download",  # an address signed for minutes is shown to whom the file was shown
        "openapi.get_asset",
        "openapi.get_docs",
        "openapi.get_openapi",
        "stats.health",
        "stats.healthz",
        "stats.readyz",
    }
)
