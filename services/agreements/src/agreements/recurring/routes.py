"""HTTP routes for recurring work orders."""

from typing import Any
from uuid import UUID

from agreements.recurring import editing, queries
from agreements.recurring.editing import NewRecurring, RecurringChanges
from agreements.recurring.models import RecurringOrder
from agreements.recurring.schemas import RECURRING, RECURRING_BODY, RECURRING_FILTERS, RECURRING_PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("recurring-work-orders", "Work orders that are created on a calendar")

PATH = "/recurring-work-orders"
ONE = f"{PATH}/<uuid:recurring_id>"


@routes.list(PATH, "listRecurringWorkOrders", returns=RECURRING, filters=RECURRING_FILTERS, roles=STAFF)
def list_recurring(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_recurring(work, page)


@routes.post(PATH, "createRecurringWorkOrder", body=RECURRING_BODY, returns=RECURRING, roles=MANAGERS)
def create_recurring(work: UnitOfWork, body: NewRecurring) -> RecurringOrder:
    return _shown(work, editing.create(work, body))


@routes.get(ONE, "getRecurringWorkOrder", returns=RECURRING, roles=STAFF)
def get_recurring(work: UnitOfWork, recurring_id: UUID) -> RecurringOrder:
    return _shown(work, queries.get(work, recurring_id))


@routes.patch(ONE, "updateRecurringWorkOrder", body=RECURRING_PATCH, returns=RECURRING, roles=MANAGERS)
def update_recurring(work: UnitOfWork, body: RecurringChanges, recurring_id: UUID) -> RecurringOrder:
    return _shown(work, editing.update(work, recurring_id, body))


@routes.delete(ONE, "deleteRecurringWorkOrder", roles=MANAGERS)
def delete_recurring(work: UnitOfWork, recurring_id: UUID) -> None:
    editing.delete(work, recurring_id)


@routes.post(f"{ONE}/pause", "pauseRecurringWorkOrder", returns=RECURRING, roles=MANAGERS, status=200)
def pause_recurring(work: UnitOfWork, recurring_id: UUID) -> RecurringOrder:
    return _shown(work, editing.pause(work, recurring_id))


@routes.post(f"{ONE}/resume", "resumeRecurringWorkOrder", returns=RECURRING, roles=MANAGERS, status=200)
def resume_recurring(work: UnitOfWork, recurring_id: UUID) -> RecurringOrder:
    return _shown(work, editing.resume(work, recurring_id))


def _shown(work: UnitOfWork, recurring: RecurringOrder) -> RecurringOrder:
    work.flush()
    queries.with_names(work, [recurring])
    return recurring
