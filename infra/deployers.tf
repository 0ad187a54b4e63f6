# Who carries events, builds images and deploys. Who may call which function is granted beside its deployment.
data "google_storage_project_service_account" "storage" {
  depends_on = [google_project_service.used]
}

resource "google_project_iam_member" "storage_publishes" {
  project = var.project
  role    = "roles/pubsub.publisher" # Eventarc makes the topic, so there is none yet to name
  member  = data.google_storage_project_service_account.storage.member
}

resource "google_project_iam_member" "receives_events" {
  project = var.project
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.events.member
}

resource "google_artifact_registry_repository_iam_member" "builder" {
  repository = google_artifact_registry_repository.images.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.builder.member
}

resource "google_project_iam_member" "builder" {
  for_each = toset(["roles/logging.logWriter", "roles/storage.objectViewer"]) # the source lies in Google's own bucket
  project  = var.project
  role     = each.value
  member   = google_service_account.builder.member

  dynamic "condition" {
    for_each = each.value == "roles/storage.objectViewer" ? ["gcf-v2-"] : []
    content {
      title      = "only-sources-of-functions"
      expression = "resource.name.startsWith(\"projects/_/buckets/${condition.value}\")"
    }
  }
}

resource "google_project_iam_member" "deployer" {
  for_each = toset([
    "roles/cloudfunctions.developer",
    "roles/logging.logWriter",
    "roles/run.admin", # says who may call a function
  ])
  project = var.project
  role    = each.value
  member  = google_service_account.deployer.member
}

# What gcloud builds submit has uploaded.
resource "google_project_iam_member" "deployer_reads_source" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = google_service_account.deployer.member

  condition {
    title      = "only-submitted-sources"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.project}_cloudbuild\")"
  }
}

resource "google_service_account_iam_member" "deploys_as" {
  for_each           = local.deploy_as
  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deployer.member
}
