"""Handles events from billing: an invoice's PDF is ready to send."""

from typing import Any

from marshmallow import fields

from common import fields as own
from common.blobs.files import File, FileClaim
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork
from notifications.notice import invoice

handlers = Handlers()


class DocumentReady(Reader):
    invoice_id = fields.UUID(required=True)
    number = fields.String(required=True)
    client_id = fields.UUID(required=True)
    client_name = fields.String(required=True)
    balance = own.Money(load_default=None, allow_none=True)
    total_display = fields.String(required=True)
    invoice_total_display = fields.String(load_default=None, allow_none=True)
    paid_display = fields.String(load_default=None, allow_none=True)
    due_on = fields.Date(required=True)
    document = fields.Nested(FileClaim(), required=True)


@handlers.handles(invoice.EVENT, reader=DocumentReady())
def on_document_ready(work: UnitOfWork, data: dict[str, Any]) -> None:
    invoice.send(work, **{**data, "document": File.claimed("billing", data["document"])})
