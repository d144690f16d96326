"""The organisation's settings: data that the gateway owns and every service replicates."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from marshmallow import fields

from common import fields as own
from common.events import Reader

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR, FISCAL = "calendar", "fiscal"
TAX_ROUNDINGS = ("per_invoice", "per_line", "per_total")
REVIEW, FOLLOW = "review", "follow"
ALL, NONE, SET = "all", "none", "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A span of local time, `opens` to `closes` ("09:00" to "17:00"; "24:00" is midnight)."""

    weekday: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHoliday:
    """A holiday of the organisation itself, on one date or on that day of every year."""

    name: str
    day: date
    every_year: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentInstructions:
    """How to pay invoices in this currency; in all currencies without their own if `currency` is None."""

    currency: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A PNG in the gateway's part of the file store."""

    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaTarget:
    """The minutes within which work orders of a priority are answered and resolved."""

    priority: str
    response_minutes: int
    resolution_minutes: int


PRIORITIES = ("critical", "high", "medium", "low")
SLA_TARGETS = tuple(
    SlaTarget(priority=priority, response_minutes=response, resolution_minutes=resolution)
    for priority, response, resolution in zip(PRIORITIES, (60, 240, 480, 1440), (240, 1440, 4320, 10080), strict=True)
)
NINE_TO_FIVE = tuple(Opening(weekday=name, opens="09:00", closes="17:00") for name in WEEKDAYS[:5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The defaults apply until a super administrator saves other values."""

    name: str = "Evergreen MSP"
    address: str = ""
    """One or more lines."""
    email: str = ""
    tax_id: str = ""
    brand_color: str = "#17573a"
    logo: Logo | None = None
    currency: str = "USD"
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/New_York"))
    locale: str = "en-US"
    fiscal_year_start: str = "01-01"
    """Month and day."""
    business_hours: tuple[Opening, ...] = NINE_TO_FIVE
    holiday_country: str | None = None
    holiday_subdivision: str | None = None
    own_holidays: tuple[OwnHoliday, ...] = ()
    net_terms: int = 30
    payment_instructions: tuple[PaymentInstructions, ...] = ()
    invoice_series: str = "INV"
    invoice_number_format: str = "{series}-{year}-{number}"
    invoice_number_digits: int = 3
    invoice_number_year: str = CALENDAR
    tax_rounding: str = TAX_ROUNDINGS[0]
    issue_on_run: bool = True
    """False leaves the invoices of a run as drafts for review."""
    time_increment: Decimal | None = None
    """Hours. Each time entry is rounded up to a multiple of this. None bills the worked hours."""
    time_minimum: Decimal | None = None
    """Hours billed at least per entry, unless its service has its own minimum. None: no minimum."""
    approve_time: bool = False
    """Whether a manager approves time before it is invoiced."""
    parallel_timers: bool = False
    """Whether several timers of one technician may run at once."""
    sla_targets: tuple[SlaTarget, ...] = SLA_TARGETS
    """One for each priority."""
    mail_from_name: str = ""
    """Empty: the organisation's name."""
    mail_from: str = "billing@evergreen.example"
    mail_reply_to: str = ""
    rate_change_policy: str = REVIEW
    """Whether clients on the default rate keep it until staff decide (`review`) or move with the catalog (`follow`)."""
    inherit_services: str = ALL
    """What a new client's rate card starts with: `all` active services, the default service `set`, or `none`."""

    def sla_target(self, priority: str) -> SlaTarget:
        return next(target for target in self.sla_targets if target.priority == priority)

    @property
    def sender_name(self) -> str:
        return self.mail_from_name or self.name

    def payment_lines(self, currency: str) -> list[str]:
        """Returns the lines that say how to pay an invoice in this currency."""
        texts = {each.currency: each.text for each in self.payment_instructions}
        return texts.get(currency, texts.get(None, "")).splitlines()


class OpeningState(Reader):
    weekday = own.one_of(*WEEKDAYS, required=True)
    opens = fields.String(required=True)
    closes = fields.String(required=True)


class OwnHolidayState(Reader):
    name = fields.String(required=True)
    day = fields.Date(required=True)
    every_year = fields.Boolean(required=True)


class PaymentInstructionsState(Reader):
    currency = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class SlaTargetState(Reader):
    priority = fields.String(required=True)
    response_minutes = fields.Integer(required=True)
    resolution_minutes = fields.Integer(required=True)


class LogoState(Reader):
    """The claim of a file, as `common.blobs.files.FileClaim`."""

    file_id = fields.UUID(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class OrganisationState(Reader):
    """The settings as events and tables carry them. A field that an older event lacks keeps its default."""

    name = fields.String()
    address = fields.String()
    email = fields.String()
    tax_id = fields.String()
    brand_color = fields.String()
    logo = fields.Nested(LogoState(), allow_none=True)
    currency = fields.String()
    time_zone = fields.String()
    locale = fields.String()
    fiscal_year_start = fields.String()
    business_hours = fields.List(fields.Nested(OpeningState()))
    holiday_country = fields.String(allow_none=True)
    holiday_subdivision = fields.String(allow_none=True)
    own_holidays = fields.List(fields.Nested(OwnHolidayState()))
    net_terms = fields.Integer()
    payment_instructions = fields.List(fields.Nested(PaymentInstructionsState()))
    invoice_series = fields.String()
    invoice_number_format = fields.String()
    invoice_number_digits = fields.Integer()
    invoice_number_year = fields.String()
    tax_rounding = fields.String()
    issue_on_run = fields.Boolean()
    time_increment = own.Hours(allow_none=True)
    time_minimum = own.Hours(allow_none=True)
    approve_time = fields.Boolean()
    parallel_timers = fields.Boolean()
    sla_targets = fields.List(fields.Nested(SlaTargetState()))
    mail_from_name = fields.String()
    mail_from = fields.String()
    mail_reply_to = fields.String()
    rate_change_policy = fields.String()
    inherit_services = fields.String()


STATE = OrganisationState()


def of_values(values: dict[str, Any]) -> Organisation:
    """Returns the settings from loaded values; those that are left out have their defaults."""
    parts: dict[str, type[Any]] = {
        "business_hours": Opening,
        "own_holidays": OwnHoliday,
        "payment_instructions": PaymentInstructions,
        "sla_targets": SlaTarget,
    }
    made: dict[str, Any] = {
        name: tuple(kind(**one) for one in values[name]) for name, kind in parts.items() if name in values
    }
    if values.get("logo") is not None:
        made["logo"] = Logo(**values["logo"])
    if "time_zone" in values:
        made["time_zone"] = ZoneInfo(values["time_zone"])
    return Organisation(**(values | made))


def of_json(stored: dict[str, Any]) -> Organisation:
    return of_values(STATE.load(stored))


def to_json(organisation: Organisation) -> dict[str, Any]:
    dumped: dict[str, Any] = STATE.dump(organisation)
    return dumped


DEFAULTS = Organisation()
