"""The timeline of a work order: notes, changes of status and time, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true, union_all

from agreements.access import is_client_user
from agreements.conversation import attaching
from agreements.conversation.attaching import Attached, visible_attachments
from agreements.conversation.models import Attachment, Note, StatusChange
from agreements.work.models import TimeEntry
from agreements.work.queries import get_order
from common.pages import Page, paginate
from common.uow import UnitOfWork

NOTE, STATUS, TIME, FILE = "note", "status_change", "time", "attachment"
KINDS = (NOTE, STATUS, TIME, FILE)


def visible_notes(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause: client users see visible notes only."""
    return Note.visible.is_(True) if is_client_user(work) else true()


def page_of_timeline(work: UnitOfWork, work_order_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the order's timeline. Client users see neither internal notes nor time."""
    get_order(work, work_order_id)
    parts = [
        select(Note.id, Note.created_at.label("at")).where(Note.work_order_id == work_order_id, visible_notes(work)),
        select(StatusChange.id, StatusChange.at).where(StatusChange.work_order_id == work_order_id),
        select(Attachment.id, Attachment.created_at).where(
            Attachment.work_order_id == work_order_id, Attachment.note_id.is_(None), visible_attachments(work)
        ),
    ]
    if not is_client_user(work):
        parts.append(
            select(TimeEntry.id, TimeEntry.created_at).where(
                TimeEntry.work_order_id == work_order_id, TimeEntry.deleted_at.is_(None)
            )
        )
    rows = union_all(*parts).subquery("timeline")
    found = paginate(work.session, select(rows.c.id), page, sorts={"at": rows.c.at}, default="-at", key=rows.c.id)
    return {**found, "items": _entries(work, found["items"])}


def _entries(work: UnitOfWork, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    notes = _of(work, Note, ids)
    attached = attaching.of_notes(work, [note.id for note in notes])
    for note in notes:
        own = [one for one in attached if one.note_id == note.id]
        found[note.id] = _entry(
            NOTE, with_attachments(note, own), note.created_at, note.author_name, by_client=note.by_client
        )
    for change in _of(work, StatusChange, ids):
        found[change.id] = _entry(STATUS, change, change.at, change.actor_name, by_client=change.by_client)
    for time in _of(work, TimeEntry, ids):
        found[time.id] = _entry(TIME, time, time.created_at, time.technician_name, by_client=False)
    for one in attaching.of_ids(work, ids):
        found[one.id] = _entry(FILE, one, one.created_at, one.author_name, by_client=one.by_client)
    return [found[identifier] for identifier in ids]


def with_attachments(note: Note, attached: Sequence[Attached]) -> dict[str, Any]:
    """Returns the note as it is shown."""
    names = ("id", "text", "visible", "by_client", "author_name", "version", "created_at")
    return {**{name: getattr(note, name) for name in names}, "attachments": attached}


def _of(work: UnitOfWork, model: Any, ids: Sequence[UUID]) -> Sequence[Any]:
    return work.session.scalars(select(model).where(model.id.in_(ids))).all()


def _entry(kind: str, part: Any, at: datetime, by_name: str | None, *, by_client: bool) -> dict[str, Any]:
    parts = {name: part if name == kind else None for name in KINDS}
    identifier = part["id"] if isinstance(part, dict) else part.id
    return {"id": identifier, "kind": kind, "at": at, "by_name": by_name, "by_client": by_client, **parts}
