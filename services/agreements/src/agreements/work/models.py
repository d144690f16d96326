"""Work orders and their time entries."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common import searching
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.merges import FOLLOWS

PRIORITIES = ("low", "medium", "high", "critical")
NEW, ASSIGNED, IN_PROGRESS = "new", "assigned", "in_progress"
WAITING, RESOLVED, CLOSED = "waiting_client", "resolved", "closed"
WORK_STATUSES = (NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, CLOSED)
OPEN = (NEW, ASSIGNED, IN_PROGRESS, WAITING)
OPEN_STATUS = "open"
"""In filters: any of the open statuses."""
AT_RISK, OVERDUE = "at_risk", "overdue"
"""In filters: a target is due soon, or has passed unmet."""
MOVES = {
    NEW: {ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, CLOSED},
    ASSIGNED: {NEW, IN_PROGRESS, WAITING, RESOLVED, CLOSED},
    IN_PROGRESS: {ASSIGNED, WAITING, RESOLVED, CLOSED},
    WAITING: {ASSIGNED, IN_PROGRESS, RESOLVED, CLOSED},
    RESOLVED: {IN_PROGRESS, CLOSED},
    CLOSED: {IN_PROGRESS},
}

PENDING, APPROVED, RETURNED = APPROVALS = ("pending", "approved", "returned")
WAITING_APPROVAL = frozenset({PENDING, RETURNED})

NUMBER = Sequence("work_order_number", metadata=Base.metadata)


class WorkOrder(Aggregate, Base):
    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_client_id_created_at", "client_id", "created_at", "id"),
        Index("ix_work_order_status_created_at", "status", "created_at", "id"),
        Index("ix_work_order_technician_id_created_at", "technician_id", "created_at", "id"),
        Index("ix_work_order_agreement_id", "agreement_id"),
        Index("ix_work_order_status_id", "status", "id"),
        Index("ix_work_order_created_at_id", "created_at", "id"),
        Index("ix_work_order_updated_at_id", "updated_at", "id"),
        Index("ix_work_order_priority_id", "priority", "id"),
        Index("ix_work_order_subject_id", "subject", "id"),
        Index("ix_work_order_sla_due_at", text("coalesce(sla_due_at, '9999-12-31 00:00:00+00'::timestamptz)"), "id"),
        Index("ix_work_order_sla_next_at", "sla_next_at", postgresql_where=text("sla_next_at IS NOT NULL")),
        Index("ix_work_order_sla_uncounted", "id", postgresql_where=text("sla_terms IS NULL")),
        Index("ix_work_order_due_on", text("coalesce(due_on, '9999-12-31'::date)"), "id"),
        searching.index("work_order"),
    )

    search_text: Mapped[str] = searching.column("number", "subject")
    number: Mapped[str] = mapped_column(String(40), unique=True)
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    contact_id: Mapped[UUID | None]
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    client_service_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    service_id: Mapped[UUID | None]
    service_name: Mapped[str | None]
    subject: Mapped[str] = mapped_column(String(300))
    description: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="medium")
    status: Mapped[str] = mapped_column(default=NEW)
    technician_id: Mapped[UUID | None]
    technician_name: Mapped[str | None]
    billable: Mapped[bool] = mapped_column(default=True)
    due_on: Mapped[date | None]
    estimated_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    tasks_total: Mapped[int] = mapped_column(default=0)
    tasks_done: Mapped[int] = mapped_column(default=0)
    created_by_name: Mapped[str]
    sla_terms: Mapped[str | None]
    """The settings by which the targets were counted; None before the first time."""
    sla_due_at: Mapped[datetime | None]
    """When the next target that is not met is due; None while the clock stands still."""
    sla_warn_at: Mapped[datetime | None]
    """When the next target that is not met is due soon."""
    sla_next_at: Mapped[datetime | None]
    """When a warning or a breach is to be announced next."""
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def next_statuses(self) -> list[str]:
        """Returns the statuses that the current one can change to."""
        return [status for status in WORK_STATUSES if status in MOVES[self.status]]

    def move(self, to: str, at: datetime) -> None:
        """Sets the status. Raises Conflict if the current status does not allow it."""
        if to not in self.next_statuses:
            raise Conflict(f"{self.number} is {self.status}. It can only become: {', '.join(self.next_statuses)}.")
        self.status = to
        self.closed_at = at if to == CLOSED else None
        if to in OPEN:
            self.resolved_at = None
        else:
            self.resolved_at = self.resolved_at or at


class TimeEntry(Aggregate, Base):
    """Logged time, with the split of its hours at logging."""

    __tablename__ = "time_entry"
    __table_args__ = (
        CheckConstraint("hours > 0 AND hours <= 24", name="hours_in_a_day"),
        CheckConstraint("billed_hours >= 0", name="billed_hours_not_negative"),
        CheckConstraint(
            "(started_at IS NULL) = (ended_at IS NULL) AND coalesce(started_at < ended_at, true)",
            name="start_before_end",
        ),
        CheckConstraint("covered_hours >= 0 AND overage_hours >= 0 AND billable_hours >= 0", name="hours_not_negative"),
        CheckConstraint("approval IN ('pending', 'approved', 'returned')", name="approval"),
        Index("uq_time_entry_external_ref", "external_ref", unique=True, postgresql_where=text("deleted_at IS NULL")),
        Index("ix_time_entry_work_order_id", "work_order_id", "worked_on", "id"),
        Index("ix_time_entry_client_id_worked_on", "client_id", "worked_on", "id"),
        Index("ix_time_entry_agreement_id_worked_on", "agreement_id", "worked_on", "id"),
        Index("ix_time_entry_worked_on_id", "worked_on", "id"),
        Index("ix_time_entry_created_at_id", "created_at", "id"),
        Index("ix_time_entry_technician_id", "technician_id", "worked_on", "id"),
        Index(
            "ix_time_entry_technician_name",
            "technician_name",
            "worked_on",
            postgresql_where=text("technician_id IS NULL"),
        ),
        Index("ix_time_entry_invoice_id", "invoice_id", postgresql_where=text("invoice_id IS NOT NULL")),
        Index(
            "ix_time_entry_approval",
            "approval",
            "worked_on",
            "id",
            postgresql_where=text("approval IN ('pending', 'returned')"),
        ),
        searching.index("time_entry"),
    )

    search_text: Mapped[str] = searching.column("note")
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    work_order_number: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    agreement_type: Mapped[str | None]
    client_service_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    service_id: Mapped[UUID | None]
    service_name: Mapped[str | None]
    unit: Mapped[str | None]
    worked_on: Mapped[date]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    """Hours as worked."""
    billed_hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    """Hours that count for the agreement and the invoice, after increment and minimum; 0 if not billable."""
    covered_hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    overage_hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    billable: Mapped[bool]
    billable_hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    coverage_checks: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Why the hours are covered or not, as decided when they were split; empty for time before this was kept."""
    technician_id: Mapped[UUID | None]
    technician_name: Mapped[str | None]
    note: Mapped[str | None]
    confirmed: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """What looked like a mistake and was confirmed."""
    approval: Mapped[str | None]
    """None if approval was off when the entry was logged."""
    approval_reason: Mapped[str | None]
    """Why it was returned."""
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    external_ref: Mapped[str | None] = mapped_column(String(200))
    invoice_id: Mapped[UUID | None]
    invoice_number: Mapped[str | None]
    deleted_at: Mapped[datetime | None]

    def submit(self, *, needs_approval: bool) -> None:
        """Sets the state of approval for new or corrected time."""
        self.approval = PENDING if needs_approval else None
        self.approval_reason = self.decided_by_name = self.decided_at = None

    @property
    def worked_hours(self) -> Decimal:
        return self.hours

    @property
    def overage(self) -> bool:
        """Returns True if billable hours exceeded the agreement's hours."""
        return self.overage_hours > 0

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def invoiced(self) -> bool:
        return self.invoice_id is not None
