"""Events about deliveries."""

from marshmallow import Schema, fields

from common.events import EventType


class DeliveryState(Schema):
    id = fields.UUID()
    event_type = fields.String()
    channel = fields.String()
    recipient = fields.String()
    subject = fields.String()
    status = fields.String()
    attempts = fields.Integer()
    error = fields.String(attribute="last_error", allow_none=True)
    version = fields.Integer()


SENT = EventType("notifications.delivery.sent.v1", DeliveryState(), "A message was accepted by the mail server")
FAILED = EventType(
    "notifications.delivery.failed.v1", DeliveryState(), "A message failed permanently or had no recipient"
)

ALL = (SENT, FAILED)
