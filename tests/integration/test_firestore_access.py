"""Scoped reads, sharing, members, keys, the audit and the view over all pools on Firestore, on its emulator."""

from __future__ import annotations

import pytest

from tests.integration.firestore_ports import ports, small_chunks  # noqa: F401
from tests.unit.test_access import *  # noqa: F403
from tests.unit.test_aggregate import *  # noqa: F403
from tests.unit.test_audit import *  # noqa: F403

del test_pages_of_any_size_give_everybody_once_and_in_order  # noqa: F821  # by a field the product does not order by

pytestmark = pytest.mark.integration
