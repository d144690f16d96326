"""Events about agreements, with the full state."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class CoveredService(Schema):
    id = fields.UUID()
    client_service_id = fields.UUID()
    service_id = fields.UUID(allow_none=True)
    custom_rate = own.Money(allow_none=True)
    effective_rate = own.Money(allow_none=True)
    rate_source = fields.String(allow_none=True)
    hours_allocated = own.Hours(allow_none=True)
    negotiated_quantity = own.Number(allow_none=True)
    recurring_share = own.Money(allow_none=True)


class EarlierRate(Schema):
    client_service_id = fields.UUID()
    custom_rate = own.Money(allow_none=True)


class EarlierRates(Schema):
    """Rates of the agreement for work before `before`, on or after the day of the entry above."""

    before = fields.Date()
    overage_rate = own.Money(allow_none=True)
    services = fields.List(fields.Nested(EarlierRate()))


class AgreementState(Schema):
    """Has the `effective_rate` at the time of the event; later client rates are in clients' events."""

    id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    name = fields.String()
    type = fields.String()
    status = fields.String()
    status_reason = fields.String(allow_none=True)
    start_date = fields.Date()
    end_date = fields.Date(allow_none=True)
    currency = fields.String()
    net_terms = fields.Integer()
    coverage = fields.String()
    overage_rate = own.Money(allow_none=True)
    recurring_amount = own.Money(allow_none=True)
    frequency = fields.String(allow_none=True)
    total_hours = own.Hours(allow_none=True)
    services = fields.List(fields.Nested(CoveredService()))
    earlier_rates = fields.List(fields.Nested(EarlierRates()))
    version = fields.Integer()


class HoursLow(Schema):
    """Contains `crossed`, which says whether `threshold_percent` counts hours remaining or hours used."""

    agreement_id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    name = fields.String()
    total_hours = own.Hours()
    hours_remaining = own.Hours()
    remaining_percent = own.Percent()
    threshold_percent = own.Money()
    crossed = fields.String()
    audience = fields.String()


class Expiring(Schema):
    """Contains `threshold_days`, the reminder that `days_left` has reached: 60, 30 or 7 days before the end."""

    agreement_id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    name = fields.String()
    end_date = fields.Date()
    days_left = fields.Integer()
    threshold_days = fields.Integer()
    auto_renew = fields.Boolean()
    renewal_id = fields.UUID(allow_none=True)
    renewal_number = fields.String(allow_none=True)


class Decided(Schema):
    """What was decided about the cycle that ends on `ends_on`, who decides, and until when the decision is snoozed."""

    agreement_id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    name = fields.String()
    kind = fields.String()
    ends_on = fields.Date()
    decide_by = fields.Date()
    owner_id = fields.UUID(allow_none=True)
    owner_name = fields.String(allow_none=True)
    snoozed_until = fields.Date(allow_none=True)
    outcome = fields.String(allow_none=True)
    decided_by_name = fields.String(allow_none=True)


_STATE = AgreementState()

CREATED = EventType("agreements.agreement.created.v1", _STATE, "An agreement draft was created")
CHANGED = EventType("agreements.agreement.changed.v1", _STATE, "An agreement or its covered services changed")
ACTIVATED = EventType("agreements.agreement.activated.v1", _STATE, "An agreement was activated")
SUSPENDED = EventType("agreements.agreement.suspended.v1", _STATE, "An agreement was suspended")
RESUMED = EventType("agreements.agreement.resumed.v1", _STATE, "A suspended agreement was resumed")
CANCELLED = EventType("agreements.agreement.cancelled.v1", _STATE, "An agreement was canceled")
EXPIRED = EventType("agreements.agreement.expired.v1", _STATE, "An agreement ended and was not renewed")
RENEWED = EventType("agreements.agreement.renewed.v1", _STATE, "An agreement ended and its next term is in force")
EXPIRING = EventType("agreements.agreement.expiring.v1", Expiring(), "An agreement ends in 60, 30 or 7 days")
DECIDED = EventType("agreements.agreement.decided.v1", Decided(), "The decision about an agreement's next term changed")
DELETED = EventType("agreements.agreement.deleted.v1", _STATE, "An unused agreement draft was deleted")
HOURS_LOW = EventType("agreements.hours.low.v1", HoursLow(), "An agreement's remaining hours crossed a threshold")

ALL = (
    *(CREATED, CHANGED, ACTIVATED, SUSPENDED, RESUMED, CANCELLED, EXPIRED, RENEWED, EXPIRING, DECIDED, DELETED),
    HOURS_LOW,
)
