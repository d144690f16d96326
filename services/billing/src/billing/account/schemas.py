"""Balances as the public sees them."""

from marshmallow import Schema, fields

from common.http import fields as own


class Sums(Schema):
    currency = fields.String()
    outstanding = own.Money()
    overdue = own.Money()
    credit = own.Money()
    balance = own.Money(metadata={"description": "Outstanding less credit: negative when the client is ahead"})


class Balance(Sums):
    client_id = fields.UUID()
    by_currency = fields.List(fields.Nested(Sums()))


class Aged(Schema):
    currency = fields.String()
    current = own.Money()
    days_1_30 = own.Money()
    days_31_60 = own.Money()
    days_61_90 = own.Money()
    days_over_90 = own.Money()
    total = own.Money()


class Ageing(Schema):
    client_id = fields.UUID()
    as_of = fields.Date()
    by_currency = fields.List(fields.Nested(Aged()))


class AgeingQuery(Schema):
    as_of = own.day(load_default=None)


class Entry(Schema):
    on = fields.Date()
    kind = own.one_of("invoice", "payment")
    id = fields.UUID()
    reference = fields.String()
    amount = own.Money()
    balance = own.Money()


class Statement(Schema):
    client_id = fields.UUID()
    client_name = fields.String()
    currency = fields.String()
    start = fields.Date(allow_none=True)
    end = fields.Date()
    opening_balance = own.Money()
    entries = fields.List(fields.Nested(Entry()))
    closing_balance = own.Money()


class StatementQuery(Schema):
    start = own.day(load_default=None)
    end = own.day(load_default=None)


BALANCE, AGEING, STATEMENT = Balance(), Ageing(), Statement()
AGEING_QUERY, STATEMENT_QUERY = AgeingQuery(), StatementQuery()
