"""Schemas of clients in the API."""

from datetime import UTC
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, post_load, validate

from clients.client.fields import (
    EmailList,
    Forgiving,
    HourlyRate,
    TagNames,
    WebAddress,
    custom_fields,
)
from clients.client.filtering import CUSTOM
from clients.client.models import ACTIVE, LEAD, STATUSES
from clients.reference.fields import Country
from clients.tag.fields import TagFilter
from common import fields as own
from common.audience import seen_by
from common.organisation.settings import ALL, NONE, SET
from common.roles import MONEY_READERS, STAFF

PREFIX = "cf_"
TERMS = validate.Range(0, 365)


class PrimaryContact(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(allow_none=True, required=True)
    phone = fields.String(allow_none=True, required=True)
    phone_display = fields.String(allow_none=True, required=True)


class PrimaryLocation(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    city = fields.String(allow_none=True, required=True)
    subdivision_name = fields.String(allow_none=True, required=True)
    country = fields.String(allow_none=True, required=True)
    formatted = fields.String(required=True)


class Client(Forgiving):
    id = fields.UUID(dump_only=True)
    name = own.text(200, required=True)
    abbreviation = own.text(20, allow_none=True, load_default=None)
    status = own.one_of(*STATUSES, dump_only=True)
    website = WebAddress(allow_none=True, load_default=None)
    phone = own.text(50, allow_none=True, load_default=None)
    phone_display = fields.String(dump_only=True, allow_none=True)
    industry = own.text(100, allow_none=True, load_default=None)
    referral_source = own.text(100, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    tags = TagNames(load_default=list, metadata=seen_by(STAFF))
    custom_fields = custom_fields()
    currency = own.currency()
    net_terms = own.Integer(strict=True, validate=TERMS)
    tax_id = own.text(100, allow_none=True, load_default=None)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    hourly_rate = HourlyRate(
        seen_by=MONEY_READERS,
        load_default=None,
        metadata={"description": "Flat rate for all labor; 0.00 or null: no flat rate"},
    )
    country = Country(allow_none=True, load_default=None)
    country_name = fields.String(dump_only=True, allow_none=True)
    time_zone = own.time_zone(allow_none=True, load_default=None)
    locale = own.Language(allow_none=True, load_default=None)
    notes = own.text(10_000, allow_none=True, load_default=None, metadata=seen_by(STAFF))
    billing_contact_name = own.text(200, allow_none=True, load_default=None)
    billing_email = own.Email(allow_none=True, load_default=None)
    billing_cc_emails = EmailList(load_default=list)
    billing_location_id = fields.UUID(
        allow_none=True,
        load_default=None,
        metadata={"description": "Location whose address is on invoices; null: the primary location"},
    )
    primary_support_contact_id = fields.UUID(allow_none=True)
    primary_support_contact = fields.Nested(PrimaryContact(), dump_only=True, allow_none=True)
    primary_location_id = fields.UUID(dump_only=True, allow_none=True)
    primary_location = fields.Nested(PrimaryLocation(), dump_only=True, allow_none=True)
    invoice_email = fields.String(dump_only=True, allow_none=True)
    service_set_id = fields.UUID(allow_none=True, load_default=None)
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    merged_into_id = fields.UUID(dump_only=True, allow_none=True)
    version = own.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ClientCreate(Client):
    currency = own.currency(load_default=None, allow_none=True)
    net_terms = own.Integer(strict=True, load_default=None, validate=TERMS)
    inherit_services = own.one_of(ALL, NONE, SET, load_only=True, allow_none=True, load_default=None)
    status = own.one_of(LEAD, ACTIVE, load_default=ACTIVE)


class ClientPatch(ClientCreate):
    """The same fields, each on its own; archiving has an address of its own, and a card begins only once."""

    class Meta:
        exclude = ("inherit_services", "service_set_id")

    currency = own.currency()
    net_terms = own.Integer(strict=True, validate=TERMS)
    time_zone = own.time_zone()
    locale = own.Language()


class ClientFilters(Schema):
    """Beside these a parameter `cf_<key>` for every custom field: `cf_contract_number=A-17`."""

    class Meta:
        unknown = INCLUDE

    status = own.one_of(*STATUSES)
    currency = own.currency()
    country = Country()
    industry = fields.String()
    tag = TagFilter()
    technician_id = fields.UUID(metadata={"description": "The user assigned to the client"})
    tax_code_id = fields.UUID()
    has_open_rate_reviews = fields.Boolean(metadata=seen_by(STAFF))
    created_at_gte = fields.AwareDateTime(default_timezone=UTC)
    created_at_lte = fields.AwareDateTime(default_timezone=UTC)
    updated_at_gte = fields.AwareDateTime(default_timezone=UTC)
    updated_at_lte = fields.AwareDateTime(default_timezone=UTC)

    @post_load
    def _custom_fields(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        rest = {name: value for name, value in data.items() if name not in self.fields}
        errors = {name: ["Unknown field."] for name in rest if not name.startswith(PREFIX)}
        if errors:
            raise ValidationError(errors)
        known = {name: value for name, value in data.items() if name in self.fields}
        answers = {name.removeprefix(PREFIX): value for name, value in rest.items()}
        return known | ({CUSTOM: answers} if answers else {})


CLIENT, CLIENT_CREATE, CLIENT_PATCH = Client(), ClientCreate(), ClientPatch(partial=True)
FILTERS = ClientFilters()
