"""`/tasks`: every service keeps its own tasks; the gateway asks them all and finds the one that has a task."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import Response, current_app
from marshmallow import Schema, fields, validate

from common import fields as own
from common.errors import Conflict, Unavailable
from common.housekeeping import tasks_of
from common.http import paging
from common.http.routes import BASE, Routes
from common.pages import DEFAULT_SIZE, LARGEST_SIZE, Page
from common.roles import STAFF
from common.tasks import queries, steering
from common.tasks.declaring import STATUSES, Task
from common.tasks.queries import SORTS
from common.tasks.schemas import TASK, TASK_SUMMARY, shown
from common.uow import UnitOfWork
from gateway.asking import fetch, headers_for
from gateway.proxy.table import OWN
from gateway.runtime import runtime
from gateway.session.identify import principal
from gateway.task.merging import merged

routes = Routes("tasks", "Background work of all services: its progress, result and errors")
ACTIONS = {"cancel": steering.cancel, "retry": steering.retry}


class TaskListQuery(Schema):
    status = own.one_of(*STATUSES)
    kind = fields.String()
    sort = own.one_of(*SORTS, *(f"-{name}" for name in SORTS))
    page_size = own.Integer(load_default=DEFAULT_SIZE, validate=validate.Range(1, LARGEST_SIZE))
    cursor = fields.String()
    total = paging.exact()


class TaskList(Schema):
    items = fields.List(fields.Nested(TASK_SUMMARY), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = paging.total()
    total_is_exact = paging.total_is_exact()
    unavailable = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Services that did not answer; their tasks are missing"},
    )


@routes.get("/tasks", "listTasks", query=TaskListQuery(), returns=TaskList(), roles=STAFF)
def list_tasks(work: UnitOfWork, query: dict[str, Any]) -> Response:
    """Returns the tasks that the caller started or whose kind the caller's role sees, newest first."""
    parts = fetch(runtime(), principal(), f"tasks?{urlencode(query)}")
    return _passed(merged({**parts, OWN: _own_page(work, query)}, query["page_size"], query.get("sort")))


@routes.get("/tasks/<uuid:task_id>", "getTask", returns=TASK, roles=STAFF)
def get_task(work: UnitOfWork, task_id: UUID) -> Response:
    return _passed(_find(work, task_id))


@routes.post("/tasks/<uuid:task_id>/cancel", "cancelTask", returns=TASK, roles=STAFF, status=200)
def cancel_task(work: UnitOfWork, task_id: UUID) -> Response:
    """Cancels a waiting task at once and a running one at its next portion. What is done stays done."""
    return _passed(_send(work, task_id, "cancel"))


@routes.post("/tasks/<uuid:task_id>/retry", "retryTask", returns=TASK, roles=STAFF, status=200)
def retry_task(work: UnitOfWork, task_id: UUID) -> Response:
    """Starts a failed or cancelled task again."""
    return _passed(_send(work, task_id, "retry"))


def _passed(body: dict[str, Any]) -> Response:
    """Passes on what services have written as JSON already."""
    return Response(orjson.dumps(body), mimetype="application/json")


def _own() -> list[Task]:
    return list(tasks_of(current_app.extensions["app"]).values())


def _own_page(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    filters: dict[str, Any] = {name: query[name] for name in ("status", "kind") if name in query}
    page = Page(query["page_size"], query.get("cursor"), query.get("sort"), None, filters, exact="total" in query)
    found = queries.page_of_tasks(work, _own(), page)
    return {**found, "items": [TASK_SUMMARY.dump(shown(work, _own(), row)) for row in found["items"]]}


def _own_task(work: UnitOfWork, task_id: UUID) -> dict[str, Any]:
    dumped: dict[str, Any] = TASK.dump(shown(work, _own(), queries.get(work, _own(), task_id)))
    return dumped


def _find(work: UnitOfWork, task_id: UUID) -> dict[str, Any]:
    parts = fetch(runtime(), principal(), f"tasks/{task_id}")
    found = next((part for part in parts.values() if part), None)
    if found:
        return found
    away = sorted(name for name, part in parts.items() if part is None)
    if away:
        raise Unavailable(f"The task was not found, and these services did not answer: {', '.join(away)}.", 2)
    return _own_task(work, task_id)


def _send(work: UnitOfWork, task_id: UUID, action: str) -> dict[str, Any]:
    service = _find(work, task_id)["service"]
    if service == OWN:
        ACTIONS[action](work, task_id)
        return _own_task(work, task_id)
    upstream = runtime().upstreams[service]
    target = f"{BASE}/{service}/tasks/{task_id}/{action}"
    response = upstream.send("POST", target, headers_for(runtime(), principal(), service), b"", upstream.ordinary)
    try:
        body: dict[str, Any] = orjson.loads(response.read(decode_content=True))
    finally:
        response.release_conn()
    if response.status == Conflict.status:
        raise Conflict(body["detail"])
    if response.status != 200:
        raise Unavailable(f"The {service} service could not {action} the task. Try again shortly.", 2)
    return body
