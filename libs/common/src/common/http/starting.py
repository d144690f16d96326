"""Answers requests that start a task: with its result if it is done within a moment, else 202 and where to look."""

import re
from collections.abc import Callable
from uuid import UUID

import orjson
from flask import Response, has_request_context, request

from common.app import App
from common.context import Context
from common.errors import Unreadable
from common.http import idempotency
from common.tasks import waiting
from common.uow import UnitOfWork

WAIT = 2.0
LONGEST_WAIT = 60
PREFERENCE = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?:,|;|$)", re.IGNORECASE)


def start(
    app: App,
    context: Context,
    enqueue: Callable[[UnitOfWork], UUID],
    answer: Callable[[UnitOfWork, UUID, int], Response],
    is_over: Callable[[UnitOfWork, UUID], bool] = lambda work, task_id: False,
) -> Response:
    """Enqueues in one unit of work, waits, and answers from another.

    A request repeated with its Idempotency-Key finds the task that the first one started, and waits for that. If
    `is_over` says that the task is over and left nothing behind, the request starts another.
    """
    wanted = _preference(request.headers.get("Prefer"))
    seconds = patience()
    task_id, replayed = app.transact(context, lambda work: _once(work, enqueue, is_over))
    finished = waiting.wait(app, task_id, seconds)
    response = app.transact(context, lambda work: answer(work, task_id, 200 if finished else 202))
    response.headers["Location"] = f"/api/v1/tasks/{task_id}"
    if wanted is not None:
        response.headers["Preference-Applied"] = f"wait={wanted}"
    if replayed:
        response.headers[idempotency.REPLAYED] = "true"
    return response


def patience() -> float:
    """Returns how many seconds the request waits for its task: those of `Prefer: wait=N`, else WAIT."""
    wanted = _preference(request.headers.get("Prefer")) if has_request_context() else None
    return WAIT if wanted is None else wanted


def _once(
    work: UnitOfWork, enqueue: Callable[[UnitOfWork], UUID], is_over: Callable[[UnitOfWork, UUID], bool]
) -> tuple[UUID, bool]:
    promise = work.context.idempotency
    stored = idempotency.begin(work, promise) if promise else None
    if stored is not None:
        started = UUID(orjson.loads(stored.body)["task_id"])
        if not is_over(work, started):
            return started, True
    task_id = enqueue(work)
    if promise:
        idempotency.complete(work, promise, 202, orjson.dumps({"task_id": task_id}))
    return task_id, False


def _preference(header: str | None) -> int | None:
    """Returns the seconds of `Prefer: wait=N`, at most LONGEST_WAIT; other preferences are ignored."""
    if header is None or "wait" not in header.lower():
        return None
    found = PREFERENCE.search(header)
    if found is None:
        raise Unreadable("Prefer: wait must be a number of seconds, such as wait=10.")
    return min(int(found[1]), LONGEST_WAIT)
