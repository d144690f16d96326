"""A person at a client, and what this person is there for."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate

ACTIVE, ARCHIVED = "active", "archived"


class Contact(Aggregate, Base):
    __tablename__ = "contact"
    __table_args__ = (
        Index("uq_contact_primary_support", "client_id", unique=True, postgresql_where=text("is_primary_support")),
        Index("ix_contact_client_id_status", "client_id", "status", "name", "id"),
        Index("ix_contact_name_words", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        Index("ix_contact_email_words", "email", postgresql_using="gin", postgresql_ops={"email": "gin_trgm_ops"}),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    """E.164."""
    notes: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=ACTIVE)
    is_primary_support: Mapped[bool] = mapped_column(default=False)
    is_technical_support: Mapped[bool] = mapped_column(default=False)
    is_billing: Mapped[bool] = mapped_column(default=False)
