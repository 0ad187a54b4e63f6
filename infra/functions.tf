# What each function may touch. The keys are the entry points of main.py; cloudbuild.yaml deploys them.
locals {
  functions = {
    #                          asks Gemini    roles/storage.… of the bucket    what it queues: the next stage, and the rest of its own
    api                     = { model = true, files = "objectUser", queues = keys(local.queues) }
    on_upload               = { model = false, files = "objectUser", queues = ["import-rows", "parse"] }
    import_rows             = { model = false, files = "objectUser", queues = ["import-rows", "classify"] }
    parse                   = { model = true, files = "objectViewer", queues = ["parse", "admit"] }
    admit                   = { model = false, files = "", queues = ["admit", "classify"] }
    classify                = { model = true, files = "", queues = ["classify", "enrich"] }
    batch_enrich            = { model = true, files = "", queues = ["enrich", "embed"] }
    embed                   = { model = true, files = "", queues = ["embed", "match"] }
    match                   = { model = false, files = "", queues = ["match"] }
    run_jobs                = { model = true, files = "", queues = ["jobs"] }
    batch_enrich_candidates = { model = false, files = "", queues = ["classify", "enrich", "embed", "match"] }
    backfill                = { model = false, files = "", queues = keys(local.queues) }
    cleanup                 = { model = false, files = "", queues = [] }
  }

  # calls: how often Gemini is asked per record. A task holds 50 records; imports ask nothing.
  queues = {
    "import-rows" = { entry_point = "import_rows", calls = 0 }
    "parse"       = { entry_point = "parse", calls = 1 }
    "admit"       = { entry_point = "admit", calls = 0 }
    "classify"    = { entry_point = "classify", calls = 1 }
    "enrich"      = { entry_point = "batch_enrich", calls = 1 }
    "embed"       = { entry_point = "embed", calls = 0.04 } # 4 texts a person, 100 texts a request
    "match"       = { entry_point = "match", calls = 0 }
    "jobs"        = { entry_point = "run_jobs", calls = 0.1 } # a call a job, of which there are few: a small share
  }
}
