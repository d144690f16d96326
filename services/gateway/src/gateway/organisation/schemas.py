"""The organisation's settings over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, validate

from common import fields as own
from common.commands import CommandSchema
from common.organisation import settings
from common.organisation.settings import (
    ALL,
    CALENDAR,
    FISCAL,
    FOLLOW,
    NONE,
    PRIORITIES,
    REVIEW,
    SET,
    TAX_ROUNDINGS,
    WEEKDAYS,
)
from gateway.organisation import checks
from gateway.organisation.changes import OrganisationChanges

A_DAY = Decimal(24)
MINUTES = validate.Range(1, 60 * 24 * 365, error="1 minute to 365 days.")


class Opening(CommandSchema):
    command = settings.Opening

    weekday = own.one_of(*WEEKDAYS, required=True)
    opens = fields.String(required=True, validate=checks.clock, metadata={"example": "09:00"})
    closes = fields.String(required=True, validate=checks.clock, metadata={"example": "17:00"})


class OwnHoliday(CommandSchema):
    command = settings.OwnHoliday

    name = own.text(100, required=True)
    day = own.day(required=True)
    every_year = fields.Boolean(required=True)


class PaymentInstructions(CommandSchema):
    command = settings.PaymentInstructions

    currency = own.currency(required=True, allow_none=True)
    """Null: for currencies without instructions of their own."""
    text = own.text(2000, required=True)


class PriorityTarget(CommandSchema):
    command = settings.SlaTarget

    priority = own.one_of(*PRIORITIES, required=True)
    response_minutes = own.Integer(strict=True, required=True, validate=MINUTES)
    resolution_minutes = own.Integer(strict=True, required=True, validate=MINUTES)


class OptionalEmail(own.Email):
    """An address, or an empty text for none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return "" if value == "" else super()._deserialize(value, attr, data, **kwargs)


def _hours(description: str) -> own.Hours:
    most = validate.Range(max=A_DAY, error="A day has at most 24 hours.")
    return own.Hours(allow_none=True, above_zero=True, validate=most, metadata={"description": description})


class Logo(Schema):
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class Settings(Schema):
    name = own.text(200, required=True)
    address = own.text(1000, metadata={"description": "Legal address, one or more lines"})
    email = OptionalEmail(metadata={"description": "On invoices; empty: none"})
    tax_id = own.text(100)
    brand_color = fields.String(validate=checks.color, metadata={"example": "#17573a"})
    logo = fields.Nested(Logo(), dump_only=True, allow_none=True)
    currency = own.currency()
    time_zone = own.time_zone()
    locale = own.Language()
    fiscal_year_start = fields.String(
        validate=checks.month_day, metadata={"example": "04-06", "description": "Month and day"}
    )
    business_hours = fields.List(own.Whole(Opening()), validate=validate.Length(max=28))
    holiday_country = fields.String(
        allow_none=True, metadata={"description": "ISO 3166 code whose public holidays apply; null: none"}
    )
    holiday_subdivision = fields.String(allow_none=True)
    own_holidays = fields.List(own.Whole(OwnHoliday()), validate=validate.Length(max=200))
    net_terms = own.Integer(
        strict=True, validate=validate.Range(0, 365), metadata={"description": "Days; for new clients"}
    )
    payment_instructions = fields.List(own.Whole(PaymentInstructions()), validate=validate.Length(max=50))
    invoice_series = fields.String(validate=checks.series, metadata={"example": "INV"})
    invoice_number_format = fields.String(
        validate=checks.number_format, metadata={"example": "{series}-{year}-{number}"}
    )
    invoice_number_digits = own.Integer(strict=True, validate=validate.Range(1, 9))
    invoice_number_year = own.one_of(
        CALENDAR, FISCAL, metadata={"description": "The year in numbers; each year counts from 1"}
    )
    tax_rounding = own.one_of(*TAX_ROUNDINGS)
    issue_on_run = fields.Boolean(metadata={"description": "False: invoice runs create drafts for review"})
    time_increment = _hours("Each time entry is rounded up to a multiple of this; null: not rounded")
    time_minimum = _hours("Hours billed at least per entry, unless its service has a minimum; null: no minimum")
    approve_time = fields.Boolean(metadata={"description": "True: managers approve time before it is invoiced"})
    parallel_timers = fields.Boolean(metadata={"description": "True: a technician's timers may run at the same time"})
    sla_targets = fields.List(
        own.Whole(PriorityTarget()),
        validate=validate.Length(max=len(PRIORITIES)),
        metadata={"description": "Minutes for work orders of each priority, counted in business hours"},
    )
    mail_from_name = own.line(200, metadata={"description": "Empty: the organisation's name"})
    mail_from = own.Email()
    mail_reply_to = OptionalEmail(metadata={"description": "Empty: replies go to `mail_from`"})
    rate_change_policy = own.one_of(
        REVIEW,
        FOLLOW,
        metadata={"description": "Whether clients on the default rate keep it for review or follow the catalog"},
    )
    inherit_services = own.one_of(ALL, SET, NONE, metadata={"description": "The services of a new client's rate card"})
    version = fields.Integer(dump_only=True)
    updated_at = fields.DateTime(dump_only=True, allow_none=True)


class SettingsPatch(Settings, CommandSchema):
    """The same fields, each optional. Lists are replaced as a whole."""

    command = OrganisationChanges


class CalendarQuery(Schema):
    start = own.day(required=True)
    end = own.day(required=True)


class CalendarDay(Schema):
    day = fields.Date(required=True, metadata={"example": date(2025, 11, 27).isoformat()})
    openings = fields.List(fields.Nested(Opening()), required=True)
    holiday = fields.String(required=True, allow_none=True)


class Calendar(Schema):
    items = fields.List(fields.Nested(CalendarDay()), required=True)


class Subdivision(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class HolidayCountry(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    subdivisions = fields.List(fields.Nested(Subdivision()), required=True)


class HolidayCountries(Schema):
    items = fields.List(fields.Nested(HolidayCountry()), required=True)


SETTINGS, SETTINGS_PATCH = Settings(), SettingsPatch(partial=True)
CALENDAR_QUERY, CALENDAR_DAYS, HOLIDAY_COUNTRIES = CalendarQuery(), Calendar(), HolidayCountries()
