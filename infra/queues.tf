resource "google_cloud_tasks_queue" "stage" {
  for_each = local.queues
  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = local.dispatches[each.key]
    max_concurrent_dispatches = local.instances[each.value.entry_point] # one task an instance
  }

  # Retries end only when both are spent: the duration is short, so the attempts decide. On the last attempt the
  # function writes the failure down and answers 2xx.
  retry_config {
    max_attempts       = 8
    max_retry_duration = "60s"
    min_backoff        = "10s"
    max_backoff        = "300s"
    max_doublings      = 5
  }

  stackdriver_logging_config {
    sampling_ratio = 1
  }
  depends_on = [google_project_service.used]
}
