"""What imports, undo, merge, split and the stages promise holds on Firestore, too: the same tests, on its emulator."""

from __future__ import annotations

import pytest

from tests.integration.firestore_ports import ports, small_chunks  # noqa: F401
from tests.unit.test_backfill import *  # noqa: F403
from tests.unit.test_intake_changes import *  # noqa: F403
from tests.unit.test_intake_imports import *  # noqa: F403
from tests.unit.test_pipeline import *  # noqa: F403

del test_slices_in_processes_of_their_own_give_the_same_people  # noqa: F821  # they share a home, not a database
del test_a_full_disk_is_said_and_nothing_half_is_kept  # noqa: F821  # on SQLite only
del test_the_embedding_text_says_what_people_did_and_never_who_they_are  # noqa: F821  # asks a store for nothing new
del test_long_work_tells_how_far_it_is  # noqa: F821  # nor does this, and either takes the whole export

pytestmark = pytest.mark.integration
