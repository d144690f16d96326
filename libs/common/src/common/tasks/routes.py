"""`/{service}/tasks`: the service's part of the tasks, which the gateway puts together as `/tasks`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from common import fields as own
from common.errors import Conflict
from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF
from common.tasks import declaring, queries, steering
from common.uow import UnitOfWork


class TaskProgress(Schema):
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True, metadata={"description": "Null while it is not known"})


class Task(Schema):
    id = fields.UUID(required=True)
    service = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    status = own.one_of(*declaring.STATUSES, required=True)
    progress = fields.Nested(TaskProgress(), required=True)
    result = fields.Raw(required=True, allow_none=True)
    error = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it failed, or why its last attempt did"}
    )
    attempts = fields.Integer(required=True)
    cancel_requested = fields.Boolean(required=True)
    actor = fields.String(required=True)
    actor_name = fields.String(required=True)
    run_at = fields.DateTime(required=True)
    created_at = fields.DateTime(required=True)
    started_at = fields.DateTime(required=True, allow_none=True)
    finished_at = fields.DateTime(required=True, allow_none=True)


class TaskFilters(Schema):
    status = own.one_of(*declaring.STATUSES)
    kind = fields.String()


class TaskSummary(Task):
    """A task as in the list."""

    class Meta:
        exclude = ("result",)


TASK, TASK_SUMMARY, TASK_FILTERS = Task(), TaskSummary(), TaskFilters()


def shown(work: UnitOfWork, tasks: Sequence[declaring.Task], row: dict[str, Any]) -> dict[str, Any]:
    """Returns a task's row as the public sees it."""
    titles = {each.name: each.title for each in tasks}
    progress = {"done": row["done"], "total": row["total"]}
    named = {"service": work.settings.service, "kind": row["name"], "title": titles.get(row["name"], row["name"])}
    return row | named | {"progress": progress}


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
