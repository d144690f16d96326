"""Services the MSP sells, with their default rates."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.price.models import CURRENT, PAST, SCHEDULED, ServicePrice
from common import searching
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.ids import new_id

LABOR, RECURRING, ONE_OFF, USAGE = KINDS = ("labor", "recurring", "one_off", "usage")
ACTIVE, ARCHIVED = "active", "archived"
CYCLES = ("weekly", "monthly", "quarterly", "semi_annual", "annual", "biennial", "triennial")


class CatalogService(Aggregate, Base):
    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("default_rate > 0", name="default_rate_positive"),
        Index("uq_service_name", func.lower(text("name")), unique=True),
        Index("ix_service_sort", "sort_order", "name", "id"),
        searching.index("service"),
        Index("ix_service_status_sort", "status", "sort_order", "name", "id"),
        CheckConstraint("client_count >= 0 AND agreement_count >= 0", name="counts_not_negative"),
        Index("ix_service_category", "category"),
        Index("ix_service_category_id", "category_id"),
        Index("ix_service_kind", "kind"),
        Index("ix_service_subscription_category", "subscription_category"),
        Index("ix_service_tax_code_id", "tax_code_id"),
        Index("ix_service_currency", "currency"),
        Index("ix_service_default_rate", "default_rate"),
    )

    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str]
    kind: Mapped[str] = mapped_column(default="labor")
    category: Mapped[str | None]
    """The name of the category, copied here so that lists filter and sort by it without a join."""
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_category.id"))
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
    price_model: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    subscription_category: Mapped[str | None]
    term_months: Mapped[int | None]
    provisioning_checklist: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default=list, server_default=text("'[]'")
    )
    attribute_defaults: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    archived_at: Mapped[datetime | None]
    client_count: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of clients whose card includes it; a trigger on `service_use` updates it and `agreement_count`."""
    agreement_count: Mapped[int] = mapped_column(default=0, server_default="0")
    search_text: Mapped[str] = searching.column("name", "description")

    open_prices: Mapped[list[ServicePrice]] = relationship(
        primaryjoin=lambda: (ServicePrice.service_id == CatalogService.id) & (ServicePrice.state != PAST),
        lazy="selectin",
        passive_deletes="all",
    )
    """The current and scheduled prices in all currencies."""

    @property
    def own_price(self) -> ServicePrice | None:
        return self.current_price(self.currency)

    @property
    def prices(self) -> list[ServicePrice]:
        """Returns the current prices in further currencies, by currency."""
        result = [price for price in self.open_prices if price.state == CURRENT and price.currency != self.currency]
        return sorted(result, key=lambda price: price.currency)

    @property
    def scheduled_prices(self) -> list[ServicePrice]:
        """Returns the scheduled prices by date; on the same date, the service's own currency comes first."""
        result = [price for price in self.open_prices if price.state == SCHEDULED]
        return sorted(result, key=lambda price: (price.valid_from, price.currency != self.currency, price.currency))

    @property
    def next_price(self) -> ServicePrice | None:
        return next(iter(self.scheduled_prices), None)

    @property
    def margin(self) -> Decimal | None:
        return None if self.cost is None or self.default_rate is None else self.default_rate - self.cost

    @property
    def margin_percent(self) -> Decimal | None:
        """Returns the margin in percent of the rate, with two decimals."""
        margin = self.margin
        return None if margin is None else (margin * 100 / self.default_rate).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def current_price(self, currency: str) -> ServicePrice | None:
        matches = (price for price in self.open_prices if price.state == CURRENT and price.currency == currency)
        return next(matches, None)

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is already archived.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f'"{self.name}" is already active.')
        self.status, self.archived_at = ACTIVE, None


class RateChange(Base):
    """A change of a rate."""

    __tablename__ = "rate_change"
    __table_args__ = (Index("ix_rate_change_service_id_id", "service_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    currency: Mapped[str | None]
    """Null means the service's own currency, in rows of an earlier release."""
    old_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    new_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_name: Mapped[str]


class ServiceUse(Base):
    """A client or agreement that ever used a service, which then can't be deleted; counted while in use."""

    __tablename__ = "service_use"
    __table_args__ = (Index("ix_service_use_user_id", "user_id", "kind"),)

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # client, agreement
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    in_use: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
