"""Handles events from billing: an invoice's PDF is ready to send."""

import binascii
from base64 import b64decode
from typing import Any

from marshmallow import ValidationError, fields

from common.events import Reader
from common.handlers import Handlers
from common.http import fields as own
from common.uow import UnitOfWork
from notifications.notice import invoice

handlers = Handlers()


class Base64(fields.Field[bytes]):
    """A file, encoded in JSON as base64."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bytes:
        try:
            return b64decode(value, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise ValidationError(f"Not base64: {error}") from error


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
    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = Base64(required=True, data_key="content_base64")


@handlers.handles(invoice.EVENT, reader=DocumentReady())
def on_document_ready(work: UnitOfWork, data: dict[str, Any]) -> None:
    invoice.send(work, **data)
