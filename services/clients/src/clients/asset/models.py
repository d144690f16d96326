"""Assets that the MSP maintains for a client: hardware, domains, certificates and software."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.client.models import Client
from clients.db import Base
from common.db import Aggregate
from common.merges import ANNOUNCED

KINDS = (
    *("server", "workstation", "laptop", "network", "printer", "phone"),
    *("domain", "certificate", "software", "other"),
)
ACTIVE, SPARE, RETIRED, ARCHIVED = "active", "spare", "retired", "archived"
IN_USE = (ACTIVE, SPARE, RETIRED)
STATUSES = (*IN_USE, ARCHIVED)
NEVER = "'9999-12-31'::date"
"""The date by which assets without an end sort. A literal, because the indexes don't match a bound parameter."""


class Asset(Aggregate, Base):
    __tablename__ = "asset"
    __table_args__ = (
        Index("ix_asset_client_id_status", "client_id", "status", "name", "id"),
        Index("ix_asset_custom_fields", "custom_fields", postgresql_using="gin"),
        Index("ix_asset_name", func.lower(text("name")), "id"),
        Index("ix_asset_kind_name", "kind", func.lower(text("name")), "id"),
        Index("ix_asset_status", "status", "id"),
        Index("ix_asset_created_at", "created_at", "id"),
        Index("ix_asset_updated_at", "updated_at", "id"),
        Index("ix_asset_expires_on_or_never", text(f"coalesce(expires_on, {NEVER})"), "id"),
        Index("ix_asset_warranty_until_or_never", text(f"coalesce(warranty_until, {NEVER})"), "id"),
        Index("ix_asset_location_id", "location_id", postgresql_where=text("location_id IS NOT NULL")),
        Index("ix_asset_contact_id", "contact_id", postgresql_where=text("contact_id IS NOT NULL")),
        Index("ix_asset_expires_on", "expires_on", "id", postgresql_where=text("expires_on IS NOT NULL")),
        Index("ix_asset_warranty_until", "warranty_until", "id", postgresql_where=text("warranty_until IS NOT NULL")),
        Index(
            "ix_asset_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), info=ANNOUNCED)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(default="other")
    make: Mapped[str | None]
    model: Mapped[str | None]
    serial_number: Mapped[str | None]
    os: Mapped[str | None]
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    purchased_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    expires_on: Mapped[date | None]
    ip_address: Mapped[str | None]
    mac_address: Mapped[str | None]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    notes: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=ACTIVE)
    search_text: Mapped[str] = mapped_column(server_default="")

    client: Mapped[Client] = relationship(viewonly=True)

    @property
    def client_name(self) -> str:
        return self.client.name
