# Indexes come from firestore.indexes.json, which a test holds equal to what the queries need.
locals {
  declared = jsondecode(file("${path.module}/firestore.indexes.json"))
  indexes = { for index in local.declared.indexes :
    join("/", concat([index.collectionGroup], [for field in index.fields : field.fieldPath])) => index
  }
  fields  = { for field in local.declared.fieldOverrides : "${field.collectionGroup}/${field.fieldPath}" => field }
  kms_key = var.kms_key == "" ? null : var.kms_key
}

resource "google_firestore_database" "this" {
  name                        = var.database
  location_id                 = var.database_location == "" ? var.region : var.database_location
  type                        = "FIRESTORE_NATIVE"
  concurrency_mode            = "OPTIMISTIC"
  app_engine_integration_mode = "DISABLED"
  delete_protection_state     = var.deletion_protection ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  deletion_policy             = "ABANDON"

  # Seven days of past versions would keep erased people for seven days.
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_DISABLED"

  dynamic "cmek_config" {
    for_each = var.kms_key == "" ? [] : [var.kms_key]
    content {
      kms_key_name = cmek_config.value
    }
  }
  depends_on = [google_project_service.used]
}

resource "google_firestore_index" "declared" {
  for_each    = local.indexes
  database    = google_firestore_database.this.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = try(fields.value.order, null)
      array_config = try(fields.value.arrayConfig, null)

      dynamic "vector_config" {
        for_each = try([fields.value.vectorConfig], [])
        content {
          dimension = vector_config.value.dimension
          flat {}
        }
      }
    }
  }
}

resource "google_firestore_field" "declared" {
  for_each   = local.fields
  database   = google_firestore_database.this.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  index_config {
    dynamic "indexes" { # none: the field is exempt
      for_each = each.value.indexes
      content {
        order        = try(indexes.value.order, null)
        array_config = try(indexes.value.arrayConfig, null)
        query_scope  = try(indexes.value.queryScope, "COLLECTION")
      }
    }
  }
}

resource "google_firebaserules_ruleset" "firestore" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/firestore.rules")
    }
  }
  depends_on = [google_firestore_database.this]

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_firebaserules_release" "firestore" {
  name         = var.database == "(default)" ? "cloud.firestore" : "cloud.firestore/${var.database}"
  ruleset_name = google_firebaserules_ruleset.firestore.name

  lifecycle {
    replace_triggered_by = [google_firebaserules_ruleset.firestore]
  }
}
