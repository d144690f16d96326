"""Deletes files that nothing refers to any more."""

from datetime import timedelta

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from common.app import App
from common.blobs.files import File, lock
from common.blobs.stores import store_at
from common.clock import now
from common.tables import file
from common.tasks.declaring import Task

log = structlog.get_logger(__name__)


def collect(app: App) -> int:
    """Deletes each file released before the grace time, and its bytes if no other file has them. Returns how many."""
    collected = 0
    while _collect_next(app):
        collected += 1
    if collected:
        log.info("files_collected", count=collected)
    return collected


def _collect_next(app: App) -> bool:
    """Deletes one file in a transaction of its own, which keeps its row locked while the bytes go."""
    columns = (file.c.id, file.c.name, file.c.media_type, file.c.size, file.c.sha256)
    due = select(*columns).where(file.c.released_at < now() - app.settings.blob_grace)
    due = due.order_by(file.c.released_at).limit(1).with_for_update(skip_locked=True)
    with app.database.sessions() as session, session.begin():
        row = session.execute(due).one_or_none()
        if row is None:
            return False
        found = File(owner=app.name, **row._mapping)
        lock(session, found.sha256)
        if not _has_other(session, found):
            store_at(app.settings.blob_store).delete(found.key)
        session.execute(delete(file).where(file.c.id == found.id))
    return True


def _has_other(session: Session, found: File) -> bool:
    other = exists().where(file.c.sha256 == found.sha256, file.c.id != found.id)
    return bool(session.scalar(select(other)))


COLLECT = Task(
    name="collect_files",
    title="Clean-up of unused files",
    run=lambda execution: collect(execution.app),
    kept=timedelta(),
)
