"""Reading requests for signatures."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement.queries import get
from agreements.document.models import Document
from agreements.signature.models import Signature
from common.pages import Page, paginate
from common.tables import file
from common.uow import UnitOfWork

_FIELDS = (
    *("id", "agreement_id", "document_id", "document_sha256", "signer_name", "signer_email", "message", "activates"),
    *("expires_at", "requested_by_name", "closed_at", "signed_name", "address", "reason", "signed_document_id"),
    *("created_at", "version"),
)


def page_of_signatures(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    get(work, agreement_id)
    statement = select(Signature).where(Signature.agreement_id == agreement_id)
    sorts = {"created_at": Signature.created_at}
    found = paginate(work.session, statement, page, sorts=sorts, default="-created_at", key=Signature.id)
    return {**found, "items": shown(work, found["items"])}


def shown(work: UnitOfWork, requests: list[Signature]) -> list[dict[str, Any]]:
    """Returns the requests as they are after this transaction, with the names of their documents."""
    work.flush()
    ids = {request.document_id for request in requests}
    named = select(Document.id, file.c.name).join(file, file.c.id == Document.file_id).where(Document.id.in_(ids))
    names: dict[UUID, str] = dict(work.session.execute(named).all())
    return [
        {name: getattr(request, name) for name in _FIELDS}
        | {"status": request.status_at(work.now), "document_name": names[request.document_id]}
        for request in requests
    ]
