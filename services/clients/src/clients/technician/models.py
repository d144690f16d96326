"""Technicians of clients."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.db import Base
from clients.inbound.replicas import User
from common.db import Aggregate
from common.merges import stays


class ClientTechnician(Aggregate, Base):
    """A technician's assignment. Ended assignments stay as inactive rows, so that versions continue."""

    __tablename__ = "client_technician"
    __table_args__ = (
        Index("uq_client_technician_client_id_user_id", "client_id", "user_id", unique=True),
        Index("ix_client_technician_user_id", "user_id", "client_id", postgresql_where=text("active")),
    )

    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), info=stays("parts.py assigns a technician of both clients once")
    )
    user_id: Mapped[UUID]
    active: Mapped[bool] = mapped_column(default=True)

    user: Mapped[User | None] = relationship(
        primaryjoin="foreign(ClientTechnician.user_id) == User.id", viewonly=True, uselist=False
    )

    @property
    def name(self) -> str | None:
        return self.user.name if self.user else None

    @property
    def email(self) -> str | None:
        return self.user.email if self.user else None
