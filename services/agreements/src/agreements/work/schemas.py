"""Request and response schemas of work orders and time entries."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from agreements.agreement.checks import CHECKS
from agreements.agreement.hour_math import GREEN, RED, YELLOW
from agreements.work.correcting import TimeChanges
from agreements.work.logging_time import NewRow, NewTime, NewTimes
from agreements.work.models import APPROVALS, AT_RISK, OPEN_STATUS, OVERDUE, PRIORITIES, WORK_STATUSES
from agreements.work.orders import Move, NewOrder, OrderChanges
from agreements.work.quick import QuickText
from agreements.work.target_schemas import SlaTarget
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.imports import ALL, GOOD, ImportReport, ImportResult
from common.roles import MONEY_READERS, STAFF

LEVELS = (GREEN, YELLOW, RED)


class WorkOrder(CommandSchema):
    """Accepts a catalog service's id or the client's own row in `service_id`."""

    command: ClassVar[type[Any] | None] = NewOrder

    id = fields.UUID(dump_only=True)
    number = own.text(40, allow_none=True, load_default=None)
    client_id = fields.UUID(allow_none=True, load_default=None)
    client_name = fields.String(dump_only=True, allow_none=True)
    contact_id = fields.UUID(allow_none=True, load_default=None)
    contact_name = fields.String(dump_only=True, allow_none=True)
    agreement_id = fields.UUID(allow_none=True, load_default=None)
    agreement_number = fields.String(dump_only=True, allow_none=True)
    agreement_name = fields.String(dump_only=True, allow_none=True)
    suggested_agreement_id = fields.UUID(dump_only=True, allow_none=True)
    service_id = fields.UUID(allow_none=True, load_default=None)
    client_service_id = fields.UUID(dump_only=True, allow_none=True)
    service_name = fields.String(dump_only=True, allow_none=True)
    subject = own.text(300, allow_none=True, load_default=None)
    description = own.text(50_000, allow_none=True, load_default=None)
    priority = own.one_of(*PRIORITIES, load_default="medium")
    status = own.one_of(*WORK_STATUSES, dump_only=True)
    next_statuses = fields.List(own.one_of(*WORK_STATUSES), dump_only=True)
    technician_id = fields.UUID(allow_none=True, load_default=None)
    technician_name = own.text(200, allow_none=True, load_default=None)
    billable = fields.Boolean(load_default=True)
    due_on = own.day(allow_none=True, load_default=None)
    estimated_hours = own.Hours(allow_none=True, load_default=None, above_zero=True, metadata=seen_by(STAFF))
    tasks_total = fields.Integer(dump_only=True, allow_none=True, metadata=seen_by(STAFF))
    tasks_done = fields.Integer(dump_only=True, allow_none=True, metadata=seen_by(STAFF))
    hours_logged = own.Hours(dump_only=True, metadata={"description": "Hours worked"})
    hours_billed = own.Hours(dump_only=True, metadata={"description": "Hours billed, after rounding and minimum hours"})
    sla = fields.List(fields.Nested(SlaTarget()), dump_only=True, metadata=seen_by(STAFF))
    sla_due_at = fields.DateTime(
        dump_only=True,
        allow_none=True,
        metadata=seen_by(STAFF) | {"description": "When the next target that is not met is due"},
    )
    created_by_name = fields.String(dump_only=True)
    resolved_at = fields.DateTime(dump_only=True, allow_none=True)
    closed_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ChoicesQuery(Schema):
    client_id = fields.UUID(required=True)
    agreement_id = fields.UUID(metadata={"description": "The agreement whose services, rates and hours are shown"})


class AgreementChoice(Schema):
    """`covers_all` is false for an agreement with chosen services."""

    id = fields.UUID()
    number = fields.String()
    name = fields.String()
    type = fields.String()
    covers_all = fields.Boolean()
    total_hours = own.Hours(allow_none=True)
    remaining_hours = own.Hours(allow_none=True)
    remaining_percent = own.Percent(allow_none=True)
    remaining_level = own.one_of(*LEVELS, allow_none=True)


class ServiceChoice(Schema):
    """A labor service of the client's rate card.

    `allowed` is false if the agreement refuses time on it. The hours are the service's own, else the unallocated ones.
    """

    client_service_id = fields.UUID()
    service_id = fields.UUID(allow_none=True, metadata={"description": "The catalog service"})
    name = fields.String()
    unit = fields.String()
    covered = fields.Boolean()
    allowed = fields.Boolean()
    rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    rate_source = fields.String(allow_none=True, metadata=seen_by(MONEY_READERS))
    total_hours = own.Hours(allow_none=True)
    remaining_hours = own.Hours(allow_none=True)
    remaining_percent = own.Percent(allow_none=True)
    remaining_level = own.one_of(*LEVELS, allow_none=True)


class WorkChoices(Schema):
    """`last_service_id` is the client service of the client's newest time entry."""

    client_id = fields.UUID()
    currency = fields.String()
    suggested_agreement_id = fields.UUID(allow_none=True)
    last_service_id = fields.UUID(allow_none=True)
    agreements = fields.List(fields.Nested(AgreementChoice()))
    services = fields.List(fields.Nested(ServiceChoice()))


class WorkOrderPatch(WorkOrder):
    """The same fields, each optional; number and client cannot change."""

    command = OrderChanges

    class Meta:
        exclude = ("number", "client_id")

    subject = own.text(300, required=True)


class WorkOrderFilters(Schema):
    client_id = fields.UUID()
    agreement_id = fields.UUID()
    technician_id = fields.UUID()
    status = own.one_of(*WORK_STATUSES, OPEN_STATUS, metadata={"description": "open: neither resolved nor closed"})
    priority = own.one_of(*PRIORITIES)
    number = fields.String()
    unassigned = fields.Boolean(metadata={"description": "true: only orders without a technician"})
    due_on_lte = own.day()
    sla = own.one_of(AT_RISK, OVERDUE, metadata=seen_by(STAFF))


class Transition(CommandSchema):
    command = Move

    status = own.one_of(*WORK_STATUSES, required=True)


HOURS_RANGE = validate.Range(max=24, error="A day has at most 24 hours.")


OF_DAY = "A time without an offset is in the MSP's time zone"


class CoverageCheck(Schema):
    """One condition of coverage, met or not."""

    check = own.one_of(*CHECKS)
    met = fields.Boolean()
    detail = fields.String()


class TimeEntry(CommandSchema):
    command: ClassVar[type[Any] | None] = NewTime

    id = fields.UUID(dump_only=True)
    work_order_id = fields.UUID(dump_only=True)
    work_order_number = fields.String(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    agreement_id = fields.UUID(dump_only=True, allow_none=True)
    agreement_type = fields.String(dump_only=True, allow_none=True)
    service_id = fields.UUID(allow_none=True)
    client_service_id = fields.UUID(dump_only=True, allow_none=True)
    service_name = fields.String(dump_only=True, allow_none=True)
    unit = fields.String(dump_only=True, allow_none=True)
    worked_on = own.day(metadata={"description": "The day of the start, if there is one", "example": "2025-11-03"})
    hours = own.Hours(above_zero=True, validate=HOURS_RANGE, metadata={"description": "Or a start and an end"})
    started_at = fields.DateTime(allow_none=True, metadata={"description": OF_DAY, "example": "2025-11-03T09:15"})
    ended_at = fields.DateTime(allow_none=True, metadata={"description": OF_DAY, "example": "2025-11-03T10:45"})
    billable = fields.Boolean()
    worked_hours = own.Hours(dump_only=True, metadata={"description": "The same as `hours`"})
    billed_hours = own.Hours(
        dump_only=True,
        metadata={"description": "Hours billed, after rounding and minimum hours; 0.00 if not billable"},
    )
    covered_hours = own.Hours(dump_only=True)
    overage_hours = own.Hours(dump_only=True)
    billable_hours = own.Hours(dump_only=True)
    coverage_checks = fields.List(fields.Nested(CoverageCheck()), dump_only=True)
    note = own.text(10_000, allow_none=True, metadata=seen_by(STAFF))
    technician_id = fields.UUID(allow_none=True)
    technician_name = own.text(200, allow_none=True)
    external_ref = own.text(200, allow_none=True)
    confirm = own.confirm()
    confirmed = fields.List(
        fields.String(), dump_only=True, metadata={"description": "What looked like a mistake and was confirmed"}
    )
    approval = own.one_of(*APPROVALS, dump_only=True, allow_none=True, metadata={"description": "Null: not needed"})
    approval_reason = fields.String(dump_only=True, allow_none=True, metadata={"description": "Why it was returned"})
    decided_by_name = fields.String(dump_only=True, allow_none=True)
    decided_at = fields.DateTime(dump_only=True, allow_none=True)
    invoice_id = fields.UUID(dump_only=True, allow_none=True)
    invoice_number = fields.String(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class BulkOrder(WorkOrder):
    """The work order with this number; it is created if there is none."""

    number = own.text(40, required=True)
    client_id = fields.UUID(required=True)


class BulkEntry(TimeEntry):
    """Time with its work order: an existing one by id, or one by number."""

    command = NewRow

    work_order_id = fields.UUID()
    work_order = fields.Nested(BulkOrder())

    @validates_schema
    def _one_order(self, data: dict[str, Any], **_: Any) -> None:
        if ("work_order_id" in data) == ("work_order" in data):
            raise ValidationError({"work_order": ["Send either work_order_id, or work_order with a number."]})


class LoggedHours(Schema):
    """The work order and the split of a row's hours."""

    work_order_id = fields.UUID()
    billed_hours = own.Hours()
    covered_hours = own.Hours()
    overage_hours = own.Hours()
    billable_hours = own.Hours()


class BulkTimeResult(ImportResult):
    split = fields.Nested(LoggedHours(), attribute="entry", allow_none=True)


class BulkTimeReport(ImportReport):
    results = fields.List(fields.Nested(BulkTimeResult()))


class LoggedTime(TimeEntry):
    """The entry with the agreement's `remaining_hours` after it."""

    warnings = fields.List(fields.String(), dump_only=True)
    remaining_hours = own.Hours(dump_only=True, allow_none=True)


class TimeEntryPatch(TimeEntry):
    """The same fields, each optional."""

    command = TimeChanges

    class Meta:
        exclude = ("external_ref",)


class TimeFilters(Schema):
    client_id = fields.UUID()
    work_order_id = fields.UUID()
    agreement_id = fields.UUID()
    technician_id = fields.UUID()
    worked_on_gte = own.day()
    worked_on_lte = own.day()
    approval = own.one_of(*APPROVALS)
    external_ref = fields.String()


class SheetEntry(TimeEntry):
    """The entry with the names of its client and work order."""

    command = None

    client_name = fields.String(dump_only=True, allow_none=True)
    work_order_subject = fields.String(dump_only=True)


class SheetDay(Schema):
    day = fields.Date()
    hours = own.Hours(metadata={"description": "Hours worked"})
    billed_hours = own.Hours()
    entries = fields.List(fields.Nested(SheetEntry()))


class TimeSheet(Schema):
    """A week from Monday to Sunday, with the entries of each day."""

    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    first_day = fields.Date()
    last_day = fields.Date()
    hours = own.Hours(metadata={"description": "Hours worked"})
    billed_hours = own.Hours()
    days = fields.List(fields.Nested(SheetDay()))


class TimeSheetQuery(Schema):
    technician_id = fields.UUID(metadata={"description": "Your own by default"})
    week = own.day(metadata={"description": "Any day of the week; today by default"})


class QuickEntry(CommandSchema):
    command = QuickText

    text = own.text(300, required=True, metadata={"example": "1.5h acme firewall"})


class QuickMatch(Schema):
    """An open work order, and the service to log the time on."""

    order = fields.Nested(WorkOrder())
    service_id = fields.UUID(allow_none=True, metadata={"description": "A client service"})


class QuickMatches(Schema):
    hours = own.Hours()
    matches = fields.List(fields.Nested(QuickMatch()))


class SplitChange(Schema):
    """Another time entry whose split changes, because hours are drawn by the day of work."""

    time_entry_id = fields.UUID(attribute="entry.id")
    work_order_id = fields.UUID(attribute="entry.work_order_id")
    work_order_number = fields.String(attribute="entry.work_order_number")
    worked_on = fields.Date(attribute="entry.worked_on")
    service_name = fields.String(allow_none=True, attribute="entry.service_name")
    technician_name = fields.String(allow_none=True, attribute="entry.technician_name")
    covered_hours = own.Hours(attribute="entry.covered_hours")
    new_covered_hours = own.Hours(attribute="split.covered")
    billable_hours = own.Hours(attribute="entry.billable_hours")
    new_billable_hours = own.Hours(attribute="split.overage")


class SplitChanges(Schema):
    items = fields.List(fields.Nested(SplitChange()))


class TimePreview(Schema):
    worked_hours = own.Hours()
    billed_hours = own.Hours()
    covered_hours = own.Hours()
    overage_hours = own.Hours()
    billable_hours = own.Hours()
    sources = fields.String(allow_none=True, metadata={"description": "Where block hours come from"})
    warnings = fields.List(fields.String())
    total_hours = own.Hours(allow_none=True, metadata={"description": "The agreement's hours in this period"})
    remaining_hours = own.Hours(allow_none=True)
    remaining_percent = own.Percent(allow_none=True)
    remaining_level = own.one_of(*LEVELS, allow_none=True)
    checks = fields.List(fields.Nested(CoverageCheck()))
    changes = fields.List(fields.Nested(SplitChange()))
    rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    rate_source = fields.String(allow_none=True, metadata=seen_by(MONEY_READERS))
    amount = own.Money(seen_by=MONEY_READERS, allow_none=True)
    currency = fields.String()


BULK_ENTRY, BULK_REPORT = BulkEntry(), BulkTimeReport()
MOST_ROWS = 1000


class BulkTime(CommandSchema):
    """Rows are logged in their order, which is the order in which they draw hours."""

    command = NewTimes

    entries = own.Rows(fields.Nested(BULK_ENTRY), required=True, validate=validate.Length(1, MOST_ROWS))
    dry_run = fields.Boolean(load_default=False)
    rows = own.one_of(
        ALL,
        GOOD,
        load_default=ALL,
        metadata={"description": "all: all rows or none; good: skip the rows with errors"},
    )


BULK_TIME = BulkTime()
WORK_ORDER, WORK_ORDER_PATCH = WorkOrder(), WorkOrderPatch(partial=True)
WORK_ORDER_FILTERS, TRANSITION = WorkOrderFilters(), Transition()
CHOICES_QUERY, CHOICES = ChoicesQuery(), WorkChoices()
TIME_ENTRY, TIME_ENTRY_PATCH, LOGGED_TIME = TimeEntry(), TimeEntryPatch(partial=True), LoggedTime()
TIME_FILTERS, TIME_PREVIEW, SPLIT_CHANGES = TimeFilters(), TimePreview(), SplitChanges()
SHEET_ENTRY = SheetEntry()
TIME_SHEET_QUERY, TIME_SHEET = TimeSheetQuery(), TimeSheet()
QUICK_ENTRY, QUICK_MATCHES = QuickEntry(), QuickMatches()
