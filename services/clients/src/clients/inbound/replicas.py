"""What this service keeps of the catalog, and of the work that was done."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, Numeric, Uuid, cast, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import MoneyColumn
from common.merges import FOLLOWS
from common.replicas import Replica

ACTIVE, ARCHIVED, DELETED = "active", "archived", "deleted"


class CatalogService(Replica, Base):
    """A master service. A deleted one stays as a tombstone, so that an older fact cannot bring it back."""

    __tablename__ = "catalog_service"
    __table_args__ = (Index("ix_catalog_service_status_sort_order", "status", "sort_order", "name"),)

    name: Mapped[str]
    description: Mapped[str]
    category: Mapped[str | None]
    default_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    currency: Mapped[str | None]
    prices: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Rates by currency, beside `default_rate`, which is in the service's own."""
    unit: Mapped[str]
    minimum_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    status: Mapped[str]
    sort_order: Mapped[int]
    created_at: Mapped[datetime]

    def rate_in(self, currency: str) -> Decimal:
        """What a client billed in `currency` pays; where the catalog names no price in it, the default rate."""
        price = None if currency == self.currency else self.prices.get(currency)
        return self.default_rate if price is None else Decimal(price)


def catalog_rate(currency: Any) -> ColumnElement[Decimal]:
    """`CatalogService.rate_in` as SQL, for the currency in a column."""
    # The list says nothing of the service's own currency: see the reader.
    return func.coalesce(cast(CatalogService.prices.op("->>")(currency), Numeric), CatalogService.default_rate)


class TaxCode(Replica, Base):
    __tablename__ = "tax_code"

    name: Mapped[str]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    status: Mapped[str]


class ServiceSet(Replica, Base):
    """Services that go together on a card. A deleted set stays as a tombstone."""

    __tablename__ = "service_set"
    __table_args__ = (Index("ix_service_set_service_ids", "service_ids", postgresql_using="gin"),)

    name: Mapped[str]
    status: Mapped[str]
    is_default: Mapped[bool]
    service_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class WorkedTime(Replica, Base):
    """A time entry: how much was worked on which row of which card. What was taken back counts no hours."""

    __tablename__ = "worked_time"
    __table_args__ = (
        Index("ix_worked_time_client_id", "client_id"),
        Index("ix_worked_time_client_service_id", "client_service_id", "worked_on", postgresql_include=["hours"]),
    )

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    client_service_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    worked_on: Mapped[date]
    hours: Mapped[Decimal] = mapped_column(MoneyColumn)


class User(Replica, Base):
    """Who may sign in: a client's technicians are among them."""

    __tablename__ = "app_user"

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]
