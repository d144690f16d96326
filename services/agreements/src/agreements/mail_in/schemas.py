"""Request and response schemas of emails that came in."""

from marshmallow import Schema, fields

from agreements.mail_in.models import STATUSES
from agreements.mail_in.sorting import Assignment
from common import fields as own
from common.commands import CommandSchema


class IncomingEmail(Schema):
    """`status`: `order` and `note` name the work order; otherwise `reason` says why there is none."""

    id = fields.UUID()
    sender = fields.String()
    sender_name = fields.String()
    subject = fields.String()
    text = fields.String(metadata={"description": "Without the history that it quotes"})
    size = fields.Integer(metadata={"description": "Bytes"})
    status = own.one_of(*STATUSES)
    reason = fields.String(allow_none=True)
    work_order_id = fields.UUID(allow_none=True)
    work_order_number = fields.String(allow_none=True)
    version = fields.Integer()
    created_at = fields.DateTime()


class IncomingEmailFilters(Schema):
    status = own.one_of(*STATUSES)


class EmailAssignment(CommandSchema):
    command = Assignment

    client_id = fields.UUID(required=True)


class Mailbox(Schema):
    """`polled_at` is the last time that the mailbox could be read; `error` says why it cannot be read now."""

    configured = fields.Boolean()
    name = fields.String(allow_none=True)
    polled_at = fields.DateTime(allow_none=True)
    error = fields.String(allow_none=True)
    failing_since = fields.DateTime(allow_none=True)


INCOMING_EMAIL, INCOMING_EMAIL_FILTERS = IncomingEmail(), IncomingEmailFilters()
EMAIL_ASSIGNMENT, MAILBOX = EmailAssignment(), Mailbox()
