"""Schemas of sign-in and sessions in the API."""

from marshmallow import Schema, fields, validate

from common import fields as own
from common.audience import seen_by
from common.roles import EVERYONE, VISITORS
from gateway.user import grants


class Login(Schema):
    email = own.text(254, required=True)
    password = fields.String(required=True, validate=validate.Length(1, 1000))
    otp = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=20))


class Refresh(Schema):
    refresh_token = fields.String(required=True, validate=validate.Length(1, 200))


class SignedInUser(Schema):
    id = fields.UUID(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    client_id = fields.UUID(required=True, allow_none=True)
    scope = own.one_of("msp", "client", required=True)
    time_zone = fields.String(required=True, metadata={"description": "The MSP's time zone"})
    permissions = fields.List(
        own.one_of(*grants.NAMES), required=True, metadata={"description": "What pages may offer this user"}
    )


class SignedIn(Schema):
    """The tokens answer whoever proved a password or a refresh token."""

    access_token = fields.String(required=True, metadata=seen_by(VISITORS))
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds"})
    refresh_token = fields.String(required=True, metadata=seen_by(VISITORS))
    user = fields.Nested(SignedInUser(), required=True)


class Me(Schema):
    user = fields.Nested(SignedInUser(), required=True)
    csrf_token = fields.String(
        required=True,
        allow_none=True,
        metadata=seen_by(EVERYONE, description="Value for X-CSRF-Token; null without a session cookie"),
    )


class Session(Schema):
    id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    user_name = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    last_seen_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    ended_why = fields.String(required=True, allow_none=True)
    address = fields.String(required=True)
    user_agent = fields.String(required=True)
    current = fields.Boolean(required=True)


class SessionFilters(Schema):
    scope = own.one_of("own", "all", metadata={"description": "`all` is for administrators"})
    user_id = fields.UUID()
    active = fields.Boolean()


LOGIN, REFRESH, SIGNED_IN, ME = Login(), Refresh(), SignedIn(), Me()
SESSION, SESSION_FILTERS = Session(), SessionFilters()
