"""Filters and rows of reports."""

from marshmallow import Schema, fields

from agreements.agreement import hour_math as hm
from agreements.agreement.models import BLOCK_HOURS
from common import fields as own

IN_RANGE = {"description": "Covered hours worked from `worked_on_gte` to `worked_on_lte`; null without both"}


class ServiceUtilisation(Schema):
    client_service_id = fields.UUID(allow_none=True)
    name = fields.String(allow_none=True)
    hours_allocated = own.Hours(allow_none=True)
    hours_used = own.Hours()
    hours_remaining = own.Hours(allow_none=True)
    used_percent = own.Percent(allow_none=True)
    projected_exhaustion = fields.Date(allow_none=True)
    remaining_level = own.one_of(hm.GREEN, hm.YELLOW, hm.RED, allow_none=True)
    hours_in_range = own.Hours(allow_none=True, metadata=IN_RANGE)


class AgreementUtilisation(Schema):
    """Hours of the current grant period of one block hours agreement, in total and per covered service."""

    id = fields.UUID()
    number = fields.String()
    name = fields.String()
    client_id = fields.UUID()
    client_name = fields.String(allow_none=True)
    type = own.one_of(*sorted(BLOCK_HOURS))
    status = fields.String()
    period_start = fields.Date(allow_none=True)
    total_hours = own.Hours(allow_none=True)
    hours_used = own.Hours()
    hours_remaining = own.Hours(allow_none=True)
    hours_overage = own.Hours()
    hours_unallocated = own.Hours(allow_none=True)
    used_percent = own.Percent(allow_none=True)
    remaining_percent = own.Percent(allow_none=True)
    remaining_level = own.one_of(hm.GREEN, hm.YELLOW, hm.RED, allow_none=True)
    projected_exhaustion = fields.Date(allow_none=True)
    hours_in_range = own.Hours(allow_none=True, metadata=IN_RANGE)
    services = fields.List(fields.Nested(ServiceUtilisation()))


class UtilisationFilters(Schema):
    client_id = fields.UUID()
    agreement_id = fields.UUID()
    worked_on_gte = own.day()
    worked_on_lte = own.day()


class TechnicianTime(Schema):
    """The time of one technician in the range."""

    id = fields.String()
    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    hours = own.Hours(metadata={"description": "As worked"})
    client_hours = own.Hours(metadata={"description": "Hours as worked of time that is covered or billable"})
    client_percent = own.Percent(allow_none=True)
    covered_hours = own.Hours(metadata={"description": "After rounding increment and minimum"})
    billable_hours = own.Hours(metadata={"description": "After rounding increment and minimum"})
    other_hours = own.Hours(metadata={"description": "Hours as worked that are neither covered nor billable"})
    waiting_hours = own.Hours(metadata={"description": "Hours as worked that wait for approval"})
    entries = fields.Integer()
    days = fields.Integer(metadata={"description": "Days with time"})
    hours_per_day = own.Hours(allow_none=True)


class TechnicianTimeFilters(Schema):
    client_id = fields.UUID()
    agreement_id = fields.UUID()
    technician_id = fields.UUID()
    worked_on_gte = own.day(metadata={"description": "The first day of this month if both days are left out"})
    worked_on_lte = own.day()


TECHNICIAN_TIME, TECHNICIAN_TIME_FILTERS = TechnicianTime(), TechnicianTimeFilters()
UTILISATION, UTILISATION_FILTERS = AgreementUtilisation(), UtilisationFilters()
