# Terraform makes the places, not the secrets: values written here would stand in its state. docs/deploy.md fills them.
resource "google_secret_manager_secret" "identity_keys" {
  secret_id           = "shortlist-key-secret"
  deletion_protection = true # without it nobody is recognised again

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
  depends_on = [google_project_service.used]
}

resource "google_secret_manager_secret" "gemini" {
  count     = var.gemini_by_key ? 1 : 0
  secret_id = "shortlist-gemini-key"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
  depends_on = [google_project_service.used]
}
