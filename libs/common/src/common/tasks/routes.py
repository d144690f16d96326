"""`/{service}/tasks`: the service's part of the tasks, which the gateway puts together as `/tasks`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from common.errors import Conflict
from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF
from common.tasks import declaring, queries, steering
from common.tasks.schemas import TASK, TASK_FILTERS, TASK_SUMMARY, shown
from common.uow import UnitOfWork


def task_routes(service: str, tasks: Sequence[declaring.Task]) -> Routes:
    routes = Routes(f"{service}-tasks", "Background work: its progress, result and errors")

    @routes.list(f"/{service}/tasks", "listTasks", filters=TASK_FILTERS, returns=TASK_SUMMARY, roles=STAFF)
    def list_tasks(work: UnitOfWork, page: Page) -> dict[str, Any]:
        found = queries.page_of_tasks(work, tasks, page)
        return {**found, "items": [shown(work, tasks, row) for row in found["items"]]}

    @routes.get(f"/{service}/tasks/<uuid:task_id>", "getTask", returns=TASK, roles=STAFF)
    def get_task(work: UnitOfWork, task_id: UUID) -> dict[str, Any]:
        return shown(work, tasks, queries.get(work, tasks, task_id))

    @routes.post(
        f"/{service}/tasks/<uuid:task_id>/cancel",
        "cancelTask",
        returns=TASK,
        roles=STAFF,
        status=200,
    )
    def cancel_task(work: UnitOfWork, task_id: UUID) -> dict[str, Any]:
        kind = queries.get(work, tasks, task_id)["name"]
        refusal = next((each.refuses_cancel for each in tasks if each.name == kind), None)
        if refusal:
            raise Conflict(refusal)
        steering.cancel(work, task_id)
        return shown(work, tasks, queries.get(work, tasks, task_id))

    @routes.post(
        f"/{service}/tasks/<uuid:task_id>/retry",
        "retryTask",
        returns=TASK,
        roles=STAFF,
        status=200,
    )
    def retry_task(work: UnitOfWork, task_id: UUID) -> dict[str, Any]:
        queries.get(work, tasks, task_id)
        steering.retry(work, task_id)
        return shown(work, tasks, queries.get(work, tasks, task_id))

    return routes
