"""Custom rates with a start date and an optional end date."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate, MoneyColumn
from common.merges import stays

SCHEDULED, RUNNING, ENDED, SUPERSEDED = "scheduled", "running", "ended", "superseded"
STATUSES = (SCHEDULED, RUNNING, ENDED, SUPERSEDED)
"""Superseded: another custom rate was set while this one was running, so its end has no effect."""


class ScheduledRate(Aggregate, Base):
    """A rate that applies from `valid_from` until before `valid_until`; None means the default rate.

    From `valid_until`, the previous rate applies again.
    """

    __tablename__ = "scheduled_rate"
    __table_args__ = (
        CheckConstraint("custom_rate >= 0", name="custom_rate_not_negative"),
        CheckConstraint("valid_until > valid_from", name="ends_after_it_begins"),
        Index(
            "uq_scheduled_rate_client_service_id_valid_from",
            "client_service_id",
            "valid_from",
            unique=True,
            postgresql_where=text("status = 'scheduled'"),
        ),
        Index("ix_scheduled_rate_client_service_id", "client_service_id", "valid_from", "id"),
    )

    client_service_id: Mapped[UUID] = mapped_column(
        ForeignKey("client_service.id", ondelete="CASCADE"), info=stays("cards.py moves or ends scheduled rates")
    )
    custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(default=SCHEDULED)
    former_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """The custom rate before this one started; None means the default rate."""
    applied_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_by_name: Mapped[str]

    def collides_with(self, other: "ScheduledRate") -> bool:
        """Returns True if one rate starts during another that ends, which would then restore the wrong rate."""
        return self.valid_from == other.valid_from or self._encloses(other) or other._encloses(self)

    def _encloses(self, other: "ScheduledRate") -> bool:
        return self.valid_until is not None and self.valid_from < other.valid_from < self.valid_until
