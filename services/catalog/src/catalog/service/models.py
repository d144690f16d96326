"""A master service: one thing the MSP sells, at a standard rate."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.ids import new_id

KINDS = ("labor", "recurring", "one_off", "usage")
ACTIVE, ARCHIVED = "active", "archived"
CYCLES = ("weekly", "monthly", "quarterly", "semi_annual", "annual", "biennial", "triennial")


class CatalogService(Aggregate, Base):
    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("default_rate > 0", name="default_rate_positive"),
        Index("uq_service_name", func.lower(text("name")), unique=True),
        Index("ix_service_status_sort", "status", "sort_order", "name", "id"),
        Index("ix_service_category", "category"),
    )

    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str]
    kind: Mapped[str] = mapped_column(default="labor")
    category: Mapped[str | None]
    default_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    default_unit: Mapped[str] = mapped_column(default="Hour")
    currency: Mapped[str]
    status: Mapped[str] = mapped_column(default=ACTIVE)
    tax_code_id: Mapped[UUID | None] = mapped_column(ForeignKey("tax_code.id"))
    minimum_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    sort_order: Mapped[int] = mapped_column(default=0)
    internal_notes: Mapped[str | None]
    billing_cycle: Mapped[str | None]
    setup_fee: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    cost: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    archived_at: Mapped[datetime | None]

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is archived already.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f'"{self.name}" is active already.')
        self.status, self.archived_at = ACTIVE, None


class RateChange(Base):
    """Who changed a default rate, when, from what to what."""

    __tablename__ = "rate_change"
    __table_args__ = (Index("ix_rate_change_service_id_id", "service_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    old_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    new_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_name: Mapped[str]


class ServiceUse(Base):
    """One client or agreement that refers to a service: counted, and a reason not to delete it."""

    __tablename__ = "service_use"

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # client, agreement
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
