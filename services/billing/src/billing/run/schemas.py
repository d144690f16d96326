"""Invoice runs as the public sees them."""

from marshmallow import Schema, fields, validate

from common.http import fields as own
from common.jobs import JobRun


class InvoiceRunBody(Schema):
    as_of = own.day(load_default=None, allow_none=True)
    client_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, 10_000, error="1 to 10,000 ids.")
    )
    exclude_client_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=10_000, error="At most 10,000.")
    )
    dry_run = fields.Boolean(load_default=False)


class InvoiceRun(JobRun):
    """A run. `detail.clients` names each client's invoice and what was parked, and why; a dry run's shows the lines
    of each invoice it would make."""


class InvoiceRunSummary(JobRun):
    """A run as the list shows it."""

    class Meta:
        exclude = ("detail",)


class InvoiceRunFilters(Schema):
    dry_run = fields.Boolean()
    status = own.one_of("running", "succeeded", "failed")


RUN_BODY, INVOICE_RUN = InvoiceRunBody(), InvoiceRun()
RUN_SUMMARY, RUN_FILTERS = InvoiceRunSummary(), InvoiceRunFilters()
