"""Schemas of technician assignments in the API."""

from marshmallow import Schema, fields


class Technician(Schema):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    user_id = fields.UUID(required=True)
    name = fields.String(dump_only=True, allow_none=True)
    email = fields.String(dump_only=True, allow_none=True)
    active = fields.Boolean(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


TECHNICIAN = Technician()
