"""Replica tables with the data billing needs to price and address an invoice."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from billing.db import Base
from common import successors
from common.db import MoneyColumn
from common.merges import FOLLOWS, stays
from common.replicas import Replica

DELETED = "deleted"


class Client(Replica, Base):
    __tablename__ = "client"

    name: Mapped[str]
    status: Mapped[str]
    currency: Mapped[str]
    net_terms: Mapped[int]
    tax_id: Mapped[str | None]
    tax_code_id: Mapped[UUID | None]
    hourly_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    country: Mapped[str | None]
    billing_contact_name: Mapped[str | None]
    invoice_email: Mapped[str | None]
    billing_location_id: Mapped[UUID | None]
    """Replaces the primary location on invoices."""


class Location(Replica, Base):
    """A location of a client. An archived one stays, so that a late older event does not restore it."""

    __tablename__ = "location"
    __table_args__ = (Index("ix_location_client_id", "client_id"),)

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    formatted: Mapped[str]
    """The address in its country's format, one line per text line."""
    is_primary: Mapped[bool]
    active: Mapped[bool]


class ClientService(Replica, Base):
    """A row of a client's rate card; each row has its own version."""

    __tablename__ = "client_service"
    __table_args__ = (Index("ix_client_service_client_id_service_id", "client_id", "service_id"),)

    client_id: Mapped[UUID] = mapped_column(info=stays("moved rows come with the merge event"))
    service_id: Mapped[UUID | None]
    name: Mapped[str]
    description: Mapped[str | None]
    category: Mapped[str | None]
    unit: Mapped[str]
    default_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    effective_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    included: Mapped[bool]
    is_custom: Mapped[bool]


class Agreement(Replica, Base):
    """An agreement. `services` maps a covered client service's id to `{"custom_rate": "75.00"|null}`.

    `earlier_rates` maps it to the rates that were replaced, oldest first: `{"before": "2026-06-01", "custom_rate": …}`.
    """

    __tablename__ = "agreement"
    __table_args__ = (Index("ix_agreement_client_id", "client_id"),)

    number: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    name: Mapped[str]
    type: Mapped[str]
    status: Mapped[str]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    currency: Mapped[str | None]
    coverage: Mapped[str]
    overage_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    services: Mapped[dict[str, Any]] = mapped_column(JSONB, info=FOLLOWS)
    earlier_rates: Mapped[dict[str, Any]] = mapped_column(JSONB, info=FOLLOWS, default=dict)
    earlier_overage_rates: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """As `{"before": "2026-06-01", "overage_rate": "140.00"|null}`."""

    def belongs_to(self, client_id: UUID) -> bool:
        return self.client_id == client_id and self.status != DELETED


class TaxCode(Replica, Base):
    __tablename__ = "tax_code"

    name: Mapped[str]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    inclusive: Mapped[bool]
    exempt: Mapped[bool]
    exempt_reason: Mapped[str | None]
    components: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`[{"name", "rate_percent", "compound"}]` in charging order; empty for a single tax."""
    status: Mapped[str]


class CatalogService(Replica, Base):
    __tablename__ = "catalog_service"

    name: Mapped[str]
    description: Mapped[str | None]
    category: Mapped[str | None]
    default_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    default_unit: Mapped[str]
    currency: Mapped[str]
    status: Mapped[str]
    tax_code_id: Mapped[UUID | None]
    kind: Mapped[str | None]
    """labor, recurring, one_off or usage; null until the catalog publishes the service again."""
    price_model: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    prices: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """`[{"currency", "default_rate", "price_model"}]` in other currencies."""
    priced_in_steps: Mapped[bool] = mapped_column(default=False)
    """True if a price model decides the price instead of the default rate."""


class User(Replica, Base):
    """A user of the MSP or of a client; technicians have labor rates."""

    __tablename__ = "app_user"

    name: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]


class WorkedTime(Replica, Base):
    """Hours as worked, covered and billable ones alike, for the cost of labor; 0 if the entry was deleted."""

    __tablename__ = "worked_time"
    __table_args__ = (
        Index("ix_worked_time_client_id_worked_on", "client_id", "worked_on"),
        Index("ix_worked_time_agreement_id_worked_on", "agreement_id", "worked_on"),
        Index("ix_worked_time_work_order_number", "work_order_number"),
        Index("ix_worked_time_worked_on", "worked_on"),
    )

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    agreement_id: Mapped[UUID | None]
    work_order_id: Mapped[UUID | None]
    work_order_number: Mapped[str | None]
    technician_id: Mapped[UUID | None]
    worked_on: Mapped[date]
    hours: Mapped[Decimal] = mapped_column(MoneyColumn)


class SpentExpense(Replica, Base):
    """What a material or an expense cost the MSP; null if unknown, 0 if it was deleted."""

    __tablename__ = "spent_expense"
    __table_args__ = (
        Index("ix_spent_expense_client_id_incurred_on", "client_id", "incurred_on"),
        Index("ix_spent_expense_agreement_id_incurred_on", "agreement_id", "incurred_on"),
        Index("ix_spent_expense_work_order_number", "work_order_number"),
        Index("ix_spent_expense_incurred_on", "incurred_on"),
    )

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    agreement_id: Mapped[UUID | None]
    work_order_id: Mapped[UUID | None]
    work_order_number: Mapped[str | None]
    incurred_on: Mapped[date]
    currency: Mapped[str]
    cost: Mapped[Decimal | None] = mapped_column(MoneyColumn)


class Successor(successors.Successor, Base):
    """Merged clients, and rate card rows that a merge replaced."""
