"""The audit log of one client or one service, told for the people who work with it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from common.pages import Page, paginate
from common.uow import UnitOfWork
from gateway.audit.changes import PARTS
from gateway.audit.models import AuditEntry, about_clients
from gateway.audit.queries import SORTS, narrowed, sentence, told
from gateway.inbound.replicas import Successor


def of_client(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Also what happened to clients that were merged into this one."""
    merged = work.session.scalars(select(Successor.id).where(Successor.successor_id == client_id)).all()
    return _page(work, page, about_clients(client_id, *merged))


def of_subject(work: UnitOfWork, subject_id: UUID, page: Page) -> dict[str, Any]:
    return _page(work, page, AuditEntry.subject == str(subject_id))


def _page(work: UnitOfWork, page: Page, clause: ColumnElement[bool]) -> dict[str, Any]:
    statement: Select[AuditEntry] = narrowed(select(AuditEntry).where(clause), page.filters)
    found = paginate(work.session, statement, page, sorts=SORTS, default="-occurred_at", key=AuditEntry.id)
    entries, people = told(work, found["items"])
    return {**found, "items": [_shown(entry, people) for entry in entries]}


def _shown(entry: dict[str, Any], people: dict[str, str]) -> dict[str, Any]:
    """What is made shows no changes: all of it is new."""
    first = entry["sequence"] == 1 and entry["aggregate"] not in PARTS
    changes = {change["field"]: change for change in entry["changes"]} if not first else {}
    return {**entry, "summary": sentence(entry, people), "changes": changes}
