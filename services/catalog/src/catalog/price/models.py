"""Prices of services by currency and date: past, current or scheduled."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from common.db import Aggregate, MoneyColumn

SCHEDULED, CURRENT, PAST = STATES = ("scheduled", "current", "past")
KEEPABLE = ("setup_fee", "cost", "price_model")


class ServicePrice(Aggregate, Base):
    """A price. A service has at most one current price in a currency, and at most one that starts on a given date.

    It applies from `valid_from` until before `valid_until`, in the MSP's time zone.
    """

    __tablename__ = "service_price"
    __table_args__ = (
        CheckConstraint("default_rate > 0", name="default_rate_positive"),
        CheckConstraint("(state = 'past') = (valid_until IS NOT NULL)", name="past_has_ended"),
        Index("uq_service_price_current", "service_id", "currency", unique=True, postgresql_where="state = 'current'"),
        Index(
            "uq_service_price_scheduled",
            *("service_id", "currency", "valid_from"),
            unique=True,
            postgresql_where="state = 'scheduled'",
        ),
        Index("ix_service_price_service_id_valid_from", "service_id", "currency", "valid_from", "id"),
        Index("ix_service_price_currency", "currency", "service_id", postgresql_where="state = 'current'"),
        Index("ix_service_price_open", "service_id", postgresql_where="state <> 'past'"),
        Index("ix_service_price_due", "valid_from", postgresql_where="state = 'scheduled'"),
    )

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    currency: Mapped[str]
    default_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    setup_fee: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    cost: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    price_model: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    keeps: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    """The fields of a scheduled price that keep the value of the price before it."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    state: Mapped[str]
    created_by: Mapped[str]
    created_by_name: Mapped[str]
    applied_at: Mapped[datetime | None]

    def end(self, day: date) -> None:
        self.state, self.valid_until = PAST, max(day, self.valid_from)

    def begin(self, at: datetime) -> None:
        self.state, self.applied_at = CURRENT, at
