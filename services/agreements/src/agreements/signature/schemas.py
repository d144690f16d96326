"""Request and response schemas of signatures."""

from marshmallow import Schema, fields, validate

from agreements.signature.models import STATUSES
from agreements.signature.requesting import VALID_DAYS, NewSignature, Revocation
from agreements.signature.signing import Consent, Link, Refusal
from common import fields as own
from common.commands import CommandSchema


class AgreementSignature(Schema):
    """A document that was sent to one person to sign. `address` is where the signer's answer came from."""

    id = fields.UUID()
    agreement_id = fields.UUID()
    document_id = fields.UUID()
    document_name = fields.String()
    document_sha256 = fields.String()
    signer_name = fields.String()
    signer_email = fields.String()
    message = fields.String(allow_none=True)
    activates = fields.Boolean(metadata={"description": "Whether signing activates the draft"})
    status = own.one_of(*STATUSES)
    expires_at = fields.DateTime()
    requested_by_name = fields.String()
    closed_at = fields.DateTime(allow_none=True)
    signed_name = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    signed_document_id = fields.UUID(allow_none=True)
    created_at = fields.DateTime()
    version = fields.Integer()


class SignatureRequest(CommandSchema):
    command = NewSignature

    document_id = fields.UUID(required=True)
    signer_name = own.text(200, required=True)
    signer_email = own.Email(required=True)
    message = own.text(2000, allow_none=True, load_default=None)
    activates = fields.Boolean(load_default=False)
    valid_days = own.Integer(
        load_default=VALID_DAYS,
        strict=True,
        validate=validate.Range(1, 90, error="Choose 1 to 90 days."),
        metadata={"description": "Days until the link expires"},
    )


class SignatureRevocation(CommandSchema):
    command = Revocation

    reason = own.text(500, required=True)


TOKEN = {"description": "The part of the link's address after #"}


def token() -> fields.String:
    return own.text(200, required=True, metadata=TOKEN)


class SigningLink(CommandSchema):
    command = Link

    token = token()


class SigningConsent(CommandSchema):
    """`name`: as the signer types it. `consent` must be true."""

    command = Consent

    token = token()
    name = own.text(200, required=True)
    consent = fields.Boolean(required=True)


class SigningRefusal(CommandSchema):
    command = Refusal

    token = token()
    reason = own.text(2000, required=True)


class Signing(Schema):
    """What a signer sees of a request."""

    status = own.one_of(*STATUSES)
    company = fields.String()
    number = fields.String()
    agreement_name = fields.String()
    client_name = fields.String()
    document_name = fields.String()
    document_size = fields.Integer(metadata={"description": "Bytes"})
    document_sha256 = fields.String()
    signer_name = fields.String()
    message = fields.String(allow_none=True)
    requested_by_name = fields.String()
    expires_at = fields.DateTime()
    signed_name = fields.String(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    consent_text = fields.String()


SIGNATURE, REQUEST, REVOCATION = AgreementSignature(), SignatureRequest(), SignatureRevocation()
LINK, CONSENT, REFUSAL, SIGNING = SigningLink(), SigningConsent(), SigningRefusal(), Signing()
