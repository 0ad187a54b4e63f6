locals {
  functions_url = "https://${var.region}-${var.project}.cloudfunctions.net"
  schedules = {
    backfill = { cron = "17 * * * *", what = "Queue what documents still await, and what is stale." }
    cleanup  = { cron = "41 3 * * *", what = "Remove what is no longer needed." }
  }
}

resource "google_cloud_scheduler_job" "sweep" {
  for_each         = local.schedules
  name             = "shortlist-${each.key}"
  description      = each.value.what
  schedule         = each.value.cron
  time_zone        = "Etc/UTC"
  region           = var.region
  attempt_deadline = "1800s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "60s"
    max_backoff_duration = "600s"
  }

  http_target {
    http_method = "POST"
    uri         = "${local.functions_url}/${each.key}"

    oidc_token {
      service_account_email = google_service_account.tasks.email
      audience              = "${local.functions_url}/${each.key}"
    }
  }
  depends_on = [google_project_service.used]
}
