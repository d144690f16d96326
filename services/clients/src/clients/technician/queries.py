"""Reads technician assignments."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from clients.client.queries import get as get_client
from clients.technician import events
from clients.technician.models import ClientTechnician
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {"created_at": ClientTechnician.created_at}
NOT_ASSIGNED = "This technician is not assigned to the client."


def find_assignment(work: UnitOfWork, client_id: UUID, condition: ColumnElement[bool]) -> ClientTechnician | None:
    return work.session.scalar(select(ClientTechnician).where(ClientTechnician.client_id == client_id, condition))


def get(work: UnitOfWork, client_id: UUID, reference: UUID) -> ClientTechnician:
    """Returns the assignment, which may have ended, by its id or the technician's user id. Raises NotFound."""
    get_client(work, client_id, lock=True)
    matches = (ClientTechnician.id == reference) | (ClientTechnician.user_id == reference)
    assignment = find_assignment(work, client_id, matches)
    if assignment is None:
        raise NotFound(NOT_ASSIGNED)
    return assignment


def page_of_technicians(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    get_client(work, client_id)
    statement = select(ClientTechnician).where(ClientTechnician.client_id == client_id, ClientTechnician.active)
    statement = statement.options(selectinload(ClientTechnician.user))
    return paginate(work.session, statement, page, sorts=SORTS, default="created_at", key=ClientTechnician.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(ClientTechnician), ClientTechnician.id):
        for assignment in portion:
            work.emit(events.ASSIGNED if assignment.active else events.UNASSIGNED, assignment)
        yield
