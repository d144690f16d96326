"""Adding, ticking, moving and removing the tasks of a work order."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from agreements.checklist import queries
from agreements.checklist.models import OrderTask
from agreements.work import events
from agreements.work.models import WorkOrder
from agreements.work.queries import get_order
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, NotFound
from common.ids import new_id
from common.uow import UnitOfWork

MOST_TASKS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTask:
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskChanges:
    """`position` is the new place in the list, 0 for the first."""

    title: str | Unset = UNSET
    done: bool | Unset = UNSET
    position: int | Unset = UNSET


def fill(work: UnitOfWork, order: WorkOrder, titles: Sequence[str]) -> None:
    """Adds open tasks to a new work order."""
    order.tasks_total = len(titles)
    work.session.flush()  # the tasks refer to the order's row
    tasks = [
        OrderTask(id=new_id(), work_order_id=order.id, position=position, title=title)
        for position, title in enumerate(titles)
    ]
    work.session.add_all(tasks)


def add(work: UnitOfWork, work_order_id: UUID, new: NewTask) -> list[OrderTask]:
    """Adds a task at the end."""
    order, tasks = _locked(work, work_order_id)
    if len(tasks) >= MOST_TASKS:
        raise Conflict(f"{order.number} has {MOST_TASKS} tasks. Remove one, or use another work order.")
    task = OrderTask(id=new_id(), work_order_id=order.id, position=len(tasks), title=new.title)
    work.session.add(task)
    return _keep(work, order, [*tasks, task])


def change(work: UnitOfWork, work_order_id: UUID, task_id: UUID, changes: TaskChanges) -> list[OrderTask]:
    """Changes a task. A task that was done keeps who did it when, however often it is ticked."""
    order, tasks = _locked(work, work_order_id)
    task = _one(tasks, task_id)
    values = sent(changes)
    task.title = values.get("title", task.title)
    if "done" in values and values["done"] != task.done:
        task.done_at = work.now if values["done"] else None
        task.done_by_name = work.actor.name if values["done"] else None
    if "position" in values:
        tasks.remove(task)
        tasks.insert(values["position"], task)
    return _keep(work, order, tasks)


def remove(work: UnitOfWork, work_order_id: UUID, task_id: UUID) -> None:
    order, tasks = _locked(work, work_order_id)
    task = _one(tasks, task_id)
    tasks.remove(task)
    work.session.delete(task)
    _keep(work, order, tasks)


def _locked(work: UnitOfWork, work_order_id: UUID) -> tuple[WorkOrder, list[OrderTask]]:
    order = get_order(work, work_order_id, lock=True)
    return order, queries.of_order(work, order.id)


def _one(tasks: Sequence[OrderTask], task_id: UUID) -> OrderTask:
    task = next((one for one in tasks if one.id == task_id), None)
    if task is None:
        raise NotFound("Task not found on this work order.")
    return task


def _keep(work: UnitOfWork, order: WorkOrder, tasks: list[OrderTask]) -> list[OrderTask]:
    """Numbers the tasks, counts them on the order and announces it if anything changed."""
    for position, task in enumerate(tasks):
        task.position = position
    order.tasks_total, order.tasks_done = len(tasks), sum(task.done for task in tasks)
    if work.session.new or work.session.deleted or any(work.session.is_modified(one) for one in (order, *tasks)):
        order.touch(work.now)
        work.emit(events.ORDER_CHANGED, order)
    return tasks
