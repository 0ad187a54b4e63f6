"""What imports, undo, merge, split and the stages promise holds on Firestore, too: the same tests, on its emulator."""

from __future__ import annotations

import pytest

from tests.integration.firestore_ports import ports  # noqa: F401
from tests.unit.test_backfill import *  # noqa: F403
from tests.unit.test_intake_changes import *  # noqa: F403
from tests.unit.test_intake_imports import *  # noqa: F403
from tests.unit.test_pipeline import *  # noqa: F403

del test_slices_in_processes_of_their_own_give_the_same_people  # noqa: F821  # they share a home, not a database

pytestmark = pytest.mark.integration
