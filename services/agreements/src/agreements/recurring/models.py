"""Recurring work orders: what is created on which days, and what was created."""

from datetime import date
from itertools import islice
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from agreements.recurring import calendar
from common.db import Aggregate
from common.merges import FOLLOWS

ALL_MISSED, LATEST_MISSED = "all", "latest"
CATCH_UP = (ALL_MISSED, LATEST_MISSED)
ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
STATUSES = (ACTIVE, PAUSED, ENDED)
SHOWN_DATES = 5
FAR = date(9000, 1, 1)
"""Later than any day of an order without an end."""


class RecurringOrder(Aggregate, Base):
    """Creates a work order from a template on each of its days.

    `next_number` counts from `starts_on`; `next_on` is that day, or None after the last one.
    """

    __tablename__ = "recurring_work_order"
    __table_args__ = (
        CheckConstraint("every > 0", name="every_positive"),
        Index("ix_recurring_work_order_next_on", "next_on", "id", postgresql_where=text("NOT paused")),
        Index("ix_recurring_work_order_client_id", "client_id"),
        Index("ix_recurring_work_order_template_id", "template_id"),
        Index("ix_recurring_work_order_agreement_id", "agreement_id"),
    )

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    template_id: Mapped[UUID] = mapped_column(ForeignKey("work_order_template.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    subject: Mapped[str | None] = mapped_column(String(300))
    technician_id: Mapped[UUID | None]
    technician_name: Mapped[str | None]
    billable: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    every: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10))
    due_in_days: Mapped[int | None]
    catch_up: Mapped[str] = mapped_column(String(10))
    paused: Mapped[bool] = mapped_column(default=False)
    next_number: Mapped[int]
    next_on: Mapped[date | None]
    problem: Mapped[str | None]
    """Why the order of `next_on` could not be created; tried again until it can."""

    @property
    def status(self) -> str:
        if self.next_on is None:
            return ENDED
        return PAUSED if self.paused else ACTIVE

    @property
    def next_dates(self) -> list[date]:
        """Returns the next days, also while paused, up to five."""
        if self.next_on is None:
            return []
        days = calendar.occurrences(self.starts_on, self.every, self.unit, self.next_number, self.ends_on or FAR)
        return [day for _, day in islice(days, SHOWN_DATES)]

    def go_to(self, number: int) -> None:
        """Sets the next occurrence; there is none after `ends_on`."""
        day = calendar.occurrence(self.starts_on, self.every, self.unit, number)
        self.next_number, self.problem = number, None
        self.next_on = None if self.ends_on is not None and day > self.ends_on else day

    def start_from(self, day: date) -> None:
        """Makes the first occurrence on or after `day` the next one."""
        self.go_to(calendar.first_from(self.starts_on, self.every, self.unit, day))


class RecurringRun(Base):
    """A day whose order was created; the key keeps any day from having two."""

    __tablename__ = "recurring_work_order_run"
    __table_args__ = (Index("ix_recurring_work_order_run_work_order_id", "work_order_id"),)

    recurring_id: Mapped[UUID] = mapped_column(
        ForeignKey("recurring_work_order.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id", ondelete="SET NULL"))
