"""Every deployable function by name: thin doors, nothing heavy imported."""

from functions.api import api
from functions.backfill import backfill
from functions.stages import batch_enrich_candidates, stage_endpoint

classify = stage_endpoint("classify")
batch_enrich = stage_endpoint("batch_enrich")
embed = stage_endpoint("embed")

__all__ = ["api", "backfill", "batch_enrich", "batch_enrich_candidates", "classify", "embed"]
