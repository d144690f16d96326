"""Routes of scheduled rates."""

from typing import Any
from uuid import UUID

from clients.scheduled_rate import scheduling
from clients.scheduled_rate.models import ScheduledRate
from clients.scheduled_rate.schemas import FILTERS, SCHEDULED_RATE
from common.http.routes import Routes
from common.pages import Page
from common.roles import BILLING_READERS, MANAGERS
from common.uow import UnitOfWork

routes = Routes("scheduled-rates", "Scheduled rates, with a start date and an optional end date")

ALL = "/clients/<uuid:client_id>/services/<uuid:client_service_id>/scheduled-rates"


@routes.list(ALL, "listScheduledRates", returns=SCHEDULED_RATE, filters=FILTERS, roles=BILLING_READERS)
def list_scheduled_rates(work: UnitOfWork, page: Page, client_id: UUID, client_service_id: UUID) -> dict[str, Any]:
    return scheduling.page_of_rates(work, client_id, client_service_id, page)


@routes.post(ALL, "createScheduledRate", body=SCHEDULED_RATE, returns=SCHEDULED_RATE, roles=MANAGERS)
def create_scheduled_rate(
    work: UnitOfWork, body: dict[str, Any], client_id: UUID, client_service_id: UUID
) -> ScheduledRate:
    """Schedules a rate. A rate that starts today applies at once, a later one from midnight in the MSP's time zone."""
    return scheduling.schedule(work, client_id, client_service_id, **body)


@routes.delete(f"{ALL}/<uuid:scheduled_rate_id>", "deleteScheduledRate", roles=MANAGERS)
def delete_scheduled_rate(work: UnitOfWork, client_id: UUID, client_service_id: UUID, scheduled_rate_id: UUID) -> None:
    """Cancels a rate that has not started."""
    scheduling.call_off(work, client_id, client_service_id, scheduled_rate_id)
