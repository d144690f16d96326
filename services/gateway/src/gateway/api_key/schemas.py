"""Schemas of API keys in the API."""

from marshmallow import Schema, fields

from common import fields as own
from common.audience import seen_by
from common.roles import EVERYONE
from gateway.user.roles import NAMES


class ApiKey(Schema):
    id = fields.UUID(dump_only=True)
    user_id = fields.UUID(dump_only=True)
    user_name = fields.String(dump_only=True)
    name = own.text(100, required=True)
    prefix = fields.String(dump_only=True)
    role = own.one_of(
        *NAMES, load_default=None, allow_none=True, metadata={"description": "Default: your own role; can't exceed it"}
    )
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    revoked_at = fields.DateTime(dump_only=True, allow_none=True)
    last_used_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class NewApiKey(ApiKey):
    key = fields.String(dump_only=True, metadata=seen_by(EVERYONE, description="Shown only once, to its owner"))


class ApiKeyPatch(Schema):
    name = own.text(100, required=True)


class ApiKeyFilters(Schema):
    scope = own.one_of("own", "all", metadata={"description": "`all` is for administrators"})
    user_id = fields.UUID()
    active = fields.Boolean()


API_KEY, NEW_API_KEY, API_KEY_PATCH = ApiKey(), NewApiKey(), ApiKeyPatch(partial=True)
FILTERS = ApiKeyFilters()
