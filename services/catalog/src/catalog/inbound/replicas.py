"""Replicas of other services' rows."""

from catalog.db import Base
from common import successors


class Successor(successors.Successor, Base):
    """The client that a merged client was merged into."""
