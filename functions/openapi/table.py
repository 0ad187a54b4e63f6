"""Every endpoint by its name in the app, and what it promises: a resource a file. A test asks for every route."""

from __future__ import annotations

from typing import Final

from functions.openapi.access import ACCESS
from functions.openapi.candidates import RECORDS
from functions.openapi.cv_documents import CVS
from functions.openapi.imports import IMPORTS
from functions.openapi.installation import INSTALLATION
from functions.openapi.jobs import JOBS
from functions.openapi.operation import Operation
from functions.openapi.operations import WORK
from functions.openapi.privacy import DUTIES
from functions.openapi.search_runs import SEARCHES

OPERATIONS: Final[dict[str, Operation]] = {
    **ACCESS,
    **DUTIES,
    **IMPORTS,
    **CVS,
    **RECORDS,
    **WORK,
    **JOBS,
    **SEARCHES,
    **INSTALLATION,
}
