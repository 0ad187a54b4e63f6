"""Every endpoint by its name in the app, and what it promises: a resource a file. A test asks for every route."""

from __future__ import annotations

from typing import Final

from functions.contract.access import ACCESS
from functions.contract.cv_documents import CVS
from functions.contract.duties import DUTIES
from functions.contract.imports import IMPORTS
from functions.contract.installation import INSTALLATION
from functions.contract.jobs import JOBS
from functions.contract.operation import Operation
from functions.contract.records import RECORDS
from functions.contract.searches import SEARCHES
from functions.contract.work import WORK

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
