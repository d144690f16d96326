"""An agreement and the services it covers."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agreements.agreement.hour_math import BY_LOGGING, BY_WORK, NO_ROLLOVER, POOLED
from agreements.db import Base
from common import searching
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.ids import new_id
from common.merges import FOLLOWS

FIXED_PRICE, TIME_AND_MATERIALS = "fixed_price", "time_and_materials"
PREPAID, MONTHLY = "block_hours_prepaid", "block_hours_monthly"
BLOCK_HOURS = frozenset({PREPAID, MONTHLY})
TYPES = (FIXED_PRICE, PREPAID, MONTHLY, TIME_AND_MATERIALS)

DRAFT, ACTIVE, SUSPENDED = "draft", "active", "suspended"
CANCELLED, EXPIRED, RENEWED = "cancelled", "expired", "renewed"
STATUSES = (DRAFT, ACTIVE, SUSPENDED, CANCELLED, EXPIRED, RENEWED)
ENDED = frozenset({CANCELLED, EXPIRED, RENEWED})
IN_FORCE = frozenset({ACTIVE, SUSPENDED})
ALL, SELECTED = "all", "selected"
BLOCK, WARN, ALLOW = "block", "warn", "allow"
MONTHS = {"monthly": 1, "quarterly": 3, "annually": 12}
FREQUENCIES = tuple(MONTHS)
NOTICE_DAYS = 30
BUSINESS_HOURS, ALWAYS = "business", "always"
SLA_HOURS = (BUSINESS_HOURS, ALWAYS)
"""The hours that count for the targets of an agreement's work orders."""

ALWAYS_OPEN = frozenset({"internal_notes", "reference"})
TERMS = frozenset(
    {
        *("name", "scope", "exclusions", "frequency", "end_date", "net_terms", "recurring_amount", "overage_rate"),
        *(
            "uncovered_policy",
            "low_hours_threshold",
            "auto_renew",
            "notice_days",
            "draw_order",
            "sla_hours",
            "services",
        ),
    }
)
SETTLED = frozenset({"type", "start_date", "total_hours", "rollover", "coverage", "allocation_policy"})
"""Fields that the ledger and logged time depend on; fixed once the agreement is no draft."""
AGREED = (
    *("name", "scope", "exclusions", "type", "frequency", "start_date", "end_date", "net_terms", "recurring_amount"),
    *("total_hours", "overage_rate", "rollover", "coverage", "allocation_policy", "uncovered_policy"),
    *("low_hours_threshold", "auto_renew", "notice_days", "draw_order", "sla_hours"),
)
"""The fields that an amendment keeps, beside the covered services."""

NUMBER = Sequence("agreement_number", metadata=Base.metadata)


class Agreement(Aggregate, Base):
    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("end_date >= start_date", name="ends_after_start"),
        CheckConstraint(
            "total_hours > 0 OR type NOT IN ('block_hours_prepaid', 'block_hours_monthly')", name="block_has_hours"
        ),
        Index("ix_agreement_client_id_status", "client_id", "status"),
        Index("ix_agreement_status_created_at", "status", "created_at", "id"),
        Index("ix_agreement_status_id", "status", "id"),
        Index("ix_agreement_created_at_id", "created_at", "id"),
        Index("ix_agreement_updated_at_id", "updated_at", "id"),
        Index("ix_agreement_name_id", "name", "id"),
        Index("ix_agreement_type", "type"),
        Index("ix_agreement_start_date_id", "start_date", "id"),
        Index("ix_agreement_end_date_id", text("COALESCE(end_date, '9999-12-31'::date)"), "id"),
        Index("ix_agreement_next_grant_on", "next_grant_on", postgresql_where=text("next_grant_on IS NOT NULL")),
        Index("ix_agreement_renewed_from_id", "renewed_from_id"),
        Index("uq_agreement_default_of_client", "client_id", unique=True, postgresql_where=text("is_default")),
        searching.index("agreement"),
    )

    search_text: Mapped[str] = searching.column("number", "name", "reference")
    number: Mapped[str] = mapped_column(String(40), unique=True)
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    name: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str | None]
    scope: Mapped[str | None]
    exclusions: Mapped[str | None]
    internal_notes: Mapped[str | None]
    type: Mapped[str]
    frequency: Mapped[str | None]
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    currency: Mapped[str]
    net_terms: Mapped[int]
    recurring_amount: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    total_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    overage_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    rollover: Mapped[str] = mapped_column(default=NO_ROLLOVER)
    coverage: Mapped[str] = mapped_column(default=ALL)
    allocation_policy: Mapped[str] = mapped_column(default=POOLED)
    draw_order: Mapped[str] = mapped_column(default=BY_WORK, server_default=BY_LOGGING)
    """`worked_on`: entries draw hours by their day, and are split again if that changes; `logged`: as they come."""
    uncovered_policy: Mapped[str] = mapped_column(default=WARN)
    low_hours_threshold: Mapped[Decimal] = mapped_column(MoneyColumn, default=Decimal(15))
    auto_renew: Mapped[bool] = mapped_column(default=False)
    notice_days: Mapped[int] = mapped_column(default=NOTICE_DAYS)
    """Days before the end by which the next term is decided."""
    sla_hours: Mapped[str] = mapped_column(default=BUSINESS_HOURS)
    status: Mapped[str] = mapped_column(default=DRAFT)
    status_reason: Mapped[str | None]
    """Why the status last changed, in the words of the person who changed it."""
    activated_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    next_grant_on: Mapped[date | None]
    renewed_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    """The agreement whose next term this one is."""
    reminded_days: Mapped[int | None]
    """The last reminder of the present end date, in days before it."""
    terms_from: Mapped[date | None]
    """The first day of the present terms; None for a draft."""
    is_default: Mapped[bool] = mapped_column(default=False)
    """Whether it is suggested first for the client's work. At most one of a client is."""

    services: Mapped[list["AgreementService"]] = relationship(
        order_by="AgreementService.position, AgreementService.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def has_hours(self) -> bool:
        """Returns True for both kinds of block hours, the only ones with a ledger."""
        return self.type in BLOCK_HOURS

    @property
    def fixed_fields(self) -> list[str]:
        """Returns the fields that cannot be changed in this status."""
        if self.status in ENDED:
            return sorted(TERMS | SETTLED)
        if self.status == DRAFT:
            return []
        # a monthly total applies from the next grant on; activation granted a prepaid total
        return sorted(SETTLED - {"total_hours"} if self.type == MONTHLY else SETTLED)

    def covers(self, client_service_id: UUID | None) -> bool:
        return self.coverage == ALL or self.service(client_service_id) is not None

    def service(self, client_service_id: UUID | None) -> "AgreementService | None":
        return next((row for row in self.services if row.client_service_id == client_service_id), None)

    def spans(self, day: date) -> bool:
        return self.start_date <= day and (self.end_date is None or day <= self.end_date)

    @property
    def takes_work(self) -> bool:
        """Returns whether work of its term can be logged. After the last day it still can, since it is logged late."""
        return self.status in (ACTIVE, EXPIRED, RENEWED)

    def activate(self, at: datetime, reason: str | None = None) -> None:
        self._move({DRAFT}, ACTIVE, reason)
        self.activated_at = at

    def suspend(self, reason: str | None = None) -> None:
        self._move({ACTIVE}, SUSPENDED, reason)

    def resume(self, reason: str | None = None) -> None:
        self._move({SUSPENDED}, ACTIVE, reason)

    def cancel(self, on: date, reason: str | None = None) -> None:
        self._move({DRAFT, ACTIVE, SUSPENDED}, CANCELLED, reason)
        self.ended_on, self.next_grant_on, self.is_default = on, None, False

    def end(self, to: str, reason: str | None = None) -> None:
        """Ends the agreement after its last day: it expired, or its next term is in force."""
        self._move({ACTIVE, SUSPENDED}, to, reason)
        self.ended_on, self.next_grant_on, self.is_default = self.end_date, None, False

    def _move(self, allowed: set[str], to: str, reason: str | None) -> None:
        if self.status not in allowed:
            usable = " or ".join(sorted(allowed))
            raise Conflict(f"{self.number} is {self.status}. Only an agreement that is {usable} can become {to}.")
        self.status, self.status_reason = to, reason


class ServiceTerms:
    """A mixin: a rate card row of the client, with the agreement's own rate and hours if any."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    position: Mapped[int] = mapped_column(default=0)
    client_service_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    service_id: Mapped[UUID | None]
    custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    hours_allocated: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    negotiated_quantity: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Agreed hours or units. Informational: nothing is drawn from it."""
    recurring_share: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """The service's part of the recurring amount. Informational."""


AGREED_OF_SERVICE = ("custom_rate", "hours_allocated", "negotiated_quantity", "recurring_share")


class AgreementService(ServiceTerms, Base):
    """A covered service."""

    __tablename__ = "agreement_service"
    __table_args__ = (
        UniqueConstraint("agreement_id", "client_service_id"),
        CheckConstraint("custom_rate >= 0", name="custom_rate_not_negative"),
        CheckConstraint("hours_allocated >= 0", name="hours_allocated_not_negative"),
        CheckConstraint("negotiated_quantity >= 0", name="negotiated_quantity_not_negative"),
        CheckConstraint("recurring_share >= 0", name="recurring_share_not_negative"),
        Index("ix_agreement_service_client_service_id", "client_service_id"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
