variable "project" {
  description = "Id of the Google Cloud project everything is made in."
  type        = string
}

variable "region" {
  description = "Region of the functions, queues, schedules and the bucket; the storage trigger must be where the bucket is."
  type        = string
  default     = "europe-west1"
}

variable "database" {
  description = "Name of the Firestore database."
  type        = string
  default     = "(default)"
}

variable "database_location" {
  description = "Where Firestore keeps the documents; it can never be changed. Empty: the region."
  type        = string
  default     = ""
}

variable "bucket" {
  description = "Name of the bucket for files. Empty: PROJECT-shortlist."
  type        = string
  default     = ""
}

variable "kms_key" {
  description = "Cloud KMS key (projects/…/cryptoKeys/…) for bucket and database. Empty: keys held by Google."
  type        = string
  default     = ""
}

variable "gemini_requests_per_minute" {
  description = "Requests a minute Gemini grants this project, all models together. 0: unknown, the functions find it."
  type        = number
  default     = 0

  validation {
    condition     = var.gemini_requests_per_minute == 0 || var.gemini_requests_per_minute >= 10
    error_message = "Below 10 requests a minute nothing is left to share out."
  }
}

variable "gemini_seconds_per_call" {
  description = "How long one call takes, roughly: decides how many instances the quota can feed."
  type        = number
  default     = 2
}

variable "gemini_by_key" {
  description = "Whether Gemini is asked with an API key, kept in Secret Manager, instead of by IAM (Vertex AI)."
  type        = bool
  default     = false
}

variable "incoming_days" {
  description = "Days a dropped file stays below incoming/; what was read from it is kept elsewhere."
  type        = number
  default     = 14
}

variable "colder_after_days" {
  description = "Days after which kept files move to cheaper, slower storage."
  type        = number
  default     = 90
}

variable "deletion_protection" {
  description = "Whether the database is protected against deletion."
  type        = bool
  default     = true
}

variable "public_api" {
  description = "Whether everybody reaches the api function. It then has to ask by itself who is calling."
  type        = bool
  default     = false
}

variable "callers" {
  description = "Who may call batchEnrichCandidates, as the tasks account: user:…, group:… or serviceAccount:…"
  type        = list(string)
  default     = []
}

variable "alert_emails" {
  description = "Mail addresses that hear of failures."
  type        = list(string)
  default     = []
}

variable "billing_account" {
  description = "Billing account of the budget alert, such as 012345-6789AB-CDEF01. Empty: no budget alert."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "Units of the billing account's currency a month after which the budget alert speaks."
  type        = number
  default     = 100
}
