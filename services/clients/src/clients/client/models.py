"""A client with its billing details."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.db import Base
from clients.reference import phones
from clients.tag.models import Tag, client_tag
from common.countries import country_name
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict

if TYPE_CHECKING:
    from clients.contact.models import Contact
    from clients.location.models import Location

LEAD, ACTIVE, ARCHIVED = "lead", "active", "archived"
STATUSES = (LEAD, ACTIVE, ARCHIVED)


class Client(Aggregate, Base):
    __tablename__ = "client"
    __table_args__ = (
        CheckConstraint("net_terms BETWEEN 0 AND 365", name="net_terms_in_range"),
        CheckConstraint("hourly_rate >= 0", name="hourly_rate_not_negative"),
        CheckConstraint("cardinality(billing_cc_emails) <= 10", name="at_most_ten_cc"),
        Index("uq_client_name_key", "name_key", unique=True),
        Index("ix_client_status_name_key", "status", "name_key", "id"),
        Index("ix_client_currency_name_key", "currency", "name_key", "id"),
        Index("ix_client_country_name_key", "country", "name_key", "id"),
        Index("ix_client_created_at", "created_at", "id"),
        Index("ix_client_updated_at", "updated_at", "id"),
        Index("ix_client_industry", func.lower(text("industry"))),
        Index("ix_client_tax_code_id", "tax_code_id", postgresql_where=text("tax_code_id IS NOT NULL")),
        Index("ix_client_custom_fields", "custom_fields", postgresql_using="gin"),
        Index(
            "ix_client_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str]
    """The form of the name that is unique and by which lists are sorted; see `naming.key`."""
    match_key: Mapped[str] = mapped_column(FetchedValue(), deferred=True)
    """The name without legal form and punctuation, to find duplicates; computed by the database."""
    abbreviation: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(default=ACTIVE)
    website: Mapped[str | None]
    phone: Mapped[str | None]
    """E.164."""
    industry: Mapped[str | None] = mapped_column(String(100))
    referral_source: Mapped[str | None] = mapped_column(String(100))
    currency: Mapped[str]
    net_terms: Mapped[int] = mapped_column(default=30)
    tax_id: Mapped[str | None]
    tax_code_id: Mapped[UUID | None]
    hourly_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    country: Mapped[str | None]
    time_zone: Mapped[str]
    locale: Mapped[str]
    notes: Mapped[str | None]
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    billing_contact_name: Mapped[str | None]
    billing_email: Mapped[str | None]
    billing_cc_emails: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    billing_location_id: Mapped[UUID | None]
    """The location whose address is on invoices; null means the primary location."""
    archived_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))
    """The client this one was merged into."""
    inherits_services: Mapped[bool]
    """Whether the card started with the catalog's services; a service whose event arrives late is still added."""
    service_set_id: Mapped[UUID | None]
    """The service set the card started with; null means all services or none."""
    search_text: Mapped[str] = mapped_column(server_default="")
    """The text that searches look in; see `clients.client.search`."""

    primary_support_contact: Mapped["Contact | None"] = relationship(
        primaryjoin="and_(Client.id == foreign(Contact.client_id), Contact.is_primary_support)",
        viewonly=True,
        uselist=False,
    )
    primary_location: Mapped["Location | None"] = relationship(
        primaryjoin="and_(Client.id == foreign(Location.client_id), Location.is_primary)",
        viewonly=True,
        uselist=False,
    )
    labels: Mapped[list[Tag]] = relationship(secondary=client_tag, order_by=Tag.name_key, passive_deletes=True)

    @property
    def tags(self) -> list[str]:
        return [tag.name for tag in self.labels]

    @property
    def country_name(self) -> str | None:
        return country_name(self.country)

    @property
    def phone_display(self) -> str | None:
        return phones.display(self.phone)

    @property
    def primary_location_id(self) -> UUID | None:
        return self.primary_location.id if self.primary_location else None

    @property
    def primary_support_contact_id(self) -> UUID | None:
        return self.primary_support_contact.id if self.primary_support_contact else None

    @property
    def invoice_email(self) -> str | None:
        """Returns the billing email or, without one, the primary support contact's email."""
        support = self.primary_support_contact
        return self.billing_email or (support.email if support else None)

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is already archived.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status != ARCHIVED:
            raise Conflict(f'"{self.name}" is already active.')
        self.status, self.archived_at = ACTIVE, None
