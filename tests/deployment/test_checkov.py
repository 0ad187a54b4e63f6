"""What checkov, a linter for infrastructure, says of infra/; it is heavy, so it is used where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
from terraform import INFRA

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("checkov") is None, reason="checkov is not installed (pipx install checkov)"),
]


def test_checkov_finds_nothing_that_is_not_argued_for() -> None:
    command = ["checkov", "--directory", str(INFRA), "--framework", "terraform", "--output", "json", "--compact"]
    offline = {**os.environ, "LOG_LEVEL": "ERROR"}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=offline)
    report = json.loads(run.stdout)
    assert [f"{each['check_id']} {each['resource']}" for each in report["results"]["failed_checks"]] == []
    assert {each["check_id"] for each in report["results"]["skipped_checks"]} == {"CKV_GCP_62", "CKV_GCP_78"}
    assert report["summary"]["passed"] > 90
    assert report["summary"]["parsing_errors"] == 0
