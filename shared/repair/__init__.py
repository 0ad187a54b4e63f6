"""What is missing, fake, stale or failed among stored records: found, reckoned and done anew by the stages."""

from shared.repair.finding import Finding, Found, find
from shared.repair.reckoning import Reckoned, reckon
from shared.repair.repairing import Repair, Repaired
from shared.repair.vectors import VectorFault, VectorReport, check_vectors
from shared.repair.withdrawing import withdraw_false

__all__ = [
    "Finding", "Found", "Reckoned", "Repair", "Repaired", "VectorFault", "VectorReport", "check_vectors", "find",
    "reckon", "withdraw_false",
]  # fmt: skip
