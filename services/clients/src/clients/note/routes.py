"""Routes of notes."""

from typing import Any
from uuid import UUID

from clients.note import queries, writing
from clients.note.models import Note
from clients.note.schemas import FILTERS, NOTE, NOTE_PATCH, NOTE_VERSION
from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("notes", "Internal notes about a client")

ALL = "/clients/<uuid:client_id>/notes"
ONE = f"{ALL}/<uuid:note_id>"


@routes.list(ALL, "listClientNotes", returns=NOTE, filters=FILTERS, roles=STAFF)
def list_client_notes(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_notes(work, client_id, page)


@routes.post(ALL, "createClientNote", body=NOTE, returns=NOTE, roles=STAFF)
def create_client_note(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> Note:
    return writing.create(work, client_id, **body)


@routes.get(ONE, "getClientNote", returns=NOTE, roles=STAFF)
def get_client_note(work: UnitOfWork, client_id: UUID, note_id: UUID) -> Note:
    return queries.one(work, client_id, note_id)


@routes.patch(ONE, "updateClientNote", body=NOTE_PATCH, returns=NOTE, roles=STAFF)
def update_client_note(work: UnitOfWork, body: dict[str, Any], client_id: UUID, note_id: UUID) -> Note:
    """Changes a note. All staff can pin it; only the author and managers can edit the text."""
    return writing.update(work, client_id, note_id, **body)


@routes.delete(ONE, "deleteClientNote", roles=STAFF)
def delete_client_note(work: UnitOfWork, client_id: UUID, note_id: UUID) -> None:
    writing.remove(work, client_id, note_id)


@routes.list(f"{ONE}/versions", "listClientNoteVersions", returns=NOTE_VERSION, roles=STAFF)
def list_client_note_versions(work: UnitOfWork, page: Page, client_id: UUID, note_id: UUID) -> dict[str, Any]:
    """Lists the versions of the note, newest first."""
    return queries.versions(work, client_id, note_id, page)
