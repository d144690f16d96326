"""Users, who can sign in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from common.db import Aggregate
from common.errors import Conflict
from common.merges import ANNOUNCED
from gateway.db import Base
from gateway.inbound.replicas import Client
from gateway.user.roles import NAMES

ACTIVE, DISABLED = "active", "disabled"


class User(Aggregate, Base):
    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(map(repr, NAMES))})", name="role_known"),
        CheckConstraint("(client_id IS NOT NULL) = (left(role, 6) = 'client')", name="client_of_client_users"),
        Index("uq_users_email", func.lower(text("email")), unique=True),
        Index("ix_users_name_id", "name", "id"),
        Index("ix_users_created_at_id", "created_at", "id"),
        Index("ix_users_role", "role"),
        Index("ix_users_client_id", "client_id"),
    )

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str]
    client_id: Mapped[UUID | None] = mapped_column(info=ANNOUNCED)
    status: Mapped[str] = mapped_column(default=ACTIVE)
    password_hash: Mapped[str]
    password_changed_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
    client_name: Mapped[str | None] = column_property(
        select(Client.name).where(Client.id == client_id).correlate_except(Client).scalar_subquery()
    )

    def disable(self) -> None:
        if self.status == DISABLED:
            raise Conflict(f"{self.email} is already disabled.")
        self.status = DISABLED

    def enable(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f"{self.email} is already active.")
        self.status = ACTIVE
