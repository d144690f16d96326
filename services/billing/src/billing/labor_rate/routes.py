"""HTTP routes for labor rates."""

from typing import Any
from uuid import UUID

from billing.labor_rate import editing, queries
from billing.labor_rate.editing import LaborRateChanges, NewLaborRate
from billing.labor_rate.models import LaborRate
from billing.labor_rate.schemas import LABOR_RATE, LABOR_RATE_PATCH, TECHNICIAN
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS
from common.uow import UnitOfWork

routes = Routes("labor-rates", "What an hour of each technician costs")

ONE = "/labor-rates/<uuid:rate_id>"


@routes.list("/labor-rates", "listLaborRates", returns=TECHNICIAN, roles=MANAGERS)
def list_labor_rates(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists technicians with their rates, also those without any."""
    return queries.page_of_technicians(work, page)


@routes.post("/labor-rates", "createLaborRate", body=LABOR_RATE, returns=LABOR_RATE, roles=MANAGERS)
def create_labor_rate(work: UnitOfWork, body: NewLaborRate) -> LaborRate:
    return editing.add(work, body)


@routes.patch(ONE, "updateLaborRate", body=LABOR_RATE_PATCH, returns=LABOR_RATE, roles=MANAGERS)
def update_labor_rate(work: UnitOfWork, body: LaborRateChanges, rate_id: UUID) -> LaborRate:
    return editing.change(work, rate_id, body)


@routes.delete(ONE, "deleteLaborRate", roles=MANAGERS)
def delete_labor_rate(work: UnitOfWork, rate_id: UUID) -> None:
    editing.delete(work, rate_id)
