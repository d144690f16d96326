"""Assigning technicians to clients, and ending that."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from clients.client.queries import get as get_client
from clients.inbound.replicas import ACTIVE, User
from clients.technician import events
from clients.technician.models import ClientTechnician
from common.errors import Invalid, NotFound
from common.http.auth import STAFF
from common.ids import new_id
from common.replicas import find
from common.uow import UnitOfWork


def assign(work: UnitOfWork, client_id: UUID, *, user_id: UUID) -> ClientTechnician:
    """Assigning somebody who is assigned already changes nothing."""
    client = get_client(work, client_id, lock=True)
    assignment = _find(work, client_id, ClientTechnician.user_id == user_id)
    if assignment is None or not assignment.active:
        _check_user(work, user_id)
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


def _check_user(work: UnitOfWork, user_id: UUID) -> None:
    """Somebody of the MSP who may sign in."""
    user = find(work, User, user_id)
    if user is None:
        raise Invalid({"user_id": ["There is no such user."]})
    if user.role not in STAFF:
        raise Invalid({"user_id": [f"{user.name} is a user of a client: choose one of your own people."]})
    if user.status != ACTIVE:
        raise Invalid({"user_id": [f"{user.name} may not sign in any more: choose somebody who may."]})


def _find(work: UnitOfWork, client_id: UUID, condition: ColumnElement[bool]) -> ClientTechnician | None:
    return work.session.scalar(select(ClientTechnician).where(ClientTechnician.client_id == client_id, condition))
