"""A person at a client, with roles such as billing contact."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.db import Base
from clients.reference import phones
from common.db import Aggregate
from common.merges import ANNOUNCED

if TYPE_CHECKING:
    from clients.client.models import Client

ACTIVE, ARCHIVED = "active", "archived"


class Contact(Aggregate, Base):
    __tablename__ = "contact"
    __table_args__ = (
        Index("uq_contact_primary_support", "client_id", unique=True, postgresql_where=text("is_primary_support")),
        Index("ix_contact_client_id_status", "client_id", "status", "name", "id"),
        Index("ix_contact_status_name", "status", func.lower(text("name")), "id"),
        Index("ix_contact_status_created_at", "status", "created_at", "id"),
        Index("ix_contact_custom_fields", "custom_fields", postgresql_using="gin"),
        Index("ix_contact_location_id", "location_id", postgresql_where=text("location_id IS NOT NULL")),
        Index(
            "ix_contact_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), info=ANNOUNCED)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None]
    department: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    """E.164, as `mobile`."""
    extension: Mapped[str | None] = mapped_column(String(20))
    mobile: Mapped[str | None]
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", use_alter=True))
    notes: Mapped[str | None]
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    status: Mapped[str] = mapped_column(default=ACTIVE)
    is_primary_support: Mapped[bool] = mapped_column(default=False)
    is_technical_support: Mapped[bool] = mapped_column(default=False)
    is_billing: Mapped[bool] = mapped_column(default=False)
    search_text: Mapped[str] = mapped_column(server_default="")
    """The text that searches look in; see `clients.client.search`."""

    client: Mapped["Client"] = relationship(viewonly=True)

    @property
    def client_name(self) -> str:
        return self.client.name

    @property
    def phone_display(self) -> str | None:
        return phones.display(self.phone, self.extension)

    @property
    def mobile_display(self) -> str | None:
        return phones.display(self.mobile)
