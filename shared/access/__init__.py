"""Who may see and do what: one table, the decisions made from it, and reads that know who asks."""

from shared.access.reads import Reads, note_reads
from shared.access.scope import allow, pools_seen, sees, sees_everything, sees_pool

__all__ = ["Reads", "allow", "note_reads", "pools_seen", "sees", "sees_everything", "sees_pool"]
