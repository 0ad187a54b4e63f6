resource "google_storage_bucket" "files" {
  # checkov:skip=CKV_GCP_78: versions would keep what a person asked us to erase
  # checkov:skip=CKV_GCP_62: access logs would name the files, and file names name people; audit logs can be had instead
  name                        = var.bucket == "" ? "${var.project}-shortlist" : var.bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # Old versions and soft-deleted objects would keep what a person asked us to erase.
  versioning {
    enabled = false
  }
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = var.incoming_days
      matches_prefix = ["incoming/"]
    }
  }
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 1
    }
  }
  lifecycle_rule { # imports are kept: undoing one asks the files of the others
    action {
      type          = "SetStorageClass"
      storage_class = "NEARLINE"
    }
    condition {
      age                   = var.colder_after_days
      matches_storage_class = ["STANDARD"]
    }
  }

  dynamic "encryption" {
    for_each = var.kms_key == "" ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }
  depends_on = [google_project_service.used, google_kms_crypto_key_iam_member.agents]
}

# The agents that write on our behalf need the key themselves.
resource "google_kms_crypto_key_iam_member" "agents" {
  for_each = var.kms_key == "" ? {} : {
    storage   = "service-${data.google_project.this.number}@gs-project-accounts.iam.gserviceaccount.com"
    firestore = "service-${data.google_project.this.number}@gcp-sa-firestore.iam.gserviceaccount.com"
    registry  = "service-${data.google_project.this.number}@gcp-sa-artifactregistry.iam.gserviceaccount.com"
  }
  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value}"
}
