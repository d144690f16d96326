"""Response schemas of balances."""

from marshmallow import Schema, fields

from common import fields as own
from common.roles import MONEY_READERS


class Sums(Schema):
    currency = fields.String()
    outstanding = own.Money(seen_by=MONEY_READERS)
    overdue = own.Money(seen_by=MONEY_READERS)
    credit = own.Money(seen_by=MONEY_READERS)
    balance = own.Money(
        seen_by=MONEY_READERS,
        metadata={"description": "Outstanding minus credit; negative if the client has more credit"},
    )


class Balance(Sums):
    client_id = fields.UUID()
    as_of = fields.Date(metadata={"description": "The end of this day in the MSP's time zone"})
    by_currency = fields.List(fields.Nested(Sums()))
    payment_instructions = fields.List(fields.String(), metadata={"description": "How to pay, line by line"})


class Aged(Schema):
    currency = fields.String()
    current = own.Money(seen_by=MONEY_READERS)
    days_1_30 = own.Money(seen_by=MONEY_READERS)
    days_31_60 = own.Money(seen_by=MONEY_READERS)
    days_61_90 = own.Money(seen_by=MONEY_READERS)
    days_over_90 = own.Money(seen_by=MONEY_READERS)
    outstanding = own.Money(seen_by=MONEY_READERS, metadata={"description": "The sum of the open balances"})
    credit = own.Money(seen_by=MONEY_READERS, metadata={"description": "Payments not yet applied to an invoice"})
    total = own.Money(
        seen_by=MONEY_READERS,
        metadata={"description": "Outstanding minus credit; equals the statement's closing balance of that day"},
    )


class Ageing(Schema):
    client_id = fields.UUID()
    as_of = fields.Date()
    by_currency = fields.List(fields.Nested(Aged()))


class AsOfQuery(Schema):
    as_of = own.day(
        load_default=None,
        metadata={"description": "Balance at the end of this day; default: today"},
    )


class Entry(Schema):
    on = fields.Date()
    kind = own.one_of("invoice", "void", "payment")
    id = fields.UUID()
    reference = fields.String()
    amount = own.Money(seen_by=MONEY_READERS)
    balance = own.Money(seen_by=MONEY_READERS)


class Statement(Schema):
    client_id = fields.UUID()
    client_name = fields.String()
    currency = fields.String()
    start = fields.Date(allow_none=True)
    end = fields.Date()
    opening_balance = own.Money(seen_by=MONEY_READERS)
    entries = fields.List(fields.Nested(Entry()))
    closing_balance = own.Money(seen_by=MONEY_READERS)


class StatementQuery(Schema):
    start = own.day(load_default=None)
    end = own.day(load_default=None)
    currency = own.currency(load_default=None, allow_none=True)


BALANCE, AGEING, STATEMENT = Balance(), Ageing(), Statement()
AS_OF_QUERY, STATEMENT_QUERY = AsOfQuery(), StatementQuery()
