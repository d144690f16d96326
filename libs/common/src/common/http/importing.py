"""Answers uploads that are imported by a task."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, request

from common import importing
from common.app import App
from common.context import Context
from common.dumping import dumper
from common.http import starting, uploads
from common.tasks import queries
from common.tasks.declaring import Task
from common.tasks.schemas import TASK, shown
from common.uow import UnitOfWork


def start(app: App, context: Context, declared: Task, query: dict[str, Any]) -> Response:
    """Answers 200 with the report, or 202 with the task if it is not finished yet. Raises what the import failed with.

    The key of a request that imported nothing is free again.
    """
    data = uploads.received() or b""

    def enqueue(work: UnitOfWork) -> UUID:
        return importing.enqueue(work, declared, data, request.mimetype, query)

    return starting.start(app, context, enqueue, lambda *args: _answer(declared, *args), importing.has_failed)


def _answer(declared: Task, work: UnitOfWork, task_id: UUID, status: int) -> Response:
    if status == 200:
        body = importing.result_of(work, task_id)
    else:
        row = queries.get(work, [declared], task_id)
        body = dumper(TASK, work.actor.role)(shown(work, [declared], row))
    return Response(orjson.dumps(body), status, mimetype="application/json")
