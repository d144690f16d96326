"""Changing the status of a work order, and keeping each change."""

from agreements.access import is_client_user
from agreements.conversation.models import StatusChange
from agreements.sla import counting
from agreements.work import events
from agreements.work.models import WorkOrder
from common.uow import UnitOfWork


def move(work: UnitOfWork, order: WorkOrder, to: str) -> None:
    """Sets the status and announces it. Raises Conflict if the current status does not allow it."""
    before = order.status
    order.move(to, work.now)
    remember(work, order, before)
    counting.count(work, [order])
    work.emit(events.ORDER_MOVED, order)


def remember(work: UnitOfWork, order: WorkOrder, before: str) -> None:
    """Adds the change from `before` to the order's history."""
    work.session.add(
        StatusChange(
            work_order_id=order.id,
            from_status=before,
            to_status=order.status,
            at=work.now,
            by_client=is_client_user(work),
            actor_name=work.actor.name,
        )
    )
