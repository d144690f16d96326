"""Timers: time that is being worked and becomes an entry when it is stopped."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate
from common.errors import Conflict

SHORTEST = Decimal("0.01")


class Timer(Aggregate, Base):
    """A technician's timer on a work order. It runs since `running_since`, or is paused."""

    __tablename__ = "timer"
    __table_args__ = (
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
        Index("uq_timer_user_id_work_order_id", "user_id", "work_order_id", unique=True),
        Index("ix_timer_work_order_id", "work_order_id"),
    )

    user_id: Mapped[UUID]
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"))
    note: Mapped[str | None]
    started_at: Mapped[datetime]
    running_since: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(default=0)
    """Seconds worked before `running_since`."""

    @property
    def running(self) -> bool:
        return self.running_since is not None

    def elapsed(self, now: datetime) -> int:
        """Returns the seconds worked until `now`."""
        since = (now - self.running_since) // timedelta(seconds=1) if self.running_since else 0
        return self.seconds + max(since, 0)

    def hours(self, now: datetime) -> Decimal:
        """Returns the time worked in hours, in steps of 0.01 and at least that."""
        exact = Decimal(self.elapsed(now)) / 3600
        return max(exact.quantize(SHORTEST, ROUND_HALF_UP), SHORTEST)

    def pause(self, now: datetime) -> None:
        if self.running_since is None:
            raise Conflict("This timer is paused already.")
        self.seconds, self.running_since = self.elapsed(now), None

    def resume(self, now: datetime) -> None:
        if self.running_since is not None:
            raise Conflict("This timer is running already.")
        self.running_since = now
