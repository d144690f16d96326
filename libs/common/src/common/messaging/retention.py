"""Forgets what is no longer needed: published outbox rows, old inbox rows, idempotency keys, finished tasks."""

from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Column, ColumnElement, Table, delete, select, tuple_

from common.app import App
from common.clock import now
from common.tables import handling_attempt, idempotency_key, inbox, outbox, task
from common.tasks.declaring import Task

log = structlog.get_logger(__name__)

PORTION = 5000
OUTBOX_KEPT = timedelta(days=7)
INBOX_KEPT = timedelta(days=14)
"""Longer than any message can be on its way: the broker keeps no queue for so long without an alarm."""
KEYS_KEPT = timedelta(days=30)


def prune(app: App) -> dict[str, int]:
    """Deletes in small transactions, so that neither locks nor vacuum feel it. Returns how many rows."""
    counts = {
        "outbox": _delete_older(app, outbox, outbox.c.published_at, OUTBOX_KEPT),
        "handling_attempts": _delete_older(app, handling_attempt, handling_attempt.c.started_at, INBOX_KEPT),
        "inbox": _delete_older(app, inbox, inbox.c.handled_at, INBOX_KEPT),
        "idempotency_keys": _delete_older(app, idempotency_key, idempotency_key.c.created_at, KEYS_KEPT),
    }
    for each in app.tasks:
        if each.kept is not None:
            counts[each.name] = _delete_older(app, task, task.c.finished_at, each.kept, task.c.name == each.name)
    if any(counts.values()):
        log.info("old_rows_pruned", **counts)
    return counts


PRUNE = Task(
    name="prune", title="Clean-up of old records", run=lambda execution: prune(execution.app), kept=timedelta()
)


def _delete_older(
    app: App, table: Table, column: Column[Any], kept: timedelta, *conditions: ColumnElement[bool]
) -> int:
    limit, total = now() - kept, 0
    keys = tuple_(*table.primary_key)
    old = select(*table.primary_key).where(column < limit, *conditions).limit(PORTION)
    portion = delete(table).where(keys.in_(old))
    while True:
        with app.database.engine.begin() as connection:
            deleted = connection.execute(portion).rowcount
        total += deleted
        if deleted < PORTION:
            return total
