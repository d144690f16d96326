"""Reading the audit log."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased

from common.http.pagination import Page, paginate
from common.uow import UnitOfWork
from gateway.audit.changes import changes
from gateway.audit.models import AuditEntry
from gateway.user.models import User

COLUMNS = [column.key for column in AuditEntry.__table__.columns]
SORTS = {"occurred_at": AuditEntry.occurred_at}


def page_of_entries(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(AuditEntry)
    filters = dict(page.filters)
    since, until = filters.pop("occurred_at_gte", None), filters.pop("occurred_at_lt", None)
    if since:
        statement = statement.where(AuditEntry.occurred_at >= since)
    if until:
        statement = statement.where(AuditEntry.occurred_at < until)
    if "type" in filters:
        statement = statement.where(AuditEntry.type.startswith(filters.pop("type"), autoescape=True))
    if "actor" in filters:
        statement = statement.where(AuditEntry.actor_id == filters.pop("actor"))
    for name, value in filters.items():
        statement = statement.where(getattr(AuditEntry, name) == value)
    found = paginate(work.session, statement, page, sorts=SORTS, default="-occurred_at", key=AuditEntry.id)
    return {**found, "items": _told(work, found["items"])}


def _told(work: UnitOfWork, entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """The entries with their actors' names and what they changed: two queries, however many rows."""
    before = _states_before(work, [entry.id for entry in entries if entry.sequence > 1])
    names = _names(work, {entry.actor_id for entry in entries})
    told = []
    for entry in entries:
        row = {name: getattr(entry, name) for name in COLUMNS}
        known = entry.sequence == 1 or entry.id in before
        row["changes"] = changes(before.get(entry.id), entry.data) if known else []
        row["actor_name"] = names.get(entry.actor_id)
        told.append(row)
    return told


def _states_before(work: UnitOfWork, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """The data of the entry before each, on the same subject."""
    entry, earlier = aliased(AuditEntry), aliased(AuditEntry)
    previous = (
        select(earlier.data)
        .where(
            earlier.subject == entry.subject,
            earlier.aggregate == entry.aggregate,
            tuple_(earlier.sequence, earlier.id) < tuple_(entry.sequence, entry.id),
        )
        .order_by(earlier.sequence.desc(), earlier.id.desc())
        .limit(1)
        .correlate(entry)
        .lateral()
    )
    rows = work.session.execute(select(entry.id, previous.c.data).join(previous, onclause=entry.id.in_(ids)))
    return {row.id: row.data for row in rows}


def _names(work: UnitOfWork, actor_ids: set[str]) -> dict[str, str]:
    ids = [found for found in map(_uuid, actor_ids) if found]
    rows = work.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {str(row.id): row.name for row in rows}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
