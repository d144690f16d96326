"""Reading recurring work orders."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from agreements.access import of_own_clients
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import Client
from agreements.order_template.models import OrderTemplate
from agreements.recurring.models import ACTIVE, ENDED, RecurringOrder, RecurringRun
from agreements.work.models import WorkOrder
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {name: getattr(RecurringOrder, name) for name in ("created_at", "updated_at", "starts_on")}
FILTERS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "client_id": lambda value: RecurringOrder.client_id == value,
    "template_id": lambda value: RecurringOrder.template_id == value,
    "status": lambda value: (
        RecurringOrder.next_on.is_(None)
        if value == ENDED
        else RecurringOrder.next_on.is_not(None) & (RecurringOrder.paused != (value == ACTIVE))
    ),
}


def get(work: UnitOfWork, recurring_id: UUID, *, lock: bool = False) -> RecurringOrder:
    statement = select(RecurringOrder).where(RecurringOrder.id == recurring_id)
    statement = statement.where(of_own_clients(work, RecurringOrder.client_id))
    found = work.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("Recurring work order not found.")
    return found


def page_of_recurring(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(RecurringOrder).where(of_own_clients(work, RecurringOrder.client_id))
    for name, value in page.filters.items():
        statement = statement.where(FILTERS[name](value))
    found = paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=RecurringOrder.id)
    with_names(work, found["items"])
    return found


def with_names(work: UnitOfWork, rows: Sequence[RecurringOrder]) -> None:
    """Sets the names of client, template, agreement and last order on each, in one query."""
    last = (
        select(RecurringRun.work_order_id)
        .where(RecurringRun.recurring_id == RecurringOrder.id)
        .order_by(RecurringRun.day.desc())
        .limit(1)
        .correlate(RecurringOrder)
        .scalar_subquery()
    )
    statement = (
        select(
            RecurringOrder.id,
            Client.name.label("client_name"),
            OrderTemplate.name.label("template_name"),
            OrderTemplate.subject.label("template_subject"),
            Agreement.number.label("agreement_number"),
            WorkOrder.id.label("last_order_id"),
            WorkOrder.number.label("last_order_number"),
        )
        .join(OrderTemplate, OrderTemplate.id == RecurringOrder.template_id)
        .outerjoin(Client, Client.id == RecurringOrder.client_id)
        .outerjoin(Agreement, Agreement.id == RecurringOrder.agreement_id)
        .outerjoin(WorkOrder, WorkOrder.id == last)
        .where(RecurringOrder.id.in_([row.id for row in rows]))
    )
    names = {row.id: dict(row._mapping) for row in work.session.execute(statement)}
    for row in rows:
        vars(row).update({name: value for name, value in names[row.id].items() if name != "id"})
