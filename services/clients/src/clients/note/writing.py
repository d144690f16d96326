"""Adds, edits and removes notes. All versions are kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from clients.client.queries import get as get_client
from clients.note import events
from clients.note.models import Note, NoteVersion
from clients.note.queries import get
from common.errors import Forbidden
from common.ids import new_id
from common.roles import MANAGERS
from common.uow import UnitOfWork

TEXTS = ("title", "body")


def create(work: UnitOfWork, client_id: UUID, **values: Any) -> Note:
    client = get_client(work, client_id)
    note = Note(
        id=new_id(),
        client_id=client.id,
        author_id=work.actor.id,
        author_name=work.actor.name,
        created_at=work.now,
        updated_at=work.now,
        **values,
    )
    work.session.add(note)
    _add_version(work, note, 1)
    work.emit(events.CHANGED, note)
    return note


def update(work: UnitOfWork, client_id: UUID, note_id: UUID, **changes: Any) -> Note:
    """Changes a note. All staff can pin it; raises Forbidden if someone but the author or a manager edits the text."""
    get_client(work, client_id)
    note = get(work, client_id, note_id, lock=True)
    work.check_version(note)
    before = [getattr(note, name) for name in TEXTS]
    for name, value in changes.items():
        setattr(note, name, value)
    if work.session.is_modified(note):
        work.emit(events.CHANGED, note)
    if [getattr(note, name) for name in TEXTS] != before:
        _check_author(work, note)
        newest = select(func.max(NoteVersion.number)).where(NoteVersion.note_id == note.id)
        _add_version(work, note, (work.session.scalar(newest) or 0) + 1)
    return note


def remove(work: UnitOfWork, client_id: UUID, note_id: UUID) -> None:
    get_client(work, client_id)
    note = get(work, client_id, note_id, lock=True)
    work.check_version(note)
    _check_author(work, note)
    note.removed_at = work.now
    work.emit(events.DELETED, note)


def _check_author(work: UnitOfWork, note: Note) -> None:
    if note.author_id != work.actor.id and work.actor.role not in MANAGERS:
        raise Forbidden(f"{note.author_name} wrote this note. Only the author or a manager can change it.")


def _add_version(work: UnitOfWork, note: Note, number: int) -> None:
    texts = {name: getattr(note, name) for name in TEXTS}
    editor = {"edited_by": work.actor.id, "edited_by_name": work.actor.name}
    work.session.add(NoteVersion(id=new_id(), note_id=note.id, number=number, edited_at=work.now, **texts, **editor))
