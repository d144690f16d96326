"""Schemas of contacts in the API."""

from marshmallow import Schema, fields

from clients.client.fields import Forgiving, custom_fields
from clients.contact.models import ACTIVE, ARCHIVED
from common import fields as own
from common.audience import seen_by
from common.roles import STAFF


class Contact(Forgiving):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    name = own.text(200, required=True)
    client_name = fields.String(dump_only=True)
    title = own.text(200, allow_none=True, load_default=None)
    department = own.text(100, allow_none=True, load_default=None)
    email = own.Email(allow_none=True, load_default=None)
    phone = own.text(50, allow_none=True, load_default=None)
    extension = own.text(20, allow_none=True, load_default=None)
    phone_display = fields.String(dump_only=True, allow_none=True)
    mobile = own.text(50, allow_none=True, load_default=None)
    mobile_display = fields.String(dump_only=True, allow_none=True)
    location_id = fields.UUID(allow_none=True, load_default=None)
    notes = own.text(10_000, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    custom_fields = custom_fields()
    is_primary_support = fields.Boolean(load_default=False)
    is_technical_support = fields.Boolean(load_default=False)
    is_billing = fields.Boolean(load_default=False)
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ContactPatch(Contact):
    """Any subset of the fields."""


class ContactFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    is_primary_support = fields.Boolean()
    is_technical_support = fields.Boolean()
    is_billing = fields.Boolean()
    location_id = fields.UUID()


class AllContactFilters(ContactFilters):
    client_id = fields.UUID()


CONTACT, CONTACT_PATCH = Contact(), ContactPatch(partial=True)
FILTERS, ALL_FILTERS = ContactFilters(), AllContactFilters()
