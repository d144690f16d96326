"""Reading the tasks of work orders."""

from uuid import UUID

from sqlalchemy import select

from agreements.checklist.models import OrderTask
from common.uow import UnitOfWork


def of_order(work: UnitOfWork, work_order_id: UUID) -> list[OrderTask]:
    """Returns the tasks in their order. The caller has checked that the actor may see the work order."""
    statement = select(OrderTask).where(OrderTask.work_order_id == work_order_id)
    return list(work.session.scalars(statement.order_by(OrderTask.position, OrderTask.id)))
