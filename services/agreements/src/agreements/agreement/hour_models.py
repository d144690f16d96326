"""The hour ledger of block hours. Rows are only added; a trigger prevents changes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import MoneyColumn
from common.ids import new_id
from common.merges import FOLLOWS

GRANT, DRAW, REVERSAL = "grant", "draw", "reversal"
ADJUSTMENT, ROLLOVER, EXPIRY = "adjustment", "rollover", "expiry"
KINDS = (GRANT, DRAW, REVERSAL, ADJUSTMENT, ROLLOVER, EXPIRY)


class HourEntry(Base):
    """Hours added to an account (positive) or drawn from it (negative).

    An account is one service's allocation (`account_id` = its client service) or the unallocated pool (null), in
    the grant period that starts on `period_start`. `client_service_id` is the service that hours were drawn for.
    Rows with a `block_id` move the hours of a bought block instead; their period is the one they were moved in.
    """

    __tablename__ = "hour_entry"
    __table_args__ = (
        CheckConstraint("hours <> 0", name="hours_not_zero"),
        Index("ix_hour_entry_agreement_id_period_start", "agreement_id", "period_start", "account_id"),
        Index("ix_hour_entry_agreement_id_created_at", "agreement_id", "created_at", "id"),
        Index("ix_hour_entry_time_entry_id", "time_entry_id"),
        Index("ix_hour_entry_block_id", "block_id", postgresql_where=text("block_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    account_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    period_start: Mapped[date]
    from_period: Mapped[date | None]
    """For rollovers: the period the hours come from, whose account has the outgoing row."""
    kind: Mapped[str]
    hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    client_service_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    time_entry_id: Mapped[UUID | None]
    block_id: Mapped[UUID | None] = mapped_column(ForeignKey("hour_block.id"))
    note: Mapped[str | None]
    actor: Mapped[str]
    actor_name: Mapped[str]
    created_at: Mapped[datetime]


class HourAlert(Base):
    """A threshold that was announced, once per agreement and grant period."""

    __tablename__ = "hour_alert"
    __table_args__ = (
        UniqueConstraint(
            "agreement_id", "period_start", "audience", "remaining_percent", name="uq_hour_alert_crossing"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    period_start: Mapped[date]
    audience: Mapped[str]
    remaining_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    announced_at: Mapped[datetime]
