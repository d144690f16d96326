"""Schemas of assets in the API."""

from marshmallow import Schema, fields

from clients.asset.fields import Attributes, IpAddress, MacAddress
from clients.asset.models import ACTIVE, IN_USE, KINDS, STATUSES
from clients.client.fields import Forgiving, custom_fields
from common import fields as own
from common.audience import seen_by
from common.roles import STAFF


class Asset(Forgiving):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    client_name = fields.String(dump_only=True)
    name = own.text(200, required=True)
    kind = own.one_of(*KINDS, load_default="other")
    make = own.text(100, allow_none=True, load_default=None)
    model = own.text(100, allow_none=True, load_default=None)
    serial_number = own.text(100, allow_none=True, load_default=None)
    os = own.text(100, allow_none=True, load_default=None)
    location_id = fields.UUID(allow_none=True, load_default=None)
    contact_id = fields.UUID(allow_none=True, load_default=None)
    purchased_on = own.day(allow_none=True, load_default=None)
    warranty_until = own.day(allow_none=True, load_default=None)
    expires_on = own.day(allow_none=True, load_default=None)
    ip_address = IpAddress(allow_none=True, load_default=None)
    mac_address = MacAddress(allow_none=True, load_default=None)
    attributes = Attributes(keys=fields.String(), load_default=dict)
    custom_fields = custom_fields()
    notes = own.text(10_000, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    status = own.one_of(*STATUSES, dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class AssetCreate(Asset):
    status = own.one_of(*IN_USE, load_default=ACTIVE)


class AssetPatch(AssetCreate):
    """Any subset of the fields."""


class AssetFilters(Schema):
    kind = own.one_of(*KINDS)
    status = own.one_of(*STATUSES)
    location_id = fields.UUID()
    contact_id = fields.UUID()
    warranty_until_gte = own.day()
    warranty_until_lte = own.day()
    expires_on_gte = own.day()
    expires_on_lte = own.day()


class AllAssetFilters(AssetFilters):
    client_id = fields.UUID()


ASSET, ASSET_CREATE, ASSET_PATCH = Asset(), AssetCreate(), AssetPatch(partial=True)
FILTERS, ALL_FILTERS = AssetFilters(), AllAssetFilters()
