"""Who may see and do what: one table, the decisions made from it, and reads that know who asks."""

from shared.access.reads import Reads
from shared.access.scope import allow, sees, sees_everything, sees_pool

__all__ = ["Reads", "allow", "sees", "sees_everything", "sees_pool"]
