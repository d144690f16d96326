"""Handles events from agreements: low hours, coming ends, signatures and notes on work orders."""

from typing import Any

from marshmallow import fields

from common import fields as own
from common.blobs.files import File, FileClaim
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork
from notifications.notice import expiring, hours, signature, work_note, work_target

handlers = Handlers()


class HoursLow(Reader):
    agreement_id = fields.UUID(required=True)
    number = fields.String(required=True)
    client_id = fields.UUID(required=True)
    name = fields.String(required=True)
    total_hours = fields.Decimal(required=True)
    hours_remaining = fields.Decimal(required=True)
    remaining_percent = fields.Decimal(required=True)
    audience = own.one_of(*hours.AUDIENCES, required=True)


@handlers.handles(hours.EVENT, reader=HoursLow())
def on_hours_low(work: UnitOfWork, data: dict[str, Any]) -> None:
    hours.warn(work, **data)


class Expiring(Reader):
    agreement_id = fields.UUID(required=True)
    number = fields.String(required=True)
    client_id = fields.UUID(required=True)
    name = fields.String(required=True)
    end_date = fields.Date(required=True)
    days_left = fields.Integer(required=True)
    auto_renew = fields.Boolean(required=True)
    renewal_id = fields.UUID(required=True, allow_none=True)
    renewal_number = fields.String(required=True, allow_none=True)


@handlers.handles(expiring.EVENT, reader=Expiring())
def on_expiring(work: UnitOfWork, data: dict[str, Any]) -> None:
    expiring.remind(work, **data)


class OfSignature(Reader):
    agreement_id = fields.UUID(required=True)
    number = fields.String(required=True)
    agreement_name = fields.String(required=True)
    client_id = fields.UUID(required=True)
    document_name = fields.String(required=True)
    signer_name = fields.String(required=True)


class SignatureRequested(OfSignature):
    signature_id = fields.UUID(required=True)
    signer_email = fields.String(required=True)
    message = fields.String(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True)
    requested_by_name = fields.String(required=True)


@handlers.handles(signature.REQUESTED, reader=SignatureRequested())
def on_signature_requested(work: UnitOfWork, data: dict[str, Any]) -> None:
    signature.ask(work, **data)


class DocumentSigned(OfSignature):
    signer_email = fields.String(required=True)
    signed_name = fields.String(required=True)
    requested_by_id = fields.String(required=True)
    signed_document = fields.Nested(FileClaim(), required=True)
    activation_problem = fields.String(required=True, allow_none=True)


@handlers.handles(signature.SIGNED, reader=DocumentSigned())
def on_signed(work: UnitOfWork, data: dict[str, Any]) -> None:
    signature.confirm(work, **{**data, "signed_document": File.claimed("agreements", data["signed_document"])})


class SignatureRevoked(OfSignature):
    signer_email = fields.String(required=True)


@handlers.handles(signature.REVOKED, reader=SignatureRevoked())
def on_signature_revoked(work: UnitOfWork, data: dict[str, Any]) -> None:
    signature.revoke(work, **data)


class SignatureDeclined(OfSignature):
    requested_by_id = fields.String(required=True)
    reason = fields.String(required=True)


@handlers.handles(signature.DECLINED, reader=SignatureDeclined())
def on_signature_declined(work: UnitOfWork, data: dict[str, Any]) -> None:
    signature.decline(work, **data)


class NoteAdded(Reader):
    work_order_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    work_order_subject = fields.String(required=True)
    client_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True, allow_none=True)
    technician_id = fields.UUID(required=True, allow_none=True)
    visible = fields.Boolean(required=True)
    by_client = fields.Boolean(required=True)
    author_id = fields.String(required=True)
    author_name = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    files = fields.List(fields.String(), load_default=list)


@handlers.handles(work_note.EVENT, reader=NoteAdded())
def on_note(work: UnitOfWork, data: dict[str, Any]) -> None:
    work_note.tell(work, **data)


class TargetPassed(Reader):
    work_order_id = fields.UUID(required=True)
    number = fields.String(required=True)
    subject = fields.String(required=True)
    client_id = fields.UUID(required=True)
    priority = fields.String(required=True)
    technician_id = fields.UUID(required=True, allow_none=True)
    target = fields.String(required=True)
    due_at = fields.DateTime(required=True, allow_none=True)


@handlers.handles(work_target.DUE_SOON, reader=TargetPassed())
def on_due_soon(work: UnitOfWork, data: dict[str, Any]) -> None:
    work_target.warn(work, event=work_target.DUE_SOON, **data)


@handlers.handles(work_target.BREACHED, reader=TargetPassed())
def on_breached(work: UnitOfWork, data: dict[str, Any]) -> None:
    work_target.warn(work, event=work_target.BREACHED, **data)
