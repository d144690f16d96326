"""Request and response schemas of agreements."""

from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from agreements.agreement import hour_math as hm
from agreements.agreement.commands import (
    AgreementChanges,
    Cover,
    CoverAll,
    CoverChanges,
    NewAgreement,
    NewHours,
    StatusReason,
)
from agreements.agreement.hour_models import ADJUSTMENT, GRANT, KINDS
from agreements.agreement.models import (
    ALL,
    ALLOW,
    BLOCK,
    BUSINESS_HOURS,
    FREQUENCIES,
    NOTICE_DAYS,
    SELECTED,
    SLA_HOURS,
    STATUSES,
    TYPES,
    WARN,
)
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import MONEY_READERS, STAFF

POLICIES = (hm.POOLED, hm.STRICT)
TERMS = validate.Range(0, 365, error="0 to 365 days.")
DRAW_ORDERS = (hm.BY_WORK, hm.BY_LOGGING)
ROLLOVERS = (hm.NO_ROLLOVER, hm.ONE_PERIOD, hm.UNLIMITED)


class CoveredService(CommandSchema):
    """A service of the client's rate card; 0.00 is a rate, null means no rate."""

    command = Cover

    id = fields.UUID(dump_only=True)
    agreement_id = fields.UUID(dump_only=True)
    client_service_id = fields.UUID(allow_none=True)
    service_id = fields.UUID(allow_none=True)
    name = fields.String(dump_only=True)
    unit = fields.String(dump_only=True)
    included = fields.Boolean(dump_only=True)
    custom_rate = own.Money(seen_by=MONEY_READERS, allow_none=True, minimum="0")
    client_rate = own.Money(seen_by=MONEY_READERS, dump_only=True, allow_none=True)
    effective_rate = own.Money(seen_by=MONEY_READERS, dump_only=True, allow_none=True)
    rate_source = fields.String(dump_only=True, allow_none=True, metadata=seen_by(MONEY_READERS))
    hours_allocated = own.Hours(allow_none=True, minimum="0")
    hours_used = own.Hours(dump_only=True)
    hours_remaining = own.Hours(dump_only=True, allow_none=True)
    negotiated_quantity = own.Number(
        allow_none=True, minimum="0", places=2, metadata={"description": "Agreed hours or units; informational"}
    )
    recurring_share = own.Money(
        seen_by=MONEY_READERS,
        allow_none=True,
        minimum="0",
        metadata={"description": "The service's part of the recurring amount; informational"},
    )
    version = own.Integer(dump_only=True)


class CoveredServicePatch(CommandSchema):
    command = CoverChanges

    custom_rate = own.Money(allow_none=True, minimum="0")
    hours_allocated = own.Hours(allow_none=True, minimum="0")
    negotiated_quantity = own.Number(allow_none=True, minimum="0", places=2)
    recurring_share = own.Money(allow_none=True, minimum="0")


class CoveredServices(CommandSchema):
    command = CoverAll

    services = fields.List(fields.Nested(CoveredService()), required=True, validate=validate.Length(max=100))


class CoveredServiceSet(Schema):
    items = fields.List(fields.Nested(CoveredService()))
    next_cursor = fields.String(allow_none=True)
    total = fields.Integer()
    version = fields.Integer()


class Agreement(Schema):
    id = fields.UUID(dump_only=True)
    number = fields.String(dump_only=True)
    client_id = fields.UUID(required=True)
    client_name = fields.String(dump_only=True)
    name = own.text(200, required=True)
    reference = own.text(200, allow_none=True, load_default=None)
    scope = own.text(20_000, allow_none=True, load_default=None)
    exclusions = own.text(20_000, allow_none=True, load_default=None)
    internal_notes = own.text(20_000, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    type = own.one_of(*TYPES, required=True)
    frequency = own.one_of(*FREQUENCIES, allow_none=True, load_default=None)
    start_date = own.day(required=True)
    end_date = own.day(allow_none=True, load_default=None)
    currency = own.currency(allow_none=True, load_default=None)
    net_terms = own.Integer(strict=True, allow_none=True, load_default=None, validate=TERMS)
    recurring_amount = own.Money(seen_by=MONEY_READERS, allow_none=True, load_default=None, minimum="0")
    total_hours = own.Hours(allow_none=True, load_default=None, above_zero=True)
    overage_rate = own.Money(seen_by=MONEY_READERS, allow_none=True, load_default=None, minimum="0")
    rollover = own.one_of(*ROLLOVERS, load_default=hm.NO_ROLLOVER)
    coverage = own.one_of(ALL, SELECTED, load_default=ALL)
    allocation_policy = own.one_of(*POLICIES, load_default=hm.POOLED)
    draw_order = own.one_of(
        *DRAW_ORDERS,
        load_default=hm.BY_WORK,
        metadata={"description": "worked_on: by day of work, so late time changes later splits; logged: as logged"},
    )
    uncovered_policy = own.one_of(BLOCK, WARN, ALLOW, load_default=WARN)
    low_hours_threshold = own.Percent(places=1, minimum="0", load_default=Decimal(15), validate=validate.Range(max=100))
    auto_renew = fields.Boolean(load_default=False)
    notice_days = own.Integer(
        strict=True,
        load_default=NOTICE_DAYS,
        validate=TERMS,
        metadata={"description": "Days before the end by which the next term is decided"},
    )
    sla_hours = own.one_of(
        *SLA_HOURS,
        load_default=BUSINESS_HOURS,
        metadata={"description": "The hours that count for response and resolution targets; always: 24 x 7"},
    )
    confirm = own.confirm()
    status = own.one_of(*STATUSES, dump_only=True)
    is_default = fields.Boolean(
        dump_only=True, metadata={"description": "Whether it is suggested first for the client's work orders"}
    )
    status_reason = fields.String(dump_only=True, allow_none=True, metadata=seen_by(STAFF))
    period_start = fields.Date(dump_only=True, allow_none=True)
    hours_used = own.Hours(dump_only=True)
    hours_remaining = own.Hours(dump_only=True, allow_none=True)
    hours_overage = own.Hours(dump_only=True)
    remaining_percent = own.Percent(dump_only=True, allow_none=True)
    remaining_level = own.one_of(hm.GREEN, hm.YELLOW, hm.RED, dump_only=True, allow_none=True)
    activated_at = fields.DateTime(dump_only=True, allow_none=True)
    ended_on = fields.Date(dump_only=True, allow_none=True)
    next_grant_on = fields.Date(dump_only=True, allow_none=True)
    fixed_fields = fields.List(
        fields.String(), dump_only=True, metadata={"description": "Fields that cannot be changed in this status"}
    )
    renewed_from_id = fields.UUID(dump_only=True, allow_none=True)
    terms_from = fields.Date(
        dump_only=True, allow_none=True, metadata={"description": "The first day of these terms; null for a draft"}
    )
    version = own.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class AgreementCreate(Agreement, CommandSchema):
    """An agreement with its services; it can be activated in the same call."""

    command: ClassVar[type[Any] | None] = NewAgreement

    services = fields.List(fields.Nested(CoveredService()), load_default=list, validate=validate.Length(max=100))
    activate = fields.Boolean(load_default=False)


class AgreementPatch(Agreement, CommandSchema):
    """The same fields, each optional; client and currency cannot change."""

    command = AgreementChanges
    net_terms = own.Integer(strict=True, validate=TERMS)
    services = fields.List(fields.Nested(CoveredService()), validate=validate.Length(max=100))
    first_day = own.day(
        allow_none=True,
        metadata={"description": "The day on which changed terms of an agreement in force begin; today without it"},
    )
    reason = own.text(500, allow_none=True, metadata={"description": "Why the terms change; kept with their history"})

    class Meta:
        exclude = ("client_id", "currency")


class AgreementFilters(Schema):
    client_id = fields.UUID()
    status = own.one_of(*STATUSES)
    type = own.one_of(*TYPES)
    number = fields.String()
    start_date_gte = own.day()
    start_date_lte = own.day()
    end_date_gte = own.day()
    end_date_lte = own.day()
    ends_within_days = own.Integer(
        validate=validate.Range(0, 3660, error="0 to 3660 days."),
        metadata={"description": "Active or suspended agreements that end today or within this many days"},
    )
    low_on_hours = fields.Boolean(metadata={"description": "Active, with the low-hours alert in this grant period"})


class PreviewedService(Schema):
    client_service_id = fields.UUID()
    name = fields.String()
    unit = fields.String()
    client_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    effective_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    rate_source = fields.String(allow_none=True, metadata=seen_by(MONEY_READERS))
    hours_allocated = own.Hours(allow_none=True)
    allocated_percent = own.Percent(allow_none=True)
    negotiated_quantity = own.Number(allow_none=True)
    recurring_share = own.Money(seen_by=MONEY_READERS, allow_none=True)
    share_percent = own.Percent(allow_none=True)


class AgreementPreview(Schema):
    """Totals of an agreement that is not stored. Amounts and hours of the whole term are null without an end."""

    currency = own.currency()
    services = fields.List(fields.Nested(PreviewedService()))
    total_hours = own.Hours(allow_none=True)
    hours_allocated = own.Hours(allow_none=True)
    hours_unallocated = own.Hours(allow_none=True)
    hours_in_term = own.Hours(allow_none=True)
    recurring_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)
    recurring_split = own.Money(seen_by=MONEY_READERS)
    recurring_unsplit = own.Money(seen_by=MONEY_READERS, allow_none=True)
    monthly_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)
    periods = fields.Integer(allow_none=True, metadata={"description": "Billing periods of the term"})
    term_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)


class StatusChange(CommandSchema):
    command = StatusReason

    reason = own.text(500, allow_none=True, load_default=None)


class RecurringTotal(Schema):
    currency = own.currency()
    monthly_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)


class Statistics(Schema):
    """Counts of the agreements that the caller sees, and what the active ones bill per month."""

    active = fields.Integer()
    draft = fields.Integer()
    suspended = fields.Integer()
    ending_in_30_days = fields.Integer()
    low_on_hours = fields.Integer(metadata={"description": "Active, with the low-hours alert in this grant period"})
    recurring = fields.List(fields.Nested(RecurringTotal()), metadata=seen_by(MONEY_READERS))


class HourEntry(Schema):
    """One row of the ledger; `account_id` is the service whose hours moved, null for the unallocated pool."""

    id = fields.UUID()
    kind = own.one_of(*KINDS)
    hours = own.Hours()
    period_start = fields.Date()
    account_id = fields.UUID(allow_none=True)
    account_name = fields.String(allow_none=True)
    client_service_id = fields.UUID(allow_none=True)
    service_name = fields.String(allow_none=True)
    time_entry_id = fields.UUID(allow_none=True)
    work_order_id = fields.UUID(allow_none=True)
    work_order_number = fields.String(allow_none=True)
    block_id = fields.UUID(allow_none=True, metadata={"description": "The block of bought hours that moved"})
    note = fields.String(allow_none=True, metadata=seen_by(STAFF))
    actor_name = fields.String()
    created_at = fields.DateTime()


class HourEntryCreate(CommandSchema):
    command = NewHours

    kind = own.one_of(GRANT, ADJUSTMENT, load_default=GRANT)
    hours = own.Hours(required=True)
    client_service_id = fields.UUID(allow_none=True, load_default=None)
    service_id = fields.UUID(allow_none=True, load_default=None)
    note = own.text(2000, allow_none=True, load_default=None)


class HourFilters(Schema):
    kind = own.one_of(*KINDS)
    period_start = own.day()
    account_id = fields.UUID()
    time_entry_id = fields.UUID()
    block_id = fields.UUID()


class ServiceUse(Schema):
    client_service_id = fields.UUID(allow_none=True)
    name = fields.String(allow_none=True)
    hours_allocated = own.Hours(allow_none=True)
    hours_used = own.Hours()
    hours_remaining = own.Hours(allow_none=True)
    used_percent = own.Percent(allow_none=True)
    projected_exhaustion = fields.Date(allow_none=True)


class Utilisation(Schema):
    agreement_id = fields.UUID()
    period_start = fields.Date(allow_none=True)
    total_hours = own.Hours(allow_none=True)
    hours_used = own.Hours()
    hours_remaining = own.Hours(allow_none=True)
    hours_overage = own.Hours()
    hours_unallocated = own.Hours(allow_none=True)
    remaining_percent = own.Percent(allow_none=True)
    remaining_level = fields.String(allow_none=True)
    average_per_day = own.Number()
    projected_exhaustion = fields.Date(allow_none=True)
    services = fields.List(fields.Nested(ServiceUse()))


class HourPeriod(Schema):
    """Hours of one grant period; the remaining ones are the sum of granted, rolled over and adjusted, less the used
    and expired ones. Hours of blocks are apart, in the period in which they moved."""

    period_start = fields.Date()
    hours_granted = own.Hours()
    hours_rolled_over = own.Hours(metadata={"description": "Hours from earlier periods; negative: moved to the next"})
    hours_adjusted = own.Hours()
    hours_used = own.Hours()
    hours_expired = own.Hours()
    hours_remaining = own.Hours()
    hours_bought = own.Hours(metadata={"description": "Hours of blocks added in the period, less removed ones"})
    hours_used_from_blocks = own.Hours()
    hours_expired_in_blocks = own.Hours()
    hours_overage = own.Hours(metadata={"description": "Hours worked in the period that no agreed hours covered"})


class HourStatement(Schema):
    """One row of the ledger. `hash` covers the hash of the row above and the values from `entry_id` to `balance`."""

    entry_id = fields.UUID()
    recorded_at = fields.DateTime()
    period_start = fields.Date()
    kind = own.one_of(*KINDS)
    hours = own.Hours()
    balance = own.Hours()
    hash = fields.String()
    service = fields.String(allow_none=True)
    work_order = fields.String(allow_none=True)
    worked_on = fields.Date(allow_none=True)
    block = fields.Date(allow_none=True, metadata={"description": "The day on which the block of the hours was bought"})


class HourPeriods(Schema):
    items = fields.List(fields.Nested(HourPeriod()))


AGREEMENT, AGREEMENT_CREATE, AGREEMENT_PATCH = Agreement(), AgreementCreate(), AgreementPatch(partial=True)
FILTERS = AgreementFilters()
SERVICE, SERVICE_PATCH = CoveredService(), CoveredServicePatch()
SERVICES, SERVICE_SET = CoveredServices(), CoveredServiceSet()
HOUR_ENTRY, HOUR_ENTRY_CREATE, HOUR_FILTERS = HourEntry(), HourEntryCreate(), HourFilters()
UTILISATION, STATISTICS, REASON = Utilisation(), Statistics(), StatusChange()
HOUR_PERIODS, STATEMENT = HourPeriods(), HourStatement()
PREVIEW = AgreementPreview()
