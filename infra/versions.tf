terraform {
  required_version = ">= 1.9"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }
  backend "gcs" {} # terraform init -backend-config=bucket=…: docs/deploy.md
}

provider "google" {
  project = var.project
  region  = var.region

  # Budgets are counted on the project that asks for them.
  user_project_override = true
  billing_project       = var.project
}

data "google_project" "this" {
  project_id = var.project
}
