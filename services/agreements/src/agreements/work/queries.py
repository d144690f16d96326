"""Reading work orders and time entries."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text, true

from agreements.access import is_technician, not_taken_off, of_own_clients, user_id
from agreements.agreement.models import Agreement
from agreements.agreement.queries import active_on
from agreements.inbound.replicas import Client, Contact
from agreements.sla import reading
from agreements.sla.clock import business_hours
from agreements.work import events
from agreements.work.models import AT_RISK, OPEN, OPEN_STATUS, TimeEntry, WorkOrder
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SLA_DUE = func.coalesce(
    WorkOrder.sla_due_at, text("'9999-12-31 00:00:00+00'::timestamptz"), type_=WorkOrder.sla_due_at.type
)
"""Orders without a target that is due come last."""
DUE = func.coalesce(WorkOrder.due_on, text("'9999-12-31'::date"), type_=WorkOrder.due_on.type)
"""Orders without a due day come last."""
ORDER_SORTS = {
    name: getattr(WorkOrder, name) for name in ("number", "subject", "status", "priority", "created_at", "updated_at")
} | {"due_on": DUE, "sla_due_at": SLA_DUE}
ORDER_FILTERS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "status": lambda value: WorkOrder.status.in_(OPEN) if value == OPEN_STATUS else WorkOrder.status == value,
    "unassigned": lambda value: WorkOrder.technician_id.is_(None) == value,
    "due_on_lte": lambda day: day >= DUE,
}
TIME_SORTS = {name: getattr(TimeEntry, name) for name in ("worked_on", "created_at")}
TIME_BOUNDS = {"worked_on_gte": TimeEntry.worked_on.__ge__, "worked_on_lte": TimeEntry.worked_on.__le__}


def overdue(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause: a target of the order has passed unmet."""
    return work.now > WorkOrder.sla_due_at


def at_risk(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause: a target of the order is due soon, and none has passed."""
    return and_(work.now >= WorkOrder.sla_warn_at, work.now <= WorkOrder.sla_due_at)


def visible_orders(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause. A technician also sees assigned work orders, unless unassigned from the client."""
    own = of_own_clients(work, WorkOrder.client_id)
    return or_(own, _assigned(work)) if is_technician(work) else own


def visible_entries(work: UnitOfWork) -> ColumnElement[bool]:
    own = of_own_clients(work, TimeEntry.client_id)
    if not is_technician(work):
        return own
    return or_(own, TimeEntry.work_order_id.in_(select(WorkOrder.id).where(_assigned(work))))


def _assigned(work: UnitOfWork) -> ColumnElement[bool]:
    return (WorkOrder.technician_id == user_id(work)) & not_taken_off(work, WorkOrder.client_id)


def get_entry(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, *, lock: bool = False) -> TimeEntry:
    statement = select(TimeEntry).where(
        TimeEntry.id == entry_id,
        TimeEntry.work_order_id == work_order_id,
        TimeEntry.deleted_at.is_(None),
        visible_entries(work),
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    entry = work.session.scalar(statement)
    if entry is None:
        raise NotFound("Time entry not found on this work order.")
    return entry


def visible_among(work: UnitOfWork, entry_ids: Collection[UUID]) -> set[UUID]:
    """Returns the ids of the entries that the actor may see."""
    return set(work.session.scalars(select(TimeEntry.id).where(TimeEntry.id.in_(entry_ids), visible_entries(work))))


def get_order(work: UnitOfWork, work_order_id: UUID, *, lock: bool = False, keep: bool = False) -> WorkOrder:
    """Returns the work order if the actor may see it; `lock` to change it, `keep` to add time."""
    statement = select(WorkOrder).where(WorkOrder.id == work_order_id, visible_orders(work))
    if lock or keep:
        statement = statement.with_for_update(read=keep, key_share=keep)
    order = work.session.scalar(statement)
    if order is None:
        raise NotFound("Work order not found.")
    return order


def page_of_work_orders(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(WorkOrder).where(visible_orders(work))
    filters = dict(page.filters)
    if (state := filters.pop("sla", None)) is not None:
        statement = statement.where(at_risk(work) if state == AT_RISK else overdue(work))
    for name, value in filters.items():
        chosen = ORDER_FILTERS.get(name)
        statement = statement.where(chosen(value) if chosen else getattr(WorkOrder, name) == value)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(WorkOrder.search_text, page.q))
    found = paginate(work.session, statement, page, sorts=ORDER_SORTS, default="-created_at", key=WorkOrder.id)
    with_more(work, found["items"])
    return found


def with_more(work: UnitOfWork, orders: Sequence[WorkOrder]) -> None:
    """Sets names, hours, the targets of the SLA and `suggested_agreement_id` on each, in two queries."""
    more = {row.id: row._mapping for row in work.session.execute(_more([order.id for order in orders]))}
    undecided = {order.client_id for order in orders if order.agreement_id is None}
    suggested = _suggestions(work, undecided) if undecided else {}
    business = business_hours(work.organisation)
    for order in orders:
        own = suggested.get(order.client_id) if order.agreement_id is None else None
        row = more[order.id]
        sla = reading.as_of(row["targets"], business, work.now)
        vars(order).update({**row, "suggested_agreement_id": own, "sla": sla})


def _more(ids: Sequence[UUID]) -> Select[Any]:
    time = (
        select(
            func.coalesce(func.sum(TimeEntry.hours), 0).label("hours_logged"),
            func.coalesce(func.sum(TimeEntry.billed_hours), 0).label("hours_billed"),
        )
        .where(TimeEntry.work_order_id == WorkOrder.id, TimeEntry.deleted_at.is_(None))
        .lateral("time")
    )
    stored = (WorkOrder.client_id, WorkOrder.client_service_id)
    targets = reading.stored()
    names = (Client.name.label("client_name"), Contact.name.label("contact_name"))
    agreement = (Agreement.number.label("agreement_number"), Agreement.name.label("agreement_name"))
    return (
        # ids as stored: a trigger writes the successor of a client that was merged meanwhile
        select(WorkOrder.id, *stored, *names, *agreement, time.c.hours_logged, time.c.hours_billed)
        .add_columns(targets.c.targets)
        .outerjoin(Client, Client.id == WorkOrder.client_id)
        .outerjoin(Contact, Contact.id == WorkOrder.contact_id)
        .outerjoin(Agreement, Agreement.id == WorkOrder.agreement_id)
        .join(time, true())
        .join(targets, true())
        .where(WorkOrder.id.in_(ids))
    )


def page_of_time_entries(work: UnitOfWork, page: Page, work_order_id: UUID | None = None) -> dict[str, Any]:
    statement = matching_entries(work, page.filters)
    if work_order_id is not None:
        statement = statement.where(TimeEntry.work_order_id == work_order_id)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(TimeEntry.search_text, page.q))
    return paginate(work.session, statement, page, sorts=TIME_SORTS, default="-worked_on", key=TimeEntry.id)


def matching_entries(work: UnitOfWork, filters: Mapping[str, Any]) -> Select[TimeEntry]:
    statement = select(TimeEntry).where(TimeEntry.deleted_at.is_(None), visible_entries(work))
    for name, value in filters.items():
        bound = TIME_BOUNDS.get(name)
        statement = statement.where(bound(value) if bound else getattr(TimeEntry, name) == value)
    return statement


def name_entries(work: UnitOfWork, entries: Sequence[TimeEntry]) -> None:
    """Sets `client_name` and `work_order_subject` on each, in one query."""
    statement = (
        select(WorkOrder.id, WorkOrder.subject, Client.name)
        .outerjoin(Client, Client.id == WorkOrder.client_id)
        .where(WorkOrder.id.in_({entry.work_order_id for entry in entries}))
    )
    names = {row.id: row for row in work.session.execute(statement)} if entries else {}
    for entry in entries:
        row = names[entry.work_order_id]
        vars(entry).update(client_name=row.name, work_order_subject=row.subject)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all work orders and time again, deleted time included, because a replica may have missed it."""
    for orders in keyset(work.session, select(WorkOrder), WorkOrder.id):
        for order in orders:
            work.emit(events.ORDER_CHANGED, order)
        yield
    for entries in keyset(work.session, select(TimeEntry), TimeEntry.id):
        for entry in entries:
            work.emit(events.DELETED if entry.deleted else events.LOGGED, entry)
        yield


def _suggestions(work: UnitOfWork, client_ids: set[UUID]) -> dict[UUID, UUID]:
    """Returns each client's default agreement, else its active one that started last."""
    statement = select(Agreement.client_id, Agreement.id).where(Agreement.client_id.in_(client_ids))
    statement = statement.where(active_on(work.today)).order_by(
        Agreement.is_default, Agreement.start_date, Agreement.id
    )
    return dict(work.session.execute(statement).all())
