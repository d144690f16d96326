"""Events about documents of agreements, which belong to the agreement's activity."""

from marshmallow import Schema, fields

from common.events import EventType


class DocumentState(Schema):
    agreement_id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    document_id = fields.UUID()
    document_name = fields.String()
    document_kind = fields.String()
    document_origin = fields.String()
    document_sha256 = fields.String()
    reason = fields.String(allow_none=True)


_STATE = DocumentState()
ADDED = EventType("agreements.agreement.document_added.v1", _STATE, "A document was added to an agreement")
DELETED = EventType("agreements.agreement.document_deleted.v1", _STATE, "A document of an agreement was deleted")
ALL = (ADDED, DELETED)
