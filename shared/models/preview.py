"""A file that was looked through before it is imported."""

from __future__ import annotations

from shared.models.batch import ImportOptions
from shared.models.frozen import Frozen


class ImportPreview(Frozen):
    """A previewed file, kept for a day so that the very same one is imported."""

    id: str
    pool: str
    filename: str
    file: str  # path in Files
    options: ImportOptions = ImportOptions()
    caller: str  # uid
    at: str
