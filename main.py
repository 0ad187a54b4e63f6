"""Every deployable function by name: thin doors, nothing heavy imported."""

from functions.api import api
from functions.edge import check_settings
from functions.events import on_upload
from functions.schedule import backfill, cleanup
from functions.tasks import batch_enrich_candidates, task_endpoint

check_settings()

import_rows = task_endpoint("import_rows")
parse = task_endpoint("parse")
admit = task_endpoint("admit")
classify = task_endpoint("classify")
batch_enrich = task_endpoint("batch_enrich")
embed = task_endpoint("embed")
match = task_endpoint("match")
run_jobs = task_endpoint("run_jobs")

__all__ = [
    "admit",
    "api",
    "backfill",
    "batch_enrich",
    "batch_enrich_candidates",
    "classify",
    "cleanup",
    "embed",
    "import_rows",
    "match",
    "on_upload",
    "parse",
    "run_jobs",
]
