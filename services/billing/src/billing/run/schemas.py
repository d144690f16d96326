"""Invoice runs as the public sees them."""

from marshmallow import Schema, fields, validate

from common.http import fields as own
from common.jobs import JobRun


class InvoiceRunBody(Schema):
    as_of = own.day(load_default=None, allow_none=True)
    client_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, 10_000, error="1 to 10,000 ids.")
    )
    dry_run = fields.Boolean(load_default=False)


class InvoiceRun(JobRun):
    """A run with what it made; a dry run's `detail` shows each invoice it would make."""


RUN_BODY, INVOICE_RUN = InvoiceRunBody(), InvoiceRun()
