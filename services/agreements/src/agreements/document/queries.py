"""Reading documents of agreements."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement.queries import get
from agreements.document.models import Document
from common.errors import NotFound
from common.pages import Page, paginate
from common.tables import file
from common.uow import UnitOfWork

_FILE = (file.c.name, file.c.media_type, file.c.size, file.c.sha256)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with what is known about its file."""

    row: Document
    name: str
    media_type: str
    size: int
    sha256: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def page_of_documents(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    get(work, agreement_id)
    statement = select(Document).where(Document.agreement_id == agreement_id)
    for name, value in page.filters.items():
        statement = statement.where(getattr(Document, name) == value)
    sorts = {"created_at": Document.created_at}
    found = paginate(work.session, statement, page, sorts=sorts, default="-created_at", key=Document.id)
    return {**found, "items": shown(work, found["items"])}


def find(work: UnitOfWork, agreement_id: UUID, document_id: UUID, *, lock: bool = False) -> Document:
    """Returns a document of an agreement that the actor may see. Raises NotFound."""
    get(work, agreement_id)
    statement = select(Document).where(Document.id == document_id, Document.agreement_id == agreement_id)
    document = work.session.scalar(statement.with_for_update() if lock else statement)
    if document is None:
        raise NotFound("Document not found on this agreement.")
    return document


def shown(work: UnitOfWork, documents: list[Document]) -> list[Shown]:
    """Returns the documents with their files, in the same order."""
    ids = [document.file_id for document in documents]
    files = {row.id: row for row in work.session.execute(select(file.c.id, *_FILE).where(file.c.id.in_(ids)))}
    return [Shown(document, *files[document.file_id][1:]) for document in documents]
