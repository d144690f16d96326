"""Schemas of users in the API."""

from marshmallow import Schema, fields, validate

from common import fields as own
from gateway.user.models import ACTIVE, DISABLED
from gateway.user.roles import NAMES


class User(Schema):
    id = fields.UUID(dump_only=True)
    email = own.Email(required=True, validate=validate.Length(max=254))
    name = own.text(200, required=True)
    role = own.one_of(*NAMES, required=True)
    client_id = fields.UUID(load_default=None, allow_none=True, metadata={"description": "For client users only"})
    client_name = fields.String(dump_only=True, allow_none=True)
    status = own.one_of(ACTIVE, DISABLED, dump_only=True)
    last_login_at = fields.DateTime(dump_only=True, allow_none=True)
    password_changed_at = fields.DateTime(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class UserCreate(User):
    password = fields.String(required=True, load_only=True)


class UserPatch(User):
    """Any subset of the fields."""


class UserFilters(Schema):
    role = own.one_of(*NAMES)
    status = own.one_of(ACTIVE, DISABLED)
    client_id = fields.UUID()
    email = fields.String()


class OwnPassword(Schema):
    current_password = fields.String(required=True, validate=validate.Length(1, 1000))
    new_password = fields.String(required=True)


class NewPassword(Schema):
    new_password = fields.String(required=True)


class Role(Schema):
    name = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    scope = own.one_of("msp", "client", required=True)
    includes = fields.List(
        own.one_of(*NAMES), required=True, metadata={"description": "Roles an API key of this user can have"}
    )
    manageable = fields.Boolean(
        required=True, metadata={"description": "Whether the caller may create and change users of this role"}
    )


class RoleList(Schema):
    items = fields.List(fields.Nested(Role()), required=True)


class Operation(Schema):
    name = fields.String(required=True, metadata={"example": "List services"})
    operation = fields.String(required=True, metadata={"example": "listServices"})
    method = fields.String(required=True)
    path = fields.String(required=True)
    changes = fields.Boolean(required=True, metadata={"description": "Whether the operation changes data"})
    roles = fields.List(own.one_of(*NAMES), required=True)


class Area(Schema):
    name = fields.String(required=True)
    description = fields.String(required=True)
    operations = fields.List(fields.Nested(Operation()), required=True)


class Permissions(Schema):
    items = fields.List(fields.Nested(Area()), required=True)


USER, USER_CREATE, USER_PATCH, FILTERS = User(), UserCreate(), UserPatch(partial=True), UserFilters()
OWN_PASSWORD, NEW_PASSWORD, ROLES, PERMISSIONS = OwnPassword(), NewPassword(), RoleList(), Permissions()
