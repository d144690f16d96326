"""Deletes files that nothing refers to any more."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from common import clock
from common.app import App
from common.blobs.files import File, lock
from common.blobs.stores import store_at
from common.claims import Claim, Queue
from common.clock import Clock
from common.context import Context
from common.tables import file
from common.tasks.declaring import Task
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)


LEASE = timedelta(minutes=10)
BATCH = 100
RELEASED = Queue(of=file, due="released_at", lease=LEASE)
"""A file is due the grace time after its release, so the collector claims at a time that lies so far back."""


def collect(app: App, now: Clock = clock.now) -> int:
    """Deletes each file released before the grace time, and its bytes if no other file has them. Returns how many."""
    collected = 0
    while claimed := app.transact(Context(), partial(_claim, at=now() - app.settings.blob_grace)):
        collected += sum(app.transact(Context(), partial(_delete, claim=claim)) for claim in claimed)
    if collected:
        log.info("files_collected", count=collected)
    return collected


def _claim(work: UnitOfWork, *, at: datetime) -> list[Claim]:
    return RELEASED.claim(work, limit=BATCH, at=at)


def _delete(work: UnitOfWork, *, claim: Claim) -> bool:
    """Deletes one file, whose row is locked while the bytes go. Returns False if it was kept or claimed meanwhile."""
    columns = (file.c.id, file.c.name, file.c.media_type, file.c.size, file.c.sha256)
    row = work.session.execute(select(*columns).where(*RELEASED.held(claim)).with_for_update()).one_or_none()
    if row is None:
        return False
    found = File(owner=work.settings.service, **row._mapping)
    lock(work.session, found.sha256)
    if not _has_other(work.session, found):
        store_at(work.settings.blob_store).delete(found.key)
    work.session.execute(delete(file).where(file.c.id == found.id))
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
