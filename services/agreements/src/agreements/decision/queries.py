"""Reading the queue of renewal decisions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select

from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from agreements.decision import cycles
from agreements.decision.models import Decision
from agreements.inbound.replicas import Client, User
from common import searching
from common.errors import Conflict
from common.pages import Page, paginate
from common.uow import UnitOfWork

OPEN, SNOOZED, DECIDED = "open", "snoozed", "decided"
STATES = (OPEN, SNOOZED, DECIDED)
_OF_AGREEMENT = ("number", "name", "client_id", "type", "notice_days", "auto_renew", "currency", "frequency")
_OF_DECISION = ("owner_id", "snoozed_until", "outcome", "note", "decided_at", "decided_by_name")


def page_of_decisions(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns decisions that are due within 90 days or overdue; the open ones unless a state is asked for."""
    cycle = cycles.present(work)
    filters = dict(page.filters)
    statement = _joined(select(cycle.c.id), cycle).where(*_in_queue(work, cycle, filters.pop("state", OPEN)))
    statement = statement.join(Agreement, Agreement.id == cycle.c.id)
    if page.q:
        statement = statement.where(searching.matching(Agreement.search_text, page.q))
    if bucket := filters.pop("bucket", None):
        statement = statement.where(_in_bucket(work, cycle, bucket))
    if kind := filters.pop("kind", None):
        statement = statement.where(cycle.c.kind == kind)
    if owner_id := filters.pop("owner_id", None):
        statement = statement.where(Decision.owner_id == owner_id)
    if client_id := filters.pop("client_id", None):
        statement = statement.where(Agreement.client_id == client_id)
    sorts = {"decide_by": cycle.c.decide_by, "ends_on": cycle.c.ends_on}
    found = paginate(work.session, statement, page, sorts=sorts, default="decide_by", key=cycle.c.id)
    rows = {row["agreement_id"]: row for row in _rows(work, found["items"])}
    return {**found, "items": [rows[identifier] for identifier in found["items"]]}


def one(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Returns the decision about the present cycle. Raises Conflict if the agreement is not in force."""
    agreement = get(work, agreement_id)
    rows = _rows(work, [agreement_id])
    if not rows:
        message = f"{agreement.number} is {agreement.status}. Only agreements in force have a renewal decision."
        raise Conflict(message)
    return rows[0]


def statistics(work: UnitOfWork) -> dict[str, int]:
    """Returns the number of open decisions in each bucket, and of the snoozed ones."""
    cycle = cycles.present(work)
    within = _in_state(work, OPEN)
    counted = {f"open_{name}": and_(within, _in_bucket(work, cycle, name)) for name in cycles.BUCKETS}
    counted[SNOOZED] = _in_state(work, SNOOZED)
    columns: list[Any] = [func.count().filter(clause).label(name) for name, clause in counted.items()]
    row = work.session.execute(_joined(select(*columns), cycle).where(_due(work, cycle))).one()
    return dict(row._mapping)


def count_open(work: UnitOfWork) -> int:
    """Returns the number of open decisions that are overdue or due within 90 days."""
    cycle = cycles.present(work)
    statement = _joined(select(func.count()), cycle).where(*_in_queue(work, cycle, OPEN))
    return work.session.scalar(statement) or 0


def _joined(statement: Select[Any], cycle: Subquery) -> Select[Any]:
    same = and_(Decision.agreement_id == cycle.c.id, Decision.ends_on == cycle.c.ends_on)
    return statement.select_from(cycle).outerjoin(Decision, same)


def _in_queue(work: UnitOfWork, cycle: Subquery, state: str) -> tuple[ColumnElement[bool], ...]:
    return _due(work, cycle), _in_state(work, state)


def _due(work: UnitOfWork, cycle: Subquery) -> ColumnElement[bool]:
    return cycle.c.decide_by <= work.today + timedelta(days=cycles.HORIZON)


def _in_state(work: UnitOfWork, state: str) -> ColumnElement[bool]:
    if state == DECIDED:
        return Decision.outcome.is_not(None)
    asleep = Decision.snoozed_until > work.today
    if state == SNOOZED:
        return and_(Decision.outcome.is_(None), asleep)
    return and_(Decision.outcome.is_(None), or_(Decision.snoozed_until.is_(None), ~asleep))


def _in_bucket(work: UnitOfWork, cycle: Subquery, bucket: str) -> ColumnElement[bool]:
    first, last = cycles.BUCKETS[bucket]
    until = cycle.c.decide_by <= work.today + timedelta(days=last)
    if first is None:
        return until
    return and_(cycle.c.decide_by >= work.today + timedelta(days=first), until)


def _rows(work: UnitOfWork, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    if not ids:
        return []
    cycle = cycles.present(work)
    columns: list[Any] = [getattr(Agreement, name) for name in (*_OF_AGREEMENT, "recurring_amount")]
    columns += [getattr(Decision, name) for name in _OF_DECISION]
    names = (Client.name.label("client_name"), User.name.label("owner_name"), func.coalesce(Decision.version, 0))
    shown = (cycle.c.id.label("agreement_id"), cycle.c.kind, cycle.c.ends_on, cycle.c.decide_by)
    statement = (
        _joined(select(*shown, *columns, names[0], names[1], names[2].label("version")), cycle)
        .join(Agreement, Agreement.id == cycle.c.id)
        .outerjoin(Client, Client.id == Agreement.client_id)
        .outerjoin(User, User.id == Decision.owner_id)
        .where(cycle.c.id.in_(ids))
    )
    return [_row(work, row._mapping) for row in work.session.execute(statement)]


def _row(work: UnitOfWork, row: Any) -> dict[str, Any]:
    days = (row["decide_by"] - work.today).days
    return {**row, "days_left": days, "bucket": cycles.bucket_of(row["decide_by"], work.today)}
