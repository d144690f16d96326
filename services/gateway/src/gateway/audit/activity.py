"""Reads the audit log of a client, agreement, service or invoice as its activity."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from common.pages import Page, paginate
from common.uow import UnitOfWork
from gateway.audit.changes import PARTS
from gateway.audit.models import AuditEntry, about_clients
from gateway.audit.queries import SORTS, narrowed, sentence, with_changes
from gateway.inbound.replicas import Successor


def of_client(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the client's activity, including that of clients merged into it."""
    merged = work.session.scalars(select(Successor.id).where(Successor.successor_id == client_id)).all()
    return _page(work, page, about_clients(client_id, *merged))


def of_subject(work: UnitOfWork, subject_id: UUID, page: Page) -> dict[str, Any]:
    return _page(work, page, AuditEntry.subject == str(subject_id))


def _page(work: UnitOfWork, page: Page, clause: ColumnElement[bool]) -> dict[str, Any]:
    statement: Select[AuditEntry] = narrowed(select(AuditEntry).where(clause), page.filters)
    result = paginate(work.session, statement, page, sorts=SORTS, default="-occurred_at", key=AuditEntry.id)
    entries, people = with_changes(work, result["items"])
    return {**result, "items": [_activity(entry, people) for entry in entries]}


def _activity(entry: dict[str, Any], people: dict[str, str]) -> dict[str, Any]:
    """Returns the entry with its summary. The first entry of an entity shows no changes, because all fields are new."""
    first = entry["sequence"] == 1 and entry["aggregate"] not in PARTS
    changes = {change["field"]: change for change in entry["changes"]} if not first else {}
    return {**entry, "summary": sentence(entry, people), "changes": changes}
