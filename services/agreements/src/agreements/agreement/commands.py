"""What requests ask for: agreements, their covered services and hours added by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from agreements.agreement.hour_math import BY_WORK, NO_ROLLOVER, POOLED
from agreements.agreement.hour_models import GRANT
from agreements.agreement.models import ALL, BUSINESS_HOURS, NOTICE_DAYS, WARN
from common.commands import UNSET, Unset


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """A service of the client's rate card to cover, by either id. A rate of 0.00 is a rate; None is no rate."""

    client_service_id: UUID | None = None
    service_id: UUID | None = None
    custom_rate: Decimal | None = None
    hours_allocated: Decimal | None = None
    negotiated_quantity: Decimal | None = None
    recurring_share: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverAll:
    services: Sequence[Cover]


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverChanges:
    custom_rate: Decimal | Unset | None = UNSET
    hours_allocated: Decimal | Unset | None = UNSET
    negotiated_quantity: Decimal | Unset | None = UNSET
    recurring_share: Decimal | Unset | None = UNSET


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAgreement:
    """An agreement to create, with its services. Without `net_terms` it has its client's."""

    client_id: UUID
    name: str
    type: str
    start_date: date
    reference: str | None = None
    scope: str | None = None
    exclusions: str | None = None
    internal_notes: str | None = None
    frequency: str | None = None
    end_date: date | None = None
    currency: str | None = None
    net_terms: int | None = None
    recurring_amount: Decimal | None = None
    total_hours: Decimal | None = None
    overage_rate: Decimal | None = None
    rollover: str = NO_ROLLOVER
    coverage: str = ALL
    allocation_policy: str = POOLED
    draw_order: str = BY_WORK
    uncovered_policy: str = WARN
    low_hours_threshold: Decimal = Decimal(15)
    auto_renew: bool = False
    notice_days: int = NOTICE_DAYS
    sla_hours: str = BUSINESS_HOURS
    services: Sequence[Cover] = ()
    activate: bool = False
    confirm: bool = False
    """Accepts what looks like a mistake."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementChanges:
    name: str | Unset = UNSET
    type: str | Unset = UNSET
    start_date: date | Unset = UNSET
    reference: str | Unset | None = UNSET
    scope: str | Unset | None = UNSET
    exclusions: str | Unset | None = UNSET
    internal_notes: str | Unset | None = UNSET
    frequency: str | Unset | None = UNSET
    end_date: date | Unset | None = UNSET
    net_terms: int | Unset = UNSET
    recurring_amount: Decimal | Unset | None = UNSET
    total_hours: Decimal | Unset | None = UNSET
    overage_rate: Decimal | Unset | None = UNSET
    rollover: str | Unset = UNSET
    coverage: str | Unset = UNSET
    allocation_policy: str | Unset = UNSET
    draw_order: str | Unset = UNSET
    uncovered_policy: str | Unset = UNSET
    low_hours_threshold: Decimal | Unset = UNSET
    auto_renew: bool | Unset = UNSET
    notice_days: int | Unset = UNSET
    sla_hours: str | Unset = UNSET
    services: Sequence[Cover] | Unset = UNSET
    """Replaces all covered services, in the same transaction as the other fields."""
    first_day: date | Unset | None = UNSET
    """The day on which changed terms in force begin: today, unless set."""
    reason: str | Unset | None = UNSET
    confirm: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusReason:
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewHours:
    """A grant (bought hours) or an adjustment, for one service or the unallocated pool."""

    hours: Decimal
    kind: str = GRANT
    client_service_id: UUID | None = None
    service_id: UUID | None = None
    note: str | None = None
