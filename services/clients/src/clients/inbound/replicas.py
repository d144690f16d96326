"""What this service keeps of the catalog."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import MoneyColumn
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
    unit: Mapped[str]
    status: Mapped[str]
    sort_order: Mapped[int]
    created_at: Mapped[datetime]


class TaxCode(Replica, Base):
    __tablename__ = "tax_code"

    name: Mapped[str]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    status: Mapped[str]
