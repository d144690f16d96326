"""Replicas of the catalog, of hours worked and of users."""

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
    """A catalog service. A deleted service stays as a tombstone, so that an older event cannot restore it."""

    __tablename__ = "catalog_service"
    __table_args__ = (Index("ix_catalog_service_status_sort_order", "status", "sort_order", "name"),)

    name: Mapped[str]
    description: Mapped[str]
    category: Mapped[str | None]
    default_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    currency: Mapped[str | None]
    prices: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Rates by currency; the rate in the service's own currency is `default_rate`."""
    unit: Mapped[str]
    minimum_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    status: Mapped[str]
    sort_order: Mapped[int]
    created_at: Mapped[datetime]

    def rate_in(self, currency: str) -> Decimal:
        """Returns the catalog rate in `currency` or, without a price in it, the default rate."""
        price = None if currency == self.currency else self.prices.get(currency)
        return self.default_rate if price is None else Decimal(price)


def catalog_rate(currency: Any) -> ColumnElement[Decimal]:
    """Returns `CatalogService.rate_in` as SQL, for the currency in a column."""
    # `prices` has no entry in the service's own currency.
    return func.coalesce(cast(CatalogService.prices.op("->>")(currency), Numeric), CatalogService.default_rate)


class TaxCode(Replica, Base):
    __tablename__ = "tax_code"

    name: Mapped[str]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    status: Mapped[str]


class ServiceSet(Replica, Base):
    """A named set of services. A deleted set stays as a tombstone."""

    __tablename__ = "service_set"
    __table_args__ = (Index("ix_service_set_service_ids", "service_ids", postgresql_using="gin"),)

    name: Mapped[str]
    status: Mapped[str]
    is_default: Mapped[bool]
    service_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class WorkedTime(Replica, Base):
    """The hours of a time entry by row of a rate card; a deleted entry has 0 hours."""

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
    """A user who can sign in, such as a client's technician."""

    __tablename__ = "app_user"

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]
