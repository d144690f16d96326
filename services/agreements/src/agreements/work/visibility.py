"""The work orders and time entries that the actor may see."""

from sqlalchemy import ColumnElement, or_, select

from agreements.access import is_technician, not_taken_off, of_own_clients, user_id
from agreements.work.models import TimeEntry, WorkOrder
from common.uow import UnitOfWork


def of_work_orders(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause. A technician also sees assigned work orders, unless unassigned from the client."""
    own = of_own_clients(work, WorkOrder.client_id)
    return or_(own, _assigned(work)) if is_technician(work) else own


def of_time_entries(work: UnitOfWork) -> ColumnElement[bool]:
    own = of_own_clients(work, TimeEntry.client_id)
    if not is_technician(work):
        return own
    return or_(own, TimeEntry.work_order_id.in_(select(WorkOrder.id).where(_assigned(work))))


def _assigned(work: UnitOfWork) -> ColumnElement[bool]:
    return (WorkOrder.technician_id == user_id(work)) & not_taken_off(work, WorkOrder.client_id)
