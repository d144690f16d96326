"""Tax codes as the public sees them."""

from marshmallow import Schema, fields

from common.http import fields as own


class TaxCode(Schema):
    id = fields.UUID(dump_only=True)
    name = own.text(100, required=True)
    rate_percent = own.Money(required=True, minimum="0", maximum="100")
    inclusive = fields.Boolean(load_default=False)
    status = own.one_of("active", "archived", dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class TaxCodePatch(TaxCode):
    """The same fields, each on its own."""

    status = own.one_of("active", "archived")


class TaxCodeFilters(Schema):
    status = own.one_of("active", "archived")


TAX_CODE, TAX_CODE_PATCH, FILTERS = TaxCode(), TaxCodePatch(partial=True), TaxCodeFilters()
