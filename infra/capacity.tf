# The quota, shared out: what each queue may dispatch, how many instances run, and what each instance may ask.
# The queue is the first limiter and the client in the function the second; both are sums of the same shares.
locals {
  records_per_task  = 50
  calls_in_flight   = 16 # of an instance that is busy; SHORTLIST_GEMINI_CONCURRENCY allows more
  share_of_searches = 0.1
  quota_is_known    = var.gemini_requests_per_minute > 0
  calls_per_record  = sum([for queue in local.queues : queue.calls])

  # Requests a minute, by entry point.
  requests = merge(
    { api = var.gemini_requests_per_minute * local.share_of_searches },
    { for queue in local.queues : queue.entry_point =>
      var.gemini_requests_per_minute * (1 - local.share_of_searches) * queue.calls / local.calls_per_record
    if queue.calls > 0 },
  )

  # Instances that can use that up: each has calls_in_flight calls of gemini_seconds_per_call under way.
  instances_needed = { for name, requests in local.requests : name =>
  ceil(requests / 60 * var.gemini_seconds_per_call / local.calls_in_flight) }
  instances = merge(
    { for name in keys(local.functions) : name => 4 },
    { for name, needed in local.instances_needed : name => max(1, needed) if local.quota_is_known },
    # People wait for a search: a few instances are there, as long as each has a request a minute to ask.
    local.quota_is_known ? { api = max(1, min(4, floor(local.requests.api))) } : {},
    { on_upload = 10, backfill = 1, cleanup = 1, batch_enrich_candidates = 1 },
  )
  requests_per_instance = { for name, requests in local.requests : name =>
  local.quota_is_known ? max(1, floor(requests / local.instances[name])) : 0 }

  # Tasks a second. Unknown quota: as fast as instances are free; the clients slow down by themselves.
  dispatches = { for name, queue in local.queues : name =>
    queue.calls > 0 && local.quota_is_known
    ? max(0.001, floor(local.requests[queue.entry_point] / 60 / (queue.calls * local.records_per_task) * 1000) / 1000)
    : 5
  }
}
