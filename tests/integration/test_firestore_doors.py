"""CV files, uploads, tasks and deliveries on Firestore: the same tests as on SQLite, on its emulator."""

from __future__ import annotations

import pytest

from tests.functions.test_on_upload import *  # noqa: F403
from tests.functions.test_tasks import *  # noqa: F403
from tests.integration.firestore_ports import ports, small_chunks  # noqa: F401
from tests.unit.test_cv_documents import *  # noqa: F403
from tests.unit.test_delivery import *  # noqa: F403
from tests.unit.test_import_steps import *  # noqa: F403

del test_a_dropped_export_becomes_people_of_its_pool  # noqa: F821  # the whole stack takes one, too

pytestmark = pytest.mark.integration
