"""Forgets what is no longer needed: published outbox rows, old inbox rows and idempotency keys."""

from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Column, Table, delete, select, tuple_

from common.app import App, Tick
from common.clock import now
from common.tables import handling_attempt, idempotency_key, inbox, outbox

log = structlog.get_logger(__name__)

PORTION = 5000
OUTBOX_KEPT = timedelta(days=7)
INBOX_KEPT = timedelta(days=14)
"""Longer than any message can be on its way: the broker keeps no queue for so long without an alarm."""
KEYS_KEPT = timedelta(days=30)


def prune(app: App) -> None:
    """Deletes in small transactions, so that neither locks nor vacuum feel it."""
    counts = {
        "outbox": _delete_older(app, outbox, outbox.c.published_at, OUTBOX_KEPT),
        "handling_attempts": _delete_older(app, handling_attempt, handling_attempt.c.started_at, INBOX_KEPT),
        "inbox": _delete_older(app, inbox, inbox.c.handled_at, INBOX_KEPT),
        "idempotency_keys": _delete_older(app, idempotency_key, idempotency_key.c.created_at, KEYS_KEPT),
    }
    if any(counts.values()):
        log.info("old_rows_pruned", **counts)


PRUNE = Tick("prune", timedelta(hours=1), prune)


def _delete_older(app: App, table: Table, column: Column[Any], kept: timedelta) -> int:
    limit, total = now() - kept, 0
    keys = tuple_(*table.primary_key)
    portion = delete(table).where(keys.in_(select(*table.primary_key).where(column < limit).limit(PORTION)))
    while True:
        with app.database.engine.begin() as connection:
            deleted = connection.execute(portion).rowcount
        total += deleted
        if deleted < PORTION:
            return total
