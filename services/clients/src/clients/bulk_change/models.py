"""A change of many rates at once, with the result of each row."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate, MoneyColumn
from common.merges import stays
from common.money import rounded

RUNNING, FINISHED = "running", "finished"
PENDING, SUCCEEDED, FAILED, SKIPPED = "pending", "succeeded", "failed", "skipped"


class BulkChange(Aggregate, Base):
    """A change recorded in one transaction and applied in portions; any process continues an unfinished change."""

    __tablename__ = "bulk_change"
    __table_args__ = (
        Index("ix_bulk_change_running", "id", postgresql_where=text("status = 'running'")),
        Index("ix_bulk_change_created_at", "created_at", "id"),
    )

    kind: Mapped[str]
    change: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The request: kind, value, rounding, valid_from, reason."""
    valid_from: Mapped[date | None]
    reason: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=RUNNING)
    created_by: Mapped[str]
    created_by_name: Mapped[str]
    created_by_role: Mapped[str]
    correlation_id: Mapped[str]
    finished_at: Mapped[datetime | None]


class BulkChangeRow(Base):
    """A row with its rate in the preview, `before`, and its new rate, `after`.

    A row whose rate is no longer `before` is not changed.
    """

    __tablename__ = "bulk_change_row"
    __table_args__ = (
        Index(
            "ix_bulk_change_row_pending",
            "bulk_change_id",
            "client_service_id",
            postgresql_where=text("status = 'pending'"),
        ),
    )

    bulk_change_id: Mapped[UUID] = mapped_column(ForeignKey("bulk_change.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    client_service_id: Mapped[UUID] = mapped_column(info=stays("a row that changed since the preview is skipped"))
    client_id: Mapped[UUID | None] = mapped_column(info=stays("as shown in the preview"))
    client_name: Mapped[str | None]
    name: Mapped[str | None]
    currency: Mapped[str | None]
    before: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    after: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    hours_last_12_months: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    status: Mapped[str]
    error: Mapped[str | None]

    @property
    def id(self) -> UUID:
        return self.client_service_id

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def revenue_effect(self) -> Decimal | None:
        if self.difference is None or self.hours_last_12_months is None or self.currency is None:
            return None
        return rounded(self.difference * self.hours_last_12_months, self.currency)
