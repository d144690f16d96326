"""A client: who is billed, in which currency, at which terms, to which address."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.db import Base
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict

if TYPE_CHECKING:
    from clients.contact.models import Contact

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
        Index("ix_client_name_words", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        Index(
            "ix_client_billing_email_words",
            "billing_email",
            postgresql_using="gin",
            postgresql_ops={"billing_email": "gin_trgm_ops"},
        ),
    )

    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str]
    """The name as it counts for uniqueness and order: see `naming.key`."""
    status: Mapped[str] = mapped_column(default=ACTIVE)
    currency: Mapped[str]
    net_terms: Mapped[int] = mapped_column(default=30)
    tax_id: Mapped[str | None]
    tax_code_id: Mapped[UUID | None]
    hourly_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    country: Mapped[str | None]
    time_zone: Mapped[str]
    locale: Mapped[str]
    notes: Mapped[str | None]
    billing_contact_name: Mapped[str | None]
    billing_email: Mapped[str | None]
    billing_cc_emails: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    archived_at: Mapped[datetime | None]
    inherits_services: Mapped[bool]
    """How this client's card began: a service announced late still comes to those that were to have it."""

    primary_support_contact: Mapped["Contact | None"] = relationship(
        primaryjoin="and_(Client.id == foreign(Contact.client_id), Contact.is_primary_support)",
        viewonly=True,
        uselist=False,
    )

    @property
    def primary_support_contact_id(self) -> UUID | None:
        return self.primary_support_contact.id if self.primary_support_contact else None

    @property
    def invoice_email(self) -> str | None:
        """Where invoices go: the billing address, else the primary support contact's."""
        support = self.primary_support_contact
        return self.billing_email or (support.email if support else None)

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is archived already.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status != ARCHIVED:
            raise Conflict(f'"{self.name}" is not archived.')
        self.status, self.archived_at = ACTIVE, None
