# One account a function, so that each can do its own work only. Names follow the entry point: fn-import-rows.
resource "google_service_account" "function" {
  for_each     = local.functions
  account_id   = "fn-${replace(each.key, "_", "-")}"
  display_name = "Shortlist function ${each.key}"
}

resource "google_service_account" "tasks" {
  account_id   = "shortlist-tasks"
  display_name = "Signs the calls of Cloud Tasks and Cloud Scheduler"
}

resource "google_service_account" "events" {
  account_id   = "shortlist-events"
  display_name = "Carries storage events to onUpload"
}

resource "google_service_account" "builder" {
  account_id   = "shortlist-builder"
  display_name = "Builds the images of the functions"
}

resource "google_service_account" "deployer" {
  account_id   = "shortlist-deployer"
  display_name = "Tests and deploys: runs cloudbuild.yaml"
}

locals {
  grants = { for pair in flatten([for name, function in local.functions : [
    for queue in function.queues : { name = name, queue = queue }
  ]]) : "${pair.name}/${pair.queue}" => pair }
  queueing    = { for name, function in local.functions : name => function if length(function.queues) > 0 }
  with_files  = { for name, function in local.functions : name => function if function.files != "" }
  with_model  = { for name, function in local.functions : name => function if function.model }
  here        = "projects/${var.project}/databases/${var.database}"
  deploy_as   = merge(google_service_account.function, { tasks = google_service_account.tasks, events = google_service_account.events, builder = google_service_account.builder })
  by_key      = var.gemini_by_key ? local.with_model : {}
  by_identity = var.gemini_by_key ? {} : local.with_model
}

resource "google_project_iam_member" "documents" {
  for_each = local.functions
  project  = var.project
  role     = "roles/datastore.user"
  member   = google_service_account.function[each.key].member

  condition {
    title      = "only-this-database"
    expression = "resource.name == \"${local.here}\""
  }
}

resource "google_storage_bucket_iam_member" "files" {
  for_each = local.with_files
  bucket   = google_storage_bucket.files.name
  role     = "roles/storage.${each.value.files}"
  member   = google_service_account.function[each.key].member
}

resource "google_cloud_tasks_queue_iam_member" "queued" {
  for_each = local.grants
  name     = google_cloud_tasks_queue.stage[each.value.queue].name
  location = var.region
  role     = "roles/cloudtasks.enqueuer"
  member   = google_service_account.function[each.value.name].member
}

# Naming the tasks account in a task's token means acting as it.
resource "google_service_account_iam_member" "signs_tasks" {
  for_each           = local.queueing
  service_account_id = google_service_account.tasks.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.function[each.key].member
}

# People call batchEnrichCandidates with a token of the tasks account, the only one the functions listen to.
resource "google_service_account_iam_member" "callers" {
  for_each           = toset(var.callers)
  service_account_id = google_service_account.tasks.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = each.value
}

# Signed upload URLs: the api signs as itself, without a key file.
resource "google_service_account_iam_member" "signs_urls" {
  service_account_id = google_service_account.function["api"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.function["api"].member
}

resource "google_project_iam_member" "gemini" {
  for_each = local.by_identity
  project  = var.project
  role     = "roles/aiplatform.user"
  member   = google_service_account.function[each.key].member
}

resource "google_secret_manager_secret_iam_member" "identity_keys" {
  for_each  = local.functions
  secret_id = google_secret_manager_secret.identity_keys.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.key].member
}

resource "google_secret_manager_secret_iam_member" "gemini" {
  for_each  = local.by_key
  secret_id = google_secret_manager_secret.gemini[0].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.key].member
}
