"""Schemas of reference lists and checks for forms."""

from marshmallow import Schema, fields, validate

from clients.reference.fields import Country
from common import fields as own


class Choice(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Choices(Schema):
    items = fields.List(fields.Nested(Choice()), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = own.Integer(required=True)


class Currencies(Choices):
    default = fields.String(required=True, metadata={"description": "The MSP's own currency"})


class TimeZone(Choice):
    offset = fields.String(required=True, metadata={"description": "Today's offset from UTC", "example": "-05:00"})


class TimeZones(Choices):
    items = fields.List(fields.Nested(TimeZone()), required=True)


class InCountry(Schema):
    country = Country(required=True)


class AddressFormat(Schema):
    country = fields.String(required=True)
    lines = fields.List(
        fields.List(fields.String()),
        required=True,
        metadata={"description": "Address fields, line by line", "example": [["city", "postal_code"]]},
    )
    required = fields.List(fields.String(), required=True, metadata={"description": "Fields required for postal mail"})
    labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    postal_code_pattern = fields.String(allow_none=True, required=True)
    postal_code_example = fields.String(allow_none=True, required=True)


class EmailsToCheck(Schema):
    emails = own.text(5000, required=True, metadata={"example": "cfo@acme.example, office@acme.example"})


class CheckedEmail(Schema):
    text = fields.String(required=True)
    email = fields.String(allow_none=True, required=True)
    valid = fields.Boolean(required=True)
    duplicate = fields.Boolean(required=True)
    error = fields.String(allow_none=True, required=True)


class CheckedEmails(Schema):
    items = fields.List(fields.Nested(CheckedEmail()), required=True)
    valid = fields.Boolean(required=True, metadata={"description": "Whether the list is valid"})
    too_many = fields.Boolean(required=True)
    most = own.Integer(required=True, validate=validate.Range(min=1))


CHOICES, CURRENCIES, TIME_ZONES = Choices(), Currencies(), TimeZones()
IN_COUNTRY, ADDRESS_FORMAT = InCountry(), AddressFormat()
EMAILS_TO_CHECK, CHECKED_EMAILS = EmailsToCheck(), CheckedEmails()
