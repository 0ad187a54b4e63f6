"""What is missing, fake, stale or failed among stored records: found, reckoned and done anew by the stages."""

from shared.repair.finding import Finding, Found, find
from shared.repair.reckoning import Reckoned, reckon
from shared.repair.repairing import Repair, Repaired
from shared.repair.vectors import VectorFault, VectorReport, check_vectors

__all__ = [
    "Finding", "Found", "Reckoned", "Repair", "Repaired", "VectorFault", "VectorReport", "check_vectors", "find",
    "reckon",
]  # fmt: skip
