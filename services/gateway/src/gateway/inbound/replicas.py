"""Replicas of other services' rows."""

from sqlalchemy.orm import Mapped

from common import successors
from common.replicas import Replica
from gateway.db import Base


class Client(Replica, Base):
    """A client, to check the client of a client user."""

    __tablename__ = "client"

    name: Mapped[str]
    status: Mapped[str]


class Successor(successors.Successor, Base):
    """Clients that were merged into another one."""
