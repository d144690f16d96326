"""Tasks as the API shows them."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields

from common import fields as own
from common.tasks import declaring
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
    result = fields.Raw(
        required=True,
        allow_none=True,
        metadata={"description": "Of a task that failed by a rule: the problem, as an error response has it"},
    )
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
