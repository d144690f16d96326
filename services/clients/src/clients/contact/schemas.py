"""Contacts as the public sees them."""

from marshmallow import Schema, fields

from clients.client.fields import Forgiving
from clients.contact import phones
from clients.contact.models import ACTIVE, ARCHIVED
from common.http import fields as own


class Contact(Forgiving):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    name = own.text(200, required=True)
    title = own.text(200, allow_none=True, load_default=None)
    email = own.Email(allow_none=True, load_default=None)
    phone = own.text(50, allow_none=True, load_default=None)
    phone_display = fields.Function(lambda contact: phones.display(contact.phone), dump_only=True)
    notes = own.text(10_000, allow_none=True, load_default=None)
    is_primary_support = fields.Boolean(load_default=False)
    is_technical_support = fields.Boolean(load_default=False)
    is_billing = fields.Boolean(load_default=False)
    status = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ContactPatch(Contact):
    """The same fields, each on its own."""


class ContactFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    is_primary_support = fields.Boolean()
    is_technical_support = fields.Boolean()
    is_billing = fields.Boolean()


CONTACT, CONTACT_PATCH, FILTERS = Contact(), ContactPatch(partial=True), ContactFilters()
