"""What this service keeps of others."""

from catalog.db import Base
from common import successors


class Successor(successors.Successor, Base):
    """Which client a merged one went up in."""
