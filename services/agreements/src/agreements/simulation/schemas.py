"""Request and response schemas of simulations."""

from decimal import Decimal

from marshmallow import Schema, fields, validate

from agreements.agreement.models import FREQUENCIES, TYPES
from agreements.agreement.schemas import AGREEMENT_CREATE
from agreements.simulation.fitting import BestFit
from agreements.simulation.simulating import Simulation
from agreements.simulation.window import MODES, REPLAY
from common import fields as own
from common.commands import CommandSchema
from common.roles import MONEY_READERS

OF_ONE = "Counts only this agreement's time and compares with it, instead of with all agreements in force"
MODE = "replay: the last whole months; project: the months to come, each with the average of the last ones"


def _months() -> own.Integer:
    return own.Integer(strict=True, load_default=12, validate=validate.Range(1, 24, error="1 to 24 months."))


class SimulationBody(CommandSchema):
    command = Simulation

    agreement = fields.Nested(AGREEMENT_CREATE, required=True)
    mode = own.one_of(*MODES, load_default=REPLAY, metadata={"description": MODE})
    months = _months()
    agreement_id = fields.UUID(allow_none=True, load_default=None, metadata={"description": OF_ONE})


class BestFitBody(CommandSchema):
    command = BestFit

    client_id = fields.UUID(required=True)
    mode = own.one_of(*MODES, load_default=REPLAY, metadata={"description": MODE})
    months = _months()
    discount = own.Percent(
        load_default=Decimal(10),
        places=2,
        minimum="0",
        validate=validate.Range(max=100),
        metadata={"description": "Percentage by which block hours and fixed prices are below the client's rates"},
    )
    agreement_id = fields.UUID(allow_none=True, load_default=None, metadata={"description": OF_ONE})


class SimulatedMonth(Schema):
    """`time` is billed time that the agreement covers, such as time and materials."""

    first = fields.Date()
    last = fields.Date()
    recurring = own.Money(seen_by=MONEY_READERS)
    time = own.Money(seen_by=MONEY_READERS)
    overage = own.Money(seen_by=MONEY_READERS)
    uncovered = own.Money(seen_by=MONEY_READERS)
    total = own.Money(seen_by=MONEY_READERS)
    hours = own.Hours()
    hours_covered = own.Hours()
    hours_overage = own.Hours()
    hours_uncovered = own.Hours()
    hours_left = own.Hours(allow_none=True)


class ComparedMonth(SimulatedMonth):
    today = own.Money(seen_by=MONEY_READERS)
    difference = own.Money(seen_by=MONEY_READERS)


class TodaysAgreement(Schema):
    id = fields.UUID()
    number = fields.String()
    name = fields.String()
    type = own.one_of(*TYPES)


class _About(Schema):
    mode = own.one_of(*MODES)
    first_day = fields.Date()
    last_day = fields.Date()
    currency = own.currency()
    entries = fields.Integer(metadata={"description": "Time entries, or monthly averages of a projection"})
    agreements = fields.List(
        fields.Nested(TodaysAgreement()),
        metadata={"description": "Today's agreements; without any, today's cost is that of the client's rates"},
    )


class SimulationResult(_About):
    hours_without_rate = own.Hours(metadata={"description": "Billed at 0.00, because no rate is set"})
    periods = fields.List(fields.Nested(ComparedMonth()))
    totals = fields.Nested(SimulatedMonth())
    today = fields.Nested(SimulatedMonth())
    difference = own.Money(seen_by=MONEY_READERS)


class FittedAgreement(Schema):
    """Derived terms of one type, with their cost. `further` is what the recurring amount does not contain."""

    name = fields.String()
    type = own.one_of(*TYPES)
    start_date = fields.Date()
    end_date = fields.Date(allow_none=True)
    frequency = own.one_of(*FREQUENCIES, allow_none=True)
    recurring_amount = own.Money(seen_by=MONEY_READERS, allow_none=True)
    total_hours = own.Hours(allow_none=True)
    basis = fields.List(fields.String(), metadata={"description": "How the terms were derived"})
    recurring = own.Money(seen_by=MONEY_READERS)
    further = own.Money(seen_by=MONEY_READERS)
    total = own.Money(seen_by=MONEY_READERS)
    difference = own.Money(seen_by=MONEY_READERS)
    hours_left = own.Hours(allow_none=True)


class BestFitResult(_About):
    discount = own.Percent()
    today = own.Money(seen_by=MONEY_READERS)
    options = fields.List(fields.Nested(FittedAgreement()), metadata={"description": "The cheapest first"})


SIMULATION, SIMULATED = SimulationBody(), SimulationResult()
BEST_FIT, FITTED = BestFitBody(), BestFitResult()
