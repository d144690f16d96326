"""What the gateway keeps of what others own."""

from sqlalchemy.orm import Mapped

from common import successors
from common.replicas import Replica
from gateway.db import Base


class Client(Replica, Base):
    """So that a client user is made for a client there is."""

    __tablename__ = "client"

    name: Mapped[str]
    status: Mapped[str]


class Successor(successors.Successor, Base):
    """Clients that were merged into another one."""
