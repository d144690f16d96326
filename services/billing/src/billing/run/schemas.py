"""Request and response schemas of invoice runs."""

from marshmallow import Schema, fields, validate

from common import fields as own
from common.jobs import JobRun
from common.tasks.declaring import STATUSES


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
    """A run. `detail.clients` lists each client's invoice and parked items with reasons.

    In a dry run it also contains the lines of each invoice.
    """


class InvoiceRunSummary(JobRun):
    """A run as in the list."""

    class Meta:
        exclude = ("detail",)


class InvoiceRunFilters(Schema):
    dry_run = fields.Boolean()
    status = own.one_of(*STATUSES)


RUN_BODY, INVOICE_RUN = InvoiceRunBody(), InvoiceRun()
RUN_SUMMARY, RUN_FILTERS = InvoiceRunSummary(), InvoiceRunFilters()
