"""The costs suppose the calls and the calls in flight that the deployment supposes."""

from __future__ import annotations

import re

from terraform import local_values, text

from benchmarks import costs


def test_what_the_costs_suppose_is_what_terraform_supposes() -> None:
    queues = local_values()["queues"]
    assert {stage: float(queues[stage]["calls"]) for stage in costs.STAGES} == costs.CALLS
    assert local_values()["calls_in_flight"] == costs.IN_FLIGHT
    default = re.search(r'variable "gemini_seconds_per_call".*?default\s+= (\d+)', text(), re.DOTALL)
    assert default and float(default[1]) == costs.SECONDS_A_CALL
