"""Schemas of tax codes in the API."""

from marshmallow import Schema, fields, validate

from common import fields as own

MOST_COMPONENTS = 10


class TaxComponent(Schema):
    """A tax of a code with several. A compound tax is charged on the amount and on the taxes before it."""

    name = own.text(100, required=True)
    rate_percent = own.Percent(required=True, minimum="0", maximum="100")
    compound = fields.Boolean(load_default=False)


class TaxCode(Schema):
    id = fields.UUID(dump_only=True)
    name = own.text(100, required=True)
    code = own.text(30, allow_none=True, load_default=None)
    description = own.text(2000, allow_none=True, load_default=None)
    rate_percent = own.Percent(
        minimum="0",
        maximum="100",
        allow_none=True,
        load_default=None,
        metadata={"description": "Leave out if there are components; it's then calculated from them"},
    )
    inclusive = fields.Boolean(load_default=False)
    exempt = fields.Boolean(load_default=False)
    exempt_reason = own.text(300, allow_none=True, load_default=None, metadata={"description": "Printed on invoices"})
    components = fields.List(
        own.Whole(TaxComponent()),
        load_default=list,
        validate=validate.Length(max=MOST_COMPONENTS, error=f"At most {MOST_COMPONENTS} components."),
    )
    status = own.one_of("active", "archived", dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class TaxCodePatch(TaxCode):
    """Any subset of the fields."""

    status = own.one_of("active", "archived")


class TaxCodeFilters(Schema):
    status = own.one_of("active", "archived")
    exempt = fields.Boolean()
    inclusive = fields.Boolean()


TAX_CODE, TAX_CODE_PATCH, FILTERS = TaxCode(), TaxCodePatch(partial=True), TaxCodeFilters()
