"""Request and response schemas of invoice runs."""

from marshmallow import Schema, fields, validate

from billing.run.commands import NewRun
from common import fields as own
from common.commands import CommandSchema
from common.jobs import JobRun
from common.roles import MONEY_READERS
from common.tasks.declaring import STATUSES


class InvoiceRunBody(CommandSchema):
    command = NewRun

    as_of = own.day(load_default=None, allow_none=True)
    client_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, 10_000, error="1 to 10,000 ids.")
    )
    exclude_client_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=10_000, error="At most 10,000.")
    )
    dry_run = fields.Boolean(load_default=False)


class RunLine(Schema):
    description = fields.String()
    quantity = own.Number()
    unit_rate = own.Money(seen_by=MONEY_READERS)
    rate_source = fields.String(allow_none=True)
    amount = own.Money(seen_by=MONEY_READERS)


class RunTax(Schema):
    name = fields.String()
    amount = own.Money(seen_by=MONEY_READERS)


class RunClient(Schema):
    """One client's invoice, and its parked items with reasons. Sums are null without an invoice."""

    client_id = fields.UUID()
    client_name = fields.String(allow_none=True)
    warnings = fields.List(fields.String())
    items = fields.Integer()
    parked = fields.List(fields.String())
    parked_items = fields.Integer()
    skipped = fields.String(allow_none=True)
    invoice_id = fields.UUID(allow_none=True)
    number = fields.String(allow_none=True)
    currency = fields.String(allow_none=True, dump_default=None)
    subtotal = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None)
    tax_total = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None)
    total = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None)
    taxes = fields.List(
        fields.Nested(RunTax()), allow_none=True, dump_default=None, metadata={"description": "Of a dry run"}
    )
    lines = fields.List(
        fields.Nested(RunLine()), allow_none=True, dump_default=None, metadata={"description": "Of a dry run"}
    )


class RunDetail(Schema):
    clients = fields.List(fields.Nested(RunClient()), allow_none=True, dump_default=None)
    warnings = fields.List(fields.String(), allow_none=True, dump_default=None)
    error = fields.String(allow_none=True, dump_default=None, metadata={"description": "Why the run failed"})


class InvoiceRun(JobRun):
    """A run with what became of each client."""

    detail = fields.Nested(RunDetail(), allow_none=True)  # type: ignore[assignment]  # narrower than any job's


class InvoiceRunSummary(JobRun):
    """A run as in the list."""

    class Meta:
        exclude = ("detail",)


class InvoiceRunFilters(Schema):
    dry_run = fields.Boolean()
    status = own.one_of(*STATUSES)


RUN_BODY, INVOICE_RUN = InvoiceRunBody(), InvoiceRun()
RUN_SUMMARY, RUN_FILTERS = InvoiceRunSummary(), InvoiceRunFilters()
