"""Request and response schemas of renewal decisions."""

from marshmallow import Schema, fields

from agreements.agreement.models import FREQUENCIES, TYPES
from agreements.decision.cycles import BUCKETS, KINDS, LATER
from agreements.decision.deciding import DecisionChanges
from agreements.decision.models import OUTCOMES
from agreements.decision.queries import STATES
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import MONEY_READERS, STAFF


class Decision(Schema):
    """The decision about the present cycle of an agreement, which is due `notice_days` before `ends_on`.

    `ends_on` is the end of the term, or for an open-ended agreement the day of its yearly review. A decision that
    nobody has touched yet has version 0.
    """

    agreement_id = fields.UUID()
    number = fields.String()
    name = fields.String()
    client_id = fields.UUID()
    client_name = fields.String(allow_none=True)
    type = own.one_of(*TYPES)
    kind = own.one_of(*KINDS)
    ends_on = fields.Date()
    decide_by = fields.Date()
    days_left = fields.Integer(metadata={"description": "Days until `decide_by`; negative: overdue"})
    bucket = own.one_of(*BUCKETS, LATER)
    notice_days = fields.Integer()
    auto_renew = fields.Boolean()
    recurring_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)
    currency = fields.String()
    frequency = own.one_of(*FREQUENCIES, allow_none=True)
    owner_id = fields.UUID(allow_none=True)
    owner_name = fields.String(allow_none=True)
    snoozed_until = fields.Date(allow_none=True)
    outcome = own.one_of(*OUTCOMES, allow_none=True)
    note = fields.String(allow_none=True, metadata=seen_by(STAFF))
    decided_at = fields.DateTime(allow_none=True)
    decided_by_name = fields.String(allow_none=True)
    version = fields.Integer()


class DecisionPatch(CommandSchema):
    """`ends_on` names the cycle as it was shown: if the term was changed meanwhile, the decision is refused."""

    command = DecisionChanges

    ends_on = own.day()
    owner_id = fields.UUID(allow_none=True)
    snoozed_until = own.day(allow_none=True)
    outcome = own.one_of(*OUTCOMES, allow_none=True)
    note = own.text(2000, allow_none=True)


class DecisionFilters(Schema):
    state = own.one_of(*STATES, metadata={"description": "`open` if left out: neither decided nor snoozed"})
    bucket = own.one_of(*BUCKETS)
    kind = own.one_of(*KINDS)
    owner_id = fields.UUID()
    client_id = fields.UUID()


class DecisionStatistics(Schema):
    """Open decisions by the days until they are due, and snoozed ones."""

    open_overdue = fields.Integer()
    open_0_30 = fields.Integer()
    open_31_60 = fields.Integer()
    open_61_90 = fields.Integer()
    snoozed = fields.Integer()


DECISION, DECISION_PATCH, FILTERS = Decision(), DecisionPatch(), DecisionFilters()
STATISTICS = DecisionStatistics()
