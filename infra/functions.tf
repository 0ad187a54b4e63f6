# What each function may touch. The keys are the entry points of main.py; cloudbuild.yaml deploys them.
# model: it asks Gemini. files: roles/storage.… of the bucket. queues: what it queues, the next stage and the rest of its own.
locals {
  functions = {
    api       = { model = true, files = "objectUser", queues = keys(local.queues) }
    on_upload = { model = false, files = "objectUser", queues = ["import-rows", "parse"] }
    backfill  = { model = false, files = "", queues = keys(local.queues) }
    cleanup   = { model = false, files = "", queues = [] }
    # from shared/stages/table.py, by `make generated`:
    import_rows             = { model = false, files = "objectUser", queues = ["import-rows", "classify"] }
    parse                   = { model = true, files = "objectViewer", queues = ["parse", "admit"] }
    admit                   = { model = false, files = "", queues = ["admit", "classify"] }
    run_jobs                = { model = true, files = "", queues = ["jobs"] }
    classify                = { model = true, files = "", queues = ["classify", "enrich"] }
    batch_enrich            = { model = true, files = "", queues = ["enrich", "embed"] }
    embed                   = { model = true, files = "", queues = ["embed", "match"] }
    match                   = { model = false, files = "", queues = ["match"] }
    batch_enrich_candidates = { model = false, files = "", queues = ["classify", "enrich", "embed", "match"] }
    # end of what is generated
  }

  # calls: how often Gemini is asked per record, or the share of the quota where that is another. A task holds 50 records.
  queues = {
    # from shared/stages/table.py, by `make generated`:
    "import-rows" = { entry_point = "import_rows", calls = 0 }
    "parse"       = { entry_point = "parse", calls = 1 }
    "admit"       = { entry_point = "admit", calls = 0 }
    "jobs"        = { entry_point = "run_jobs", calls = 0.1 }
    "classify"    = { entry_point = "classify", calls = 1 }
    "enrich"      = { entry_point = "batch_enrich", calls = 1 }
    "embed"       = { entry_point = "embed", calls = 0.04 }
    "match"       = { entry_point = "match", calls = 0 }
    # end of what is generated
  }
}
