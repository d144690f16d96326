"""A bundle: services sold together at their total, a fixed price or a markup."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.bundle.pricing import COMPONENTS, Part
from catalog.db import Base
from catalog.service.models import CatalogService
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict

ACTIVE, ARCHIVED = "active", "archived"


class Bundle(Aggregate, Base):
    __tablename__ = "bundle"
    __table_args__ = (
        CheckConstraint("(pricing = 'fixed') = (fixed_price IS NOT NULL)", name="fixed_has_price"),
        CheckConstraint("(pricing = 'markup') = (markup_percent IS NOT NULL)", name="markup_has_percent"),
        Index("uq_bundle_name", func.lower(text("name")), unique=True),
        Index("ix_bundle_status_name", "status", "name", "id"),
    )

    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=ACTIVE)
    currency: Mapped[str]
    pricing: Mapped[str] = mapped_column(default=COMPONENTS)
    fixed_price: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    markup_percent: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    billing_cycle: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    items: Mapped[list["BundleItem"]] = relationship(
        order_by="BundleItem.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def parts(self) -> list[Part]:
        return [item.part_in(self.currency) for item in self.items]

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is already archived.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f'"{self.name}" is already active.')
        self.status, self.archived_at = ACTIVE, None


class BundleItem(Base):
    __tablename__ = "bundle_item"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_bundle_item_service_id", "service_id"),
    )

    bundle_id: Mapped[UUID] = mapped_column(ForeignKey("bundle.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    position: Mapped[int]
    quantity: Mapped[Decimal] = mapped_column(MoneyColumn)
    unit_price: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Price in this bundle; null: the service's own price in the bundle's currency."""
    service: Mapped[CatalogService] = relationship(viewonly=True, lazy="joined", innerjoin=True)

    def part_in(self, currency: str) -> Part:
        """Returns the item with the service's current price in the currency, if there is one."""
        listed = self.service.current_price(currency)
        return Part(
            quantity=self.quantity,
            listed=listed.default_rate if listed else None,
            own=self.unit_price,
            cost=listed.cost if listed else None,
        )
