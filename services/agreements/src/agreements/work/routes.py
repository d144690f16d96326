"""HTTP routes for work orders."""

from typing import Any
from uuid import UUID

from agreements.work import choices, orders, queries
from agreements.work.models import WorkOrder
from agreements.work.orders import Move, NewOrder, OrderChanges
from agreements.work.schemas import (
    CHOICES,
    CHOICES_QUERY,
    TRANSITION,
    WORK_ORDER,
    WORK_ORDER_FILTERS,
    WORK_ORDER_PATCH,
)
from common.http.routes import Routes
from common.pages import Page
from common.roles import CLIENT_USERS, EVERYONE, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-orders", "Work orders (tickets) of clients")

ONE = "/work-orders/<uuid:work_order_id>"


@routes.list("/work-orders", "listWorkOrders", returns=WORK_ORDER, filters=WORK_ORDER_FILTERS, roles=EVERYONE)
def list_work_orders(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_work_orders(work, page)


@routes.post("/work-orders", "createWorkOrder", body=WORK_ORDER, returns=WORK_ORDER, roles=WORKERS | CLIENT_USERS)
def create_work_order(work: UnitOfWork, body: NewOrder) -> WorkOrder:
    return _shown(work, orders.create(work, body))


@routes.get("/work-orders/choices", "getWorkChoices", query=CHOICES_QUERY, returns=CHOICES, roles=WORKERS)
def get_work_choices(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """Returns the agreements and services to choose from for a client's work, with rates and hours left."""
    return choices.of(work, query["client_id"], query.get("agreement_id"))


@routes.get(ONE, "getWorkOrder", returns=WORK_ORDER, roles=EVERYONE)
def get_work_order(work: UnitOfWork, work_order_id: UUID) -> WorkOrder:
    return _shown(work, queries.get_order(work, work_order_id))


@routes.patch(ONE, "updateWorkOrder", body=WORK_ORDER_PATCH, returns=WORK_ORDER, roles=WORKERS)
def update_work_order(work: UnitOfWork, body: OrderChanges, work_order_id: UUID) -> WorkOrder:
    return _shown(work, orders.update(work, work_order_id, body))


@routes.delete(ONE, "deleteWorkOrder", roles=WORKERS)
def delete_work_order(work: UnitOfWork, work_order_id: UUID) -> None:
    orders.delete(work, work_order_id)


@routes.post(f"{ONE}/transition", "transitionWorkOrder", body=TRANSITION, returns=WORK_ORDER, roles=WORKERS, status=200)
def transition_work_order(work: UnitOfWork, body: Move, work_order_id: UUID) -> WorkOrder:
    return _shown(work, orders.transition(work, work_order_id, body))


def _shown(work: UnitOfWork, order: WorkOrder) -> WorkOrder:
    work.flush()
    queries.with_more(work, [order])
    return order
