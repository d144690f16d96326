"""Routes of a client's technicians."""

from typing import Any
from uuid import UUID

from clients.technician import assigning, queries
from clients.technician.models import ClientTechnician
from clients.technician.schemas import TECHNICIAN
from common.http import assignments
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("technicians", "Technicians assigned to a client; they can see it")

ALL = "/clients/<uuid:client_id>/technicians"


@routes.list(ALL, "listTechnicians", returns=TECHNICIAN, roles=STAFF)
def list_technicians(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_technicians(work, client_id, page)


@routes.post(ALL, "assignTechnician", body=TECHNICIAN, returns=TECHNICIAN, roles=MANAGERS)
def assign_technician(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> ClientTechnician:
    assignment = assigning.assign(work, client_id, **body)
    work.flush()
    _notify_gateway(assignment)
    return assignment


@routes.delete(f"{ALL}/<uuid:technician_id>", "unassignTechnician", roles=MANAGERS)
def unassign_technician(work: UnitOfWork, client_id: UUID, technician_id: UUID) -> None:
    """Ends an assignment, by its own id or the user's."""
    assignment = queries.get(work, client_id, technician_id)
    _notify_gateway(assignment)  # also for an assignment that has ended, in case the gateway missed it
    assigning.end(work, assignment)
    work.flush()
    _notify_gateway(assignment)


def _notify_gateway(assignment: ClientTechnician) -> None:
    values = (assignment.user_id, assignment.client_id, assignment.version, assignment.active)
    assignments.announce(assignments.Assignment(*values))
