"""Likely duplicates of a large import are found page by page on Firestore, too: the same tests, on its emulator."""

from __future__ import annotations

import pytest

from tests.integration.firestore_ports import ports, small_chunks  # noqa: F401
from tests.unit.test_comparing_by_steps import (  # noqa: F401
    small_pages,
    test_a_small_import_into_a_large_pool_reads_its_own_people_and_their_likes_only,
    test_a_step_compares_one_page_and_the_last_ends_the_import,
)

pytestmark = pytest.mark.integration
