# Failures tell on themselves: counted from the logs, mailed to those who asked.
locals {
  ours = "resource.type=\"cloud_run_revision\" resource.labels.service_name=(${join(" OR ", [
    for name in keys(local.functions) : "\"${lower(replace(name, "_", ""))}\""
  ])})"
  log_metrics = {
    failed-records = {
      what   = "Tasks that wrote a failure on a record: shortlist failures says which and why."
      filter = "${local.ours} ${local.failed}"
    }
    errors = {
      what   = "Error lines of the functions: a bug, or a setting that is wrong."
      filter = "${local.ours} (severity>=ERROR OR textPayload=~\"${local.broken}\") -logName:\"run.googleapis.com%2Frequests\""
    }
    refused-calls = {
      what   = "Calls a private function refused, or any function broke on; 429 and 503 come again by themselves."
      filter = "${local.ours} (httpRequest.status>=500 OR (httpRequest.status>=400 resource.labels.service_name!=\"api\")) httpRequest.status!=429 httpRequest.status!=503"
    }
    schedule-failures = {
      what   = "Sweeps Cloud Scheduler could not get done."
      filter = "resource.type=\"cloud_scheduler_job\" resource.labels.job_id=~\"^shortlist-\" severity>=ERROR"
    }
  }
  # Of the line shared/pipeline/run.py ends every task with, and of what is said before or beside our log, without severity.
  failed = "jsonPayload.logger=\"shortlist.pipeline\" jsonPayload.failed>0"
  broken = "^shortlist: |^Traceback|.(ERROR|CRITICAL). "
}

resource "google_logging_metric" "failures" {
  for_each    = local.log_metrics
  name        = "shortlist/${each.key}"
  description = each.value.what
  filter      = each.value.filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
  depends_on = [google_project_service.used]
}

resource "google_monitoring_notification_channel" "mail" {
  for_each     = toset(var.alert_emails)
  display_name = "Shortlist failures"
  type         = "email"
  labels       = { email_address = each.value }
}

resource "google_monitoring_alert_policy" "failures" {
  for_each              = local.log_metrics
  display_name          = "Shortlist: ${each.key}"
  combiner              = "OR"
  notification_channels = [for channel in google_monitoring_notification_channel.mail : channel.id]

  conditions {
    display_name = "any in ten minutes"

    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.failures[each.key].name}\" AND resource.type=\"${each.key == "schedule-failures" ? "cloud_scheduler_job" : "cloud_run_revision"}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.what}\n\ndocs/deploy.md, \"See and repair failures\", says what to do."
  }
  alert_strategy {
    auto_close = "86400s"
  }
}

resource "google_monitoring_alert_policy" "pile" {
  display_name          = "Shortlist: tasks pile up"
  combiner              = "OR"
  notification_channels = [for channel in google_monitoring_notification_channel.mail : channel.id]

  conditions {
    display_name = "more than 5,000 tasks for an hour"

    condition_threshold {
      filter          = "metric.type=\"cloudtasks.googleapis.com/queue/depth\" AND resource.type=\"cloud_tasks_queue\""
      comparison      = "COMPARISON_GT"
      threshold_value = 5000 # 250,000 records
      duration        = "3600s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MIN"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "A queue holds thousands of tasks: an import larger than the quota can serve, or functions that answer 503."
  }
}

resource "google_billing_budget" "monthly" {
  count           = var.billing_account == "" ? 0 : 1
  billing_account = var.billing_account
  display_name    = "Shortlist ${var.project}"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }
  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }
  threshold_rules {
    threshold_percent = 0.5
  }
  threshold_rules {
    threshold_percent = 0.9
  }
  threshold_rules {
    threshold_percent = 1.0
    spend_basis       = "FORECASTED_SPEND"
  }
  dynamic "all_updates_rule" {
    for_each = length(var.alert_emails) > 0 ? [1] : []
    content {
      monitoring_notification_channels = [for channel in google_monitoring_notification_channel.mail : channel.id]
    }
  }
  depends_on = [google_project_service.used]
}
