"""Schemas of locations in the API."""

from marshmallow import Schema, fields

from clients.client.fields import Forgiving, custom_fields
from clients.location.models import ACTIVE, ARCHIVED
from clients.reference.fields import Country
from common import fields as own
from common.audience import seen_by
from common.roles import STAFF

_SUBDIVISION = {"description": "Province, state, island…: ISO 3166-2 code or name", "example": "CA-BC"}


class Location(Forgiving):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    name = own.text(200, required=True)
    line1 = own.text(200, allow_none=True, load_default=None)
    line2 = own.text(200, allow_none=True, load_default=None)
    city = own.text(100, allow_none=True, load_default=None)
    subdivision = own.text(100, allow_none=True, load_default=None, metadata=_SUBDIVISION)
    subdivision_name = fields.String(dump_only=True, allow_none=True)
    postal_code = own.text(20, allow_none=True, load_default=None)
    country = Country(allow_none=True, load_default=None)
    country_name = fields.String(dump_only=True, allow_none=True)
    formatted = fields.String(dump_only=True, metadata={"description": "The address line by line, as on a letter"})
    phone = own.text(50, allow_none=True, load_default=None)
    phone_display = fields.String(dump_only=True, allow_none=True)
    time_zone = own.time_zone(allow_none=True, load_default=None)
    hours = own.text(500, allow_none=True, load_default=None)
    contact_id = fields.UUID(allow_none=True, load_default=None)
    is_primary = fields.Boolean(load_default=False)
    notes = own.text(10_000, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    custom_fields = custom_fields()
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class LocationPatch(Location):
    """Any subset of the fields."""


class LocationFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    is_primary = fields.Boolean()
    country = Country()
    contact_id = fields.UUID()


LOCATION, LOCATION_PATCH, FILTERS = Location(), LocationPatch(partial=True), LocationFilters()
