"""Assigns technicians to clients and ends assignments."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from clients.client.queries import get as get_client
from clients.inbound.replicas import ACTIVE, User
from clients.technician import events
from clients.technician.models import ClientTechnician
from common.errors import Invalid, NotFound
from common.ids import new_id
from common.replicas import find
from common.roles import STAFF
from common.uow import UnitOfWork

NOT_ASSIGNED = "This technician is not assigned to the client."


def assign(work: UnitOfWork, client_id: UUID, *, user_id: UUID) -> ClientTechnician:
    """Assigns the user to the client; has no effect if the user is already assigned."""
    client = get_client(work, client_id, lock=True)
    assignment = _assignment(work, client_id, ClientTechnician.user_id == user_id)
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


def get(work: UnitOfWork, client_id: UUID, reference: UUID) -> ClientTechnician:
    """Returns the assignment, which may have ended, by its id or the technician's user id. Raises NotFound."""
    get_client(work, client_id, lock=True)
    matches = (ClientTechnician.id == reference) | (ClientTechnician.user_id == reference)
    assignment = _assignment(work, client_id, matches)
    if assignment is None:
        raise NotFound(NOT_ASSIGNED)
    return assignment


def end(work: UnitOfWork, assignment: ClientTechnician) -> None:
    if not assignment.active:
        raise NotFound(NOT_ASSIGNED)
    work.check_version(assignment)
    assignment.active = False
    work.emit(events.UNASSIGNED, assignment)


def _check_user(work: UnitOfWork, user_id: UUID) -> None:
    """Raises Invalid unless the user is an active member of staff."""
    user = find(work, User, user_id)
    if user is None:
        raise Invalid({"user_id": ["User not found."]})
    if user.role not in STAFF:
        raise Invalid({"user_id": [f"{user.name} is a client user. Choose a member of your staff."]})
    if user.status != ACTIVE:
        raise Invalid({"user_id": [f"{user.name} is disabled. Choose an active user."]})


def _assignment(work: UnitOfWork, client_id: UUID, condition: ColumnElement[bool]) -> ClientTechnician | None:
    return work.session.scalar(select(ClientTechnician).where(ClientTechnician.client_id == client_id, condition))
