"""Reads the audit log."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, case, column, func, select, true, tuple_, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from common.pages import Page, paginate
from common.uow import UnitOfWork
from gateway.audit.changes import PARTS, changes, row_changes
from gateway.audit.models import AuditEntry, about_clients
from gateway.audit.summaries import summary
from gateway.user.models import User

COLUMNS = [column.key for column in AuditEntry.__table__.columns]
SORTS = {"occurred_at": AuditEntry.occurred_at}
FILTERS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "actor": lambda value: AuditEntry.actor_id == value,
    "client_id": about_clients,
    "occurred_at_gte": lambda value: AuditEntry.occurred_at >= value,
    "occurred_at_lt": lambda value: AuditEntry.occurred_at < value,
    "type": lambda value: AuditEntry.type.startswith(value, autoescape=True),
}
FURTHEST = 50
"""The number of earlier entries of a subject that are searched for a field's value."""
FURTHEST_PARTS = 1000
"""The same for subjects whose entries carry only changed rows."""


def page_of_entries(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = narrowed(select(AuditEntry), page.filters)
    result = paginate(work.session, statement, page, sorts=SORTS, default="-occurred_at", key=AuditEntry.id)
    entries, people = with_changes(work, result["items"])
    return {**result, "items": [{**entry, "summary": sentence(entry, people)} for entry in entries]}


def sentence(entry: Mapping[str, Any], people: Mapping[str, str]) -> str:
    """Returns the summary of an entry of `with_changes`."""
    return summary(entry["type"], entry["data"], entry["changes"], people)


def narrowed(statement: Select[AuditEntry], filters: Mapping[str, Any]) -> Select[AuditEntry]:
    for name, value in filters.items():
        statement = statement.where(FILTERS[name](value) if name in FILTERS else getattr(AuditEntry, name) == value)
    return statement


def with_changes(work: UnitOfWork, entries: Sequence[AuditEntry]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Returns the entries with actors' names and changes, and user names by id, in three queries."""
    whole = [entry for entry in entries if entry.aggregate not in PARTS]
    before = _states_before(work, [entry.id for entry in whole if entry.sequence > 1])
    rows_before = _rows_before(work, [entry for entry in entries if entry.aggregate in PARTS])
    names = _names(work, {entry.actor_id for entry in entries} | {str(entry.data.get("user_id")) for entry in entries})
    rows = []
    for entry in entries:
        row = {name: getattr(entry, name) for name in COLUMNS}
        if entry.aggregate in PARTS:
            field = PARTS[entry.aggregate]
            row["changes"] = row_changes(field, rows_before.get(entry.id, {}), entry.data.get(field) or [])
        else:
            row["changes"] = changes(None if entry.sequence == 1 else before.get(entry.id, {}), entry.data)
        row["actor_name"] = names.get(entry.actor_id)
        rows.append(row)
    return rows, names


def _states_before(work: UnitOfWork, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Returns each field's last earlier value by entry, because events don't carry all fields."""
    if not ids:
        return {}
    entry, earlier = aliased(AuditEntry), aliased(AuditEntry)
    field = func.jsonb_object_keys(entry.data).table_valued("key").render_derived("field")
    recent = (
        select(earlier.data, earlier.sequence, earlier.id)
        .where(
            earlier.subject == entry.subject,
            earlier.aggregate == entry.aggregate,
            tuple_(earlier.sequence, earlier.id) < tuple_(entry.sequence, entry.id),
        )
        .order_by(earlier.sequence.desc(), earlier.id.desc())
        .limit(FURTHEST)
        .correlate(entry)
        .subquery()
    )
    previous = (
        select(recent.c.data[field.c.key].label("value"))
        .where(recent.c.data.has_key(field.c.key))
        .order_by(recent.c.sequence.desc(), recent.c.id.desc())
        .limit(1)
        .correlate(entry, field)
        .lateral("previous")
    )
    statement = select(entry.id, field.c.key, previous.c.value).select_from(entry)
    statement = statement.join(field, true()).join(previous, true()).where(entry.id.in_(ids))
    result: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for row in work.session.execute(statement):
        result[row.id][row.key] = row.value
    return result


def _rows_before(work: UnitOfWork, entries: list[AuditEntry]) -> dict[UUID, dict[str, Any]]:
    """Returns the earlier state of each entry's rows by entry and row id.

    Rows are ordered by their own versions, because the entries of a subject are about different rows.
    """
    if not entries:
        return {}
    entry, row = aliased(AuditEntry), aliased(AuditEntry)
    parts = case(*((row.aggregate == name, row.data[field]) for name, field in PARTS.items()))
    of_same = select(row.id, row.subject, parts.label("parts")).where(
        row.subject == entry.subject, row.aggregate == entry.aggregate, row.id <= entry.id
    )
    recent = of_same.order_by(row.id.desc()).limit(FURTHEST_PARTS).correlate(entry).lateral("recent")
    ids = [entry.id for entry in entries]
    newest = list({each.subject: each.id for each in sorted(entries, key=lambda each: each.id)}.values())
    part = func.jsonb_array_elements(recent.c.parts).table_valued(column("value", JSONB)).render_derived("part")
    identity, version = part.c.value["id"].astext, part.c.value["version"].astext.cast(BigInteger)
    lagged = func.lag(part.c.value).over(
        partition_by=(recent.c.subject, identity), order_by=(version.nulls_first(), recent.c.id)
    )
    seen = (
        select(recent.c.id, identity.label("row_id"), type_coerce(lagged, JSONB).label("before"))
        .select_from(entry)
        .join(recent, true())
        .join(part, true())
        .where(entry.id.in_(newest))
        .subquery()
    )
    result: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for record in work.session.execute(select(seen).where(seen.c.id.in_(ids), seen.c.before.is_not(None))):
        result[record.id][record.row_id] = record.before
    return result


def _names(work: UnitOfWork, actor_ids: set[str]) -> dict[str, str]:
    ids = [actor_id for actor_id in map(_uuid, actor_ids) if actor_id]
    rows = work.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {str(row.id): row.name for row in rows}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
