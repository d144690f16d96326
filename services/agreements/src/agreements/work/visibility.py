"""Which work orders and time entries the actor may know."""

from sqlalchemy import ColumnElement, or_, select

from agreements.access import is_technician, of_own_clients, user_id
from agreements.work.models import TimeEntry, WorkOrder
from common.uow import UnitOfWork


def of_work_orders(work: UnitOfWork) -> ColumnElement[bool]:
    """A technician also sees what is assigned to them, whoever the client is."""
    own = of_own_clients(work, WorkOrder.client_id)
    return or_(own, WorkOrder.technician_id == user_id(work)) if is_technician(work) else own


def of_time_entries(work: UnitOfWork) -> ColumnElement[bool]:
    own = of_own_clients(work, TimeEntry.client_id)
    if not is_technician(work):
        return own
    mine = select(WorkOrder.id).where(WorkOrder.technician_id == user_id(work))
    return or_(own, TimeEntry.work_order_id.in_(mine))
