"""HTTP routes for documents of agreements."""

from typing import Any
from uuid import UUID

from flask import Response

from agreements.document import keeping, queries
from agreements.document.keeping import Deletion
from agreements.document.queries import Shown
from agreements.document.schemas import DELETION, DOCUMENT, FILTERS, UPLOAD
from common.blobs import files
from common.http.files import respond
from common.http.routes import Routes
from common.http.uploads import ANY
from common.pages import Page
from common.roles import BILLING_READERS, MANAGERS
from common.uow import UnitOfWork

routes = Routes("agreement-documents", "Documents of agreements: contracts, amendments, correspondence")

ALL = "/agreements/<uuid:agreement_id>/documents"
ONE = f"{ALL}/<uuid:document_id>"


@routes.list(ALL, "listAgreementDocuments", returns=DOCUMENT, filters=FILTERS, roles=BILLING_READERS)
def list_documents(work: UnitOfWork, page: Page, agreement_id: UUID) -> dict[str, Any]:
    """Lists documents, newest first."""
    return queries.page_of_documents(work, agreement_id, page)


@routes.upload(
    ALL, "addAgreementDocument", query=UPLOAD, returns=DOCUMENT, roles=MANAGERS, media_types=(ANY,), status=201
)
def add_document(work: UnitOfWork, data: bytes, query: dict[str, Any], agreement_id: UUID) -> Shown:
    """Adds a file of at most 10 MiB, whose content must be what its name says."""
    return keeping.upload(work, agreement_id, data, **query)


@routes.post(f"{ALL}/generate", "generateAgreementDocument", returns=DOCUMENT, roles=MANAGERS)
def generate_document(work: UnitOfWork, agreement_id: UUID) -> Shown:
    """Adds a PDF of the agreement's present terms, ready to be signed."""
    return keeping.generate(work, agreement_id)


@routes.get(f"{ONE}/file", "getAgreementDocument", returns=None, roles=BILLING_READERS, media_type=ANY)
def get_document(work: UnitOfWork, agreement_id: UUID, document_id: UUID) -> Response:
    file = keeping.open_file(work, agreement_id, document_id)
    pieces = files.read(work.settings, file)
    return respond(pieces, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256)


@routes.post(f"{ONE}/delete", "deleteAgreementDocument", body=DELETION, returns=None, roles=MANAGERS, status=204)
def delete_document(work: UnitOfWork, body: Deletion, agreement_id: UUID, document_id: UUID) -> None:
    """Deletes the document. The agreement's activity keeps its name and the reason."""
    keeping.delete(work, agreement_id, document_id, body)
