"""Request and response schemas of documents of agreements."""

from marshmallow import Schema, fields

from agreements.document.keeping import Deletion
from agreements.document.models import CONTRACT, KINDS, ORIGINS
from common import fields as own
from common.commands import CommandSchema


class AgreementDocument(Schema):
    """`sha256`: the hash of the file, which a signature names."""

    id = fields.UUID()
    agreement_id = fields.UUID()
    name = fields.String()
    kind = own.one_of(*KINDS)
    origin = own.one_of(*ORIGINS)
    media_type = fields.String()
    size = fields.Integer(metadata={"description": "Bytes"})
    sha256 = fields.String()
    added_by_name = fields.String()
    created_at = fields.DateTime()
    version = fields.Integer()


class DocumentFilters(Schema):
    kind = own.one_of(*KINDS)


class DocumentQuery(Schema):
    name = own.text(200, required=True, metadata={"example": "contract.pdf"})
    kind = own.one_of(*KINDS, load_default=CONTRACT)


class DocumentDeletion(CommandSchema):
    command = Deletion

    reason = own.text(500, required=True)


DOCUMENT, FILTERS, UPLOAD, DELETION = AgreementDocument(), DocumentFilters(), DocumentQuery(), DocumentDeletion()
