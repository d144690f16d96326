"""Adding, generating, reading and deleting documents of agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from agreements.document import contract, events, queries
from agreements.document.models import CONTRACT, GENERATED, UPLOADED, Document
from agreements.document.queries import Shown
from agreements.file_kinds import media_type
from agreements.signature.models import Signature
from common.blobs import files
from common.blobs.files import File
from common.errors import Conflict
from common.ids import new_id
from common.pdf.rendering import PDF
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Deletion:
    reason: str


def upload(work: UnitOfWork, agreement_id: UUID, data: bytes, *, name: str, kind: str) -> Shown:
    """Adds a file. Raises Invalid if its content is not what its name says."""
    agreement = get(work, agreement_id)
    return add(work, agreement, [data], name=name, media_type=media_type(name, data), kind=kind, origin=UPLOADED)


def generate(work: UnitOfWork, agreement_id: UUID) -> Shown:
    """Adds a PDF of the agreement's present terms."""
    agreement = get(work, agreement_id)
    name = f"{agreement.number} {work.today}.pdf"
    pdf = contract.pdf_of(work, agreement)
    return add(work, agreement, [pdf], name=name, media_type=PDF, kind=CONTRACT, origin=GENERATED)


def add(
    work: UnitOfWork,
    agreement: Agreement,
    content: Iterable[bytes],
    *,
    name: str,
    media_type: str,
    kind: str,
    origin: str,
) -> Shown:
    """Keeps the file with the agreement, and announces it."""
    saved = files.save(work, content, name=name, media_type=media_type)
    files.keep(work, saved.id)
    row = Document(id=new_id(), agreement_id=agreement.id, file_id=saved.id, kind=kind, origin=origin)
    row.added_by_name = work.actor.name
    work.session.add(row)
    shown = Shown(row, saved.name, saved.media_type, saved.size, saved.sha256)
    work.emit(events.ADDED, _described(agreement, shown))
    return shown


def delete(work: UnitOfWork, agreement_id: UUID, document_id: UUID, deletion: Deletion) -> None:
    """Deletes the document; its reason stays in the agreement's activity."""
    document = queries.find(work, agreement_id, document_id, lock=True)
    (shown,) = queries.shown(work, [document])
    _check_unsigned(work, shown)
    files.release(work, [document.file_id])
    work.session.delete(document)
    work.emit(events.DELETED, _described(get(work, agreement_id), shown, deletion.reason))


def _check_unsigned(work: UnitOfWork, document: Shown) -> None:
    """Raises Conflict for a document that was sent for signature, or that a signature made."""
    used = exists().where((Signature.document_id == document.id) | (Signature.signed_document_id == document.id))
    if work.session.scalar(select(used)):
        raise Conflict(f"{document.name} was sent for signature or is signed. Such documents stay with the agreement.")


def open_file(work: UnitOfWork, agreement_id: UUID, document_id: UUID) -> File:
    """Returns the document's file. Raises NotFound."""
    return files.find(work, queries.find(work, agreement_id, document_id).file_id)


def _described(agreement: Agreement, shown: Shown, reason: str | None = None) -> dict[str, object]:
    return {
        "id": agreement.id,
        "version": agreement.version,
        "agreement_id": agreement.id,
        "number": agreement.number,
        "client_id": agreement.client_id,
        "document_id": shown.id,
        "document_name": shown.name,
        "document_kind": shown.kind,
        "document_origin": shown.origin,
        "document_sha256": shown.sha256,
        "reason": reason,
    }
