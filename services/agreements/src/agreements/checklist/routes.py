"""HTTP routes for the tasks of work orders."""

from typing import Any
from uuid import UUID

from agreements.checklist import editing, queries
from agreements.checklist.editing import NewTask, TaskChanges
from agreements.checklist.schemas import ORDER_TASKS, TASK_BODY, TASK_PATCH
from agreements.work.queries import get_order
from common.http.routes import Routes
from common.roles import STAFF, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-order-tasks", "Tasks of work orders: what to do, and who did it when")

TASKS = "/work-orders/<uuid:work_order_id>/tasks"
ONE = f"{TASKS}/<uuid:task_id>"


@routes.get(TASKS, "listWorkOrderTasks", returns=ORDER_TASKS, roles=STAFF)
def list_tasks(work: UnitOfWork, work_order_id: UUID) -> dict[str, Any]:
    return {"items": queries.of_order(work, get_order(work, work_order_id).id)}


@routes.post(TASKS, "addWorkOrderTask", body=TASK_BODY, returns=ORDER_TASKS, roles=WORKERS)
def add_task(work: UnitOfWork, body: NewTask, work_order_id: UUID) -> dict[str, Any]:
    return {"items": editing.add(work, work_order_id, body)}


@routes.patch(ONE, "updateWorkOrderTask", body=TASK_PATCH, returns=ORDER_TASKS, roles=WORKERS)
def update_task(work: UnitOfWork, body: TaskChanges, work_order_id: UUID, task_id: UUID) -> dict[str, Any]:
    return {"items": editing.change(work, work_order_id, task_id, body)}


@routes.delete(ONE, "removeWorkOrderTask", roles=WORKERS)
def remove_task(work: UnitOfWork, work_order_id: UUID, task_id: UUID) -> None:
    editing.remove(work, work_order_id, task_id)
