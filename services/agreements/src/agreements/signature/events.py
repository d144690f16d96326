"""Events about signatures, which belong to the agreement's activity."""

from marshmallow import Schema, fields

from common.blobs.files import FileClaim
from common.events import EventType


class SignatureState(Schema):
    """`signed_document`: the PDF with its certificate. Without the signer's address, which stays with the signature."""

    agreement_id = fields.UUID()
    number = fields.String()
    agreement_name = fields.String()
    client_id = fields.UUID()
    signature_id = fields.UUID()
    document_name = fields.String()
    document_sha256 = fields.String()
    signer_name = fields.String()
    signer_email = fields.String()
    message = fields.String(allow_none=True)
    expires_at = fields.DateTime()
    requested_by_id = fields.String()
    requested_by_name = fields.String()
    signature_status = fields.String()
    signed_name = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    signed_document = fields.Nested(FileClaim(), allow_none=True)
    activation_problem = fields.String(allow_none=True)


_STATE = SignatureState()
REQUESTED = EventType("agreements.agreement.signature_requested.v1", _STATE, "A document was sent for signature")
SIGNED = EventType("agreements.agreement.signed.v1", _STATE, "A document of an agreement was signed")
DECLINED = EventType("agreements.agreement.signature_declined.v1", _STATE, "The signer declined to sign")
REVOKED = EventType("agreements.agreement.signature_revoked.v1", _STATE, "A request for a signature was revoked")
ALL = (REQUESTED, SIGNED, DECLINED, REVOKED)
