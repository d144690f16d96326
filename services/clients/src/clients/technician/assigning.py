"""Assigning technicians to clients, and ending that."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from clients.client.queries import get as get_client
from clients.technician import events
from clients.technician.models import ClientTechnician
from common.errors import NotFound
from common.ids import new_id
from common.uow import UnitOfWork


def assign(work: UnitOfWork, client_id: UUID, *, user_id: UUID) -> ClientTechnician:
    """Assigning somebody who is assigned already changes nothing."""
    client = get_client(work, client_id, lock=True)
    assignment = _find(work, client_id, ClientTechnician.user_id == user_id)
    if assignment is None:
        assignment = ClientTechnician(
            id=new_id(), client_id=client.id, user_id=user_id, created_at=work.now, updated_at=work.now
        )
        work.session.add(assignment)
    elif assignment.active:
        return assignment
    assignment.active = True
    work.emit(events.ASSIGNED, assignment)
    return assignment


def unassign(work: UnitOfWork, client_id: UUID, reference: UUID) -> None:
    """`reference` is the assignment's id or the technician's user id: a person is assigned once at most."""
    get_client(work, client_id, lock=True)
    found = _find(work, client_id, (ClientTechnician.id == reference) | (ClientTechnician.user_id == reference))
    if found is None or not found.active:
        raise NotFound("This technician is not assigned to the client.")
    work.check_version(found)
    found.active = False
    work.emit(events.UNASSIGNED, found)


def _find(work: UnitOfWork, client_id: UUID, condition: ColumnElement[bool]) -> ClientTechnician | None:
    return work.session.scalar(select(ClientTechnician).where(ClientTechnician.client_id == client_id, condition))
