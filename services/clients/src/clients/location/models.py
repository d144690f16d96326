"""A location of a client."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from clients.reference import addresses, phones
from clients.reference.subdivisions import subdivision_name
from common import searching
from common.countries import country_name
from common.db import Aggregate
from common.merges import ANNOUNCED

ACTIVE, ARCHIVED = "active", "archived"


class Location(Aggregate, Base):
    __tablename__ = "location"
    __table_args__ = (
        Index("uq_location_primary", "client_id", unique=True, postgresql_where=text("is_primary")),
        Index("ix_location_client_id_status", "client_id", "status", "name", "id"),
        Index("ix_location_custom_fields", "custom_fields", postgresql_using="gin"),
        Index("ix_location_contact_id", "contact_id", postgresql_where=text("contact_id IS NOT NULL")),
        searching.index("location"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), info=ANNOUNCED)
    name: Mapped[str] = mapped_column(String(200))
    line1: Mapped[str | None]
    line2: Mapped[str | None]
    city: Mapped[str | None]
    subdivision: Mapped[str | None]
    """An ISO 3166-2 code or, for a country without codes, the text that was entered."""
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    phone: Mapped[str | None]
    """E.164."""
    time_zone: Mapped[str | None]
    hours: Mapped[str | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    notes: Mapped[str | None]
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    status: Mapped[str] = mapped_column(default=ACTIVE)
    is_primary: Mapped[bool] = mapped_column(default=False)
    search_text: Mapped[str] = mapped_column(server_default="")
    """The text that searches look in; see `clients.client.search`."""

    @property
    def country_name(self) -> str | None:
        return country_name(self.country)

    @property
    def subdivision_name(self) -> str | None:
        return subdivision_name(self.country, self.subdivision)

    @property
    def phone_display(self) -> str | None:
        return phones.display(self.phone)

    @property
    def formatted(self) -> str:
        return addresses.formatted(self)
