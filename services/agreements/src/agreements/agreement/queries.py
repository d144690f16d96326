"""Reading agreements: one, or a page of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text

from agreements.access import is_client_user, of_own_clients
from agreements.agreement import events, rates
from agreements.agreement.hour_models import GRANT, HourAlert, HourEntry
from agreements.agreement.models import ACTIVE, DRAFT, SUSPENDED, Agreement, AgreementService
from agreements.inbound.replicas import ClientService
from agreements.work.models import TimeEntry, WorkOrder
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

OPEN_END = func.coalesce(Agreement.end_date, text("'9999-12-31'::date"), type_=Agreement.end_date.type)
SORTS = {
    "number": Agreement.number,
    "name": Agreement.name,
    "status": Agreement.status,
    "start_date": Agreement.start_date,
    "end_date": OPEN_END,
    "created_at": Agreement.created_at,
    "updated_at": Agreement.updated_at,
}
BOUNDS: dict[str, Callable[[date], Any]] = {
    "start_date_gte": Agreement.start_date.__ge__,
    "start_date_lte": Agreement.start_date.__le__,
    "end_date_gte": lambda day: day <= OPEN_END,
    "end_date_lte": lambda day: day >= OPEN_END,
}
PORTION = 200


def get(work: UnitOfWork, agreement_id: UUID, *, lock: bool = False) -> Agreement:
    """Returns the agreement if the actor may see it; `lock` prevents other changes to its hours."""
    statement = visible(work).where(Agreement.id == agreement_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    agreement = work.session.scalar(statement)
    if agreement is None:
        raise NotFound("Agreement not found.")
    return agreement


def page_of_agreements(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = visible(work)
    filters = dict(page.filters)
    if (days := filters.pop("ends_within_days", None)) is not None:
        statement = statement.where(ends_within(work, days))
    if (low := filters.pop("low_on_hours", None)) is not None:
        statement = statement.where(is_low_on_hours(work) if low else ~is_low_on_hours(work))
    for name, value in filters.items():
        bound = BOUNDS.get(name)
        statement = statement.where(bound(value) if bound else getattr(Agreement, name) == value)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(Agreement.search_text, page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Agreement.id)


def page_of_services(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    statement = select(AgreementService).where(AgreementService.agreement_id == agreement_id)
    sorts = {"position": AgreementService.position}
    return paginate(work.session, statement, page, sorts=sorts, default="position", key=AgreementService.id)


def ends_within(work: UnitOfWork, days: int) -> ColumnElement[bool]:
    """Returns a clause for agreements that end today or in the next `days` days and are not over yet."""
    last = work.today + timedelta(days=days)
    return Agreement.status.in_((ACTIVE, SUSPENDED)) & OPEN_END.between(work.today, last)


def is_low_on_hours(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns a clause for active agreements whose current grant period has the staff's low-hours alert."""
    newest = (
        select(func.max(HourEntry.period_start))
        .where(
            HourEntry.agreement_id == HourAlert.agreement_id,
            HourEntry.kind == GRANT,
            HourEntry.period_start <= work.today,
        )
        .scalar_subquery()
    )
    low = select(HourAlert.agreement_id).where(
        HourAlert.audience == "staff",
        HourAlert.period_start == newest,
    )
    return (Agreement.status == ACTIVE) & Agreement.id.in_(low)


def page_of_hours(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    """Returns rows of the ledger with the names of their services and the work order they were drawn for."""
    statement = select(HourEntry).where(HourEntry.agreement_id == agreement_id)
    for name, value in page.filters.items():
        statement = statement.where(getattr(HourEntry, name) == value)
    sorts = {"created_at": HourEntry.created_at, "period_start": HourEntry.period_start}
    found = paginate(work.session, statement, page, sorts=sorts, default="-created_at", key=HourEntry.id)
    _with_names(work, found["items"])
    return found


def _with_names(work: UnitOfWork, rows: Sequence[HourEntry]) -> None:
    services = {identifier for row in rows for identifier in (row.account_id, row.client_service_id) if identifier}
    named = select(ClientService.id, ClientService.name).where(ClientService.id.in_(services))
    names = dict(work.session.execute(named).all()) if services else {}
    entries = {row.time_entry_id for row in rows if row.time_entry_id}
    drawn = select(TimeEntry.id, WorkOrder.id, WorkOrder.number).join(
        WorkOrder, WorkOrder.id == TimeEntry.work_order_id
    )
    found = work.session.execute(drawn.where(TimeEntry.id.in_(entries))) if entries else ()
    orders: dict[UUID | None, dict[str, Any]] = {
        entry: {"work_order_id": order, "work_order_number": number} for entry, order, number in found
    }
    nowhere: dict[str, Any] = {"work_order_id": None, "work_order_number": None}
    for row in rows:
        account = names.get(row.account_id) if row.account_id else None
        service = names.get(row.client_service_id) if row.client_service_id else None
        vars(row).update(account_name=account, service_name=service, **orders.get(row.time_entry_id, nowhere))


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes every agreement again, one portion at a time, for lost replicas."""
    for portion in keyset(work.session, select(Agreement), Agreement.id, size=PORTION):
        parts = rates.parts(work, portion)
        for agreement in portion:
            work.emit(events.CHANGED, agreement, **parts[agreement.id])
        yield


def active_on(day: date) -> Any:
    """Returns a clause for agreements that accept work done on `day`."""
    return (Agreement.status == "active") & (Agreement.start_date <= day) & (day <= OPEN_END)


def visible(work: UnitOfWork) -> Select[Agreement]:
    """Returns the agreements that the actor may see."""
    statement = select(Agreement).where(of_own_clients(work, Agreement.client_id))
    return statement.where(Agreement.status != DRAFT) if is_client_user(work) else statement
