"""Response schemas of deliveries."""

from marshmallow import Schema, fields

from common import fields as own
from notifications.delivery.models import ADDRESSEES, CHANNELS, STATUSES


class Notification(Schema):
    id = fields.UUID(dump_only=True)
    event_id = fields.UUID()
    event_type = fields.String()
    channel = own.one_of(*CHANNELS)
    template = fields.String()
    addressee = own.one_of(*ADDRESSEES)
    recipient = fields.String()
    recipient_name = fields.String()
    cc = fields.List(fields.String())
    subject = fields.String()
    status = own.one_of(*STATUSES)
    attempts = fields.Integer()
    resends = fields.Integer()
    next_attempt_at = fields.DateTime(allow_none=True)
    last_error = fields.String(allow_none=True)
    provider_message_id = fields.String(allow_none=True)
    message_id = fields.String()
    client_id = fields.UUID(allow_none=True)
    client_name = fields.String()
    reference = fields.String()
    reference_id = fields.UUID(allow_none=True)
    sent_at = fields.DateTime(allow_none=True)
    version = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class NotificationContent(Schema):
    """The content as staff see it: links that only their recipient may use are cut off."""

    html = fields.String(attribute="shown_html")
    text = fields.String(attribute="shown_text")


class NotificationAttachment(Schema):
    filename = fields.String()
    media_type = fields.String()
    size = fields.Integer()


class NotificationDetail(Notification):
    """A delivery with its content."""

    content = fields.Nested(NotificationContent())
    attachments = fields.List(fields.Nested(NotificationAttachment()))


class NotificationFilters(Schema):
    status = own.one_of(*STATUSES)
    channel = own.one_of(*CHANNELS)
    client_id = fields.UUID()
    recipient = own.Email()
    event_type = fields.String()
    reference_id = fields.UUID(metadata={"description": "Id of the invoice or agreement"})


NOTIFICATION, DETAIL, FILTERS = Notification(), NotificationDetail(), NotificationFilters()
