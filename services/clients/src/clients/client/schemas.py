"""Clients as the public sees them."""

from marshmallow import Schema, fields, validate

from clients.client.fields import Country, EmailList, Forgiving, Language, time_zone
from clients.client.models import ACTIVE, LEAD, STATUSES
from clients.reference.countries import country_name
from common.http import fields as own


class Client(Forgiving):
    id = fields.UUID(dump_only=True)
    name = own.text(200, required=True)
    status = own.one_of(LEAD, ACTIVE, load_default=ACTIVE)
    currency = own.currency(load_default=None, allow_none=True)
    net_terms = fields.Integer(strict=True, load_default=30, validate=validate.Range(0, 365))
    tax_id = own.text(100, allow_none=True, load_default=None)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    hourly_rate = own.Money(allow_none=True, load_default=None, minimum="0")
    country = Country(allow_none=True, load_default=None)
    country_name = fields.Function(lambda client: country_name(client.country), dump_only=True)
    time_zone = time_zone(allow_none=True, load_default=None)
    locale = Language(allow_none=True, load_default=None)
    notes = own.text(10_000, allow_none=True, load_default=None)
    billing_contact_name = own.text(200, allow_none=True, load_default=None)
    billing_email = own.Email(allow_none=True, load_default=None)
    billing_cc_emails = EmailList(load_default=list)
    primary_support_contact_id = fields.UUID(allow_none=True)
    invoice_email = fields.String(dump_only=True, allow_none=True)
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ClientPatch(Client):
    """The same fields, each on its own; archiving has an address of its own."""

    currency = own.currency()
    time_zone = time_zone()
    locale = Language()


class ClientFilters(Schema):
    status = own.one_of(*STATUSES)
    currency = own.currency()
    country = Country()


CLIENT, CLIENT_PATCH, FILTERS = Client(), ClientPatch(partial=True), ClientFilters()
