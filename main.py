"""Every deployable function by name; nothing heavy is imported until one of them is asked."""

import functions_framework

from functions.app import deployed_functions, process_runtime

runtime = process_runtime()
_functions = deployed_functions(runtime)

admit = _functions["admit"]
api = _functions["api"]
backfill = _functions["backfill"]
batch_enrich = _functions["batch_enrich"]
batch_enrich_candidates = _functions["batch_enrich_candidates"]
classify = _functions["classify"]
cleanup = _functions["cleanup"]
embed = _functions["embed"]
import_rows = _functions["import_rows"]
match = _functions["match"]
on_upload = functions_framework.cloud_event(_functions["on_upload"])
parse = _functions["parse"]
run_jobs = _functions["run_jobs"]

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
