"""Assigns technicians to clients and ends assignments."""

from uuid import UUID

from clients.client.queries import get as get_client
from clients.inbound.replicas import ACTIVE, User
from clients.technician import events
from clients.technician.models import ClientTechnician
from clients.technician.queries import NOT_ASSIGNED, find_assignment
from common.errors import Invalid, NotFound
from common.ids import new_id
from common.replicas import find
from common.roles import STAFF
from common.uow import UnitOfWork


def assign(work: UnitOfWork, client_id: UUID, *, user_id: UUID) -> ClientTechnician:
    """Assigns the user to the client; has no effect if the user is already assigned."""
    client = get_client(work, client_id, lock=True)
    assignment = find_assignment(work, client_id, ClientTechnician.user_id == user_id)
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
