"""Attaching files to work orders and their notes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true

from agreements.access import is_client_user
from agreements.conversation.models import Attachment, Note
from agreements.file_kinds import media_type
from agreements.work.models import CLOSED
from agreements.work.queries import get_order
from common.blobs import files
from common.blobs.files import File
from common.errors import Conflict, Invalid, NotFound
from common.ids import new_id
from common.tables import file
from common.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment with what is known about its file."""

    row: Attachment
    name: str
    media_type: str
    size: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def attach(work: UnitOfWork, work_order_id: UUID, data: bytes, *, name: str, visible: bool | None) -> Attached:
    """Attaches a file. A file of staff is internal unless `visible`; a client's file is always visible.

    Raises Invalid for a file that is not what its name says, and Conflict for a client's file on a closed order.
    """
    order = get_order(work, work_order_id, keep=True)
    by_client = is_client_user(work)
    if by_client and visible is False:
        raise Invalid({"visible": ["Your files are always visible to you. Leave this out."]})
    if by_client and order.status == CLOSED:
        raise Conflict(f"{order.number} is closed. Send a new work order instead.")
    kind = media_type(name, data)
    saved = files.save(work, BytesIO(data), name=name, media_type=kind)
    files.keep(work, saved.id)
    row = attach_saved(work, order.id, saved.id, visible=by_client or bool(visible))
    return Attached(row, saved.name, saved.media_type, saved.size)


def attach_saved(work: UnitOfWork, work_order_id: UUID, file_id: UUID, *, visible: bool) -> Attachment:
    """Attaches a file that is already kept. Whether the client sees it is as given, whoever sent it."""
    row = Attachment(
        id=new_id(),
        work_order_id=work_order_id,
        file_id=file_id,
        visible=visible,
        by_client=is_client_user(work),
        author_id=work.actor.id,
        author_name=work.actor.name,
        created_at=work.now,
    )
    work.session.add(row)
    return row


def join_note(work: UnitOfWork, note: Note, attachment_ids: Collection[UUID]) -> Sequence[Attached]:
    """Joins the author's own attachments, uploaded before, to the note, and gives them its audience."""
    statement = _with_files().where(
        Attachment.id.in_(attachment_ids),
        Attachment.work_order_id == note.work_order_id,
        Attachment.author_id == note.author_id,
        Attachment.note_id.is_(None),
    )
    found = _read(work, statement)
    if len(found) < len(set(attachment_ids)):
        raise Invalid({"attachment_ids": ["An attachment is not one of yours on this work order, or has a note."]})
    for attached in found:
        attached.row.note_id, attached.row.visible = note.id, note.visible
    return found


def of_notes(work: UnitOfWork, note_ids: Collection[UUID]) -> Sequence[Attached]:
    return _read(work, _with_files().where(Attachment.note_id.in_(note_ids))) if note_ids else []


def of_ids(work: UnitOfWork, ids: Collection[UUID]) -> Sequence[Attached]:
    return _read(work, _with_files().where(Attachment.id.in_(ids)))


def open_file(work: UnitOfWork, work_order_id: UUID, attachment_id: UUID) -> File:
    """Returns the file of an attachment that the actor may see. Raises NotFound."""
    get_order(work, work_order_id)
    statement = select(Attachment).where(
        Attachment.id == attachment_id, Attachment.work_order_id == work_order_id, visible_attachments(work)
    )
    row = work.session.scalar(statement)
    if row is None:
        raise NotFound("Attachment not found on this work order.")
    return files.find(work, row.file_id)


def visible_attachments(work: UnitOfWork) -> ColumnElement[bool]:
    return Attachment.visible.is_(True) if is_client_user(work) else true()


def _with_files() -> Any:
    return select(Attachment, file.c.name, file.c.media_type, file.c.size).join(file, file.c.id == Attachment.file_id)


def _read(work: UnitOfWork, statement: Any) -> Sequence[Attached]:
    return [Attached(*row) for row in work.session.execute(statement.order_by(Attachment.created_at, Attachment.id))]
