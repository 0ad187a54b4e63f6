output "bucket" {
  description = "Drop exports below gs://BUCKET/incoming/csv/POOL/."
  value       = google_storage_bucket.files.name
}

output "api_url" {
  description = "Where the API answers."
  value       = "${local.functions_url}/api"
}

output "capacity" {
  description = "How the quota is shared out, by queue and by function."
  value = {
    tasks_per_second      = local.dispatches
    instances             = local.instances
    requests_per_instance = local.requests_per_instance
  }
}

output "build_account" {
  description = "The service account Cloud Build runs cloudbuild.yaml as."
  value       = google_service_account.deployer.id
}

output "substitutions" {
  description = "What cloudbuild.yaml has to know: gcloud builds submit --substitutions=…"
  value = join(",", [for name, value in {
    _REGION        = var.region
    _DATABASE      = var.database
    _BUCKET        = google_storage_bucket.files.name
    _API_ACCESS    = var.public_api ? "public" : "private"
    _GEMINI_BY_KEY = var.gemini_by_key
    _INSTANCES     = join(" ", [for name, count in local.instances : "${name}=${count}"])
    _PER_MINUTE    = join(" ", [for name, requests in local.requests_per_instance : "${name}=${requests}"])
  } : "${name}=${value}"])
}
