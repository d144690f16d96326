"""Reads notes and their versions."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.queries import get as get_client
from clients.note import events
from clients.note.models import Note, NoteVersion
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {"pinned": Note.pinned, "created_at": Note.created_at, "updated_at": Note.updated_at}


def get(work: UnitOfWork, client_id: UUID, note_id: UUID, *, lock: bool = False) -> Note:
    """Returns a note of the client or raises NotFound. The caller has checked that the actor may see the client."""
    statement = select(Note).where(Note.id == note_id, Note.client_id == client_id, Note.removed_at.is_(None))
    note = work.session.scalar(statement.with_for_update() if lock else statement)
    if note is None:
        raise NotFound("Note not found.")
    return note


def page_of_notes(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the client's notes, pinned notes first, then the newest."""
    get_client(work, client_id)
    statement = select(Note).where(Note.client_id == client_id, Note.removed_at.is_(None))
    for name, value in page.filters.items():
        statement = statement.where(getattr(Note, name) == value)
    if page.q:
        statement = statement.where(searching.naming((Note.title, Note.body, Note.author_name), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="-pinned,-created_at", key=Note.id)


def one(work: UnitOfWork, client_id: UUID, note_id: UUID) -> Note:
    get_client(work, client_id)
    return get(work, client_id, note_id)


def versions(work: UnitOfWork, client_id: UUID, note_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the note's versions, newest first."""
    note = one(work, client_id, note_id)
    statement = select(NoteVersion).where(NoteVersion.note_id == note.id)
    sorts = {"number": NoteVersion.number}
    return paginate(work.session, statement, page, sorts=sorts, default="-number", key=NoteVersion.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(Note), Note.id):
        for note in portion:
            work.emit(events.DELETED if note.removed_at else events.CHANGED, note)
        yield
