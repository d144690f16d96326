"""Waiting a moment for a task to finish, so that a short one is answered with its result."""

import time
from uuid import UUID

from sqlalchemy import select

from common.app import App
from common.tables import task
from common.tasks.declaring import FINAL

FIRST, LONGEST = 0.01, 0.25


def wait(app: App, task_id: UUID, seconds: float) -> bool:
    """Returns whether the task is finished, after at most `seconds`."""
    until, pause = time.monotonic() + seconds, FIRST
    while not is_finished(app, task_id):
        left = until - time.monotonic()
        if left <= 0:
            return False
        rest(app, min(pause, left))
        pause = min(pause * 2, LONGEST)
    return True


def is_finished(app: App, task_id: UUID) -> bool:
    with app.database.engine.connect() as connection:
        return connection.scalar(select(task.c.status).where(task.c.id == task_id)) in (*FINAL, None)


def rest(app: App, seconds: float) -> None:
    time.sleep(seconds)
