"""Applies catalog changes to rate cards: recorded when the event arrives, applied in portions."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, exists, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from clients.client.models import Client
from clients.inbound.replicas import DELETED, CatalogService, catalog_rate
from clients.rate_card import events, history
from clients.rate_card.inheriting import hold_catalog, inherit_late
from clients.rate_card.models import CatalogNews, ClientService
from common.app import Tick
from common.context import Actor, Context
from common.organisation.settings import FOLLOW
from common.replicas import upsert
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork

PORTION = 500
FOLLOWED = "The catalog rate changed"


def take(work: UnitOfWork, service: dict[str, Any], said_at: datetime | None) -> None:
    """Stores the newest state of a service. Puts a new service on cards, and records a change for all cards."""
    hold_catalog(work)
    known = work.session.scalar(select(CatalogService.id).where(CatalogService.id == service["id"]))
    if not upsert(work.session, CatalogService, [service]):
        return
    if known is None:
        inherit_late(work, service["id"])
    if service["status"] != DELETED:
        _note(work, service["id"], said_at)


def _note(work: UnitOfWork, service_id: UUID, said_at: datetime | None) -> None:
    """Records that the service's cards have to be visited, or restarts a visit that has begun.

    Transactions that copy from the catalog wait for this one, so all rows with an older copy are committed by then.
    """
    values = {
        "said_at": said_at,
        "visited": None,
        "actor_id": work.actor.id,
        "actor_role": work.actor.role,
        "correlation_id": work.context.correlation_id,
        "causation_id": work.context.causation_id,
    }
    statement = insert(CatalogNews).values(service_id=service_id, **values)
    work.session.execute(statement.on_conflict_do_update(index_elements=["service_id"], set_=values))
    work.enqueue(CATALOG_NEWS, key=CATALOG_NEWS.name)


def visit(work: UnitOfWork) -> int | None:
    """Applies one change to one portion of the cards. Returns how many it visited, or None if no change is left.

    A portion and the position after it commit together, so that a crash repeats nothing. Two workers at once wait for
    each other at the change's row.
    """
    news = work.session.scalar(select(CatalogNews).order_by(CatalogNews.service_id).limit(1).with_for_update())
    if news is None:
        return None
    context = Context(
        actor=Actor(news.actor_id, role=news.actor_role),
        correlation_id=news.correlation_id,
        causation_id=news.causation_id,
        now=work.now,
    )
    as_announced = UnitOfWork(work.session, context, work.settings)
    visited = _visit_portion(as_announced, news)
    as_announced.flush()
    return visited


def _run(execution: Execution) -> None:
    """Applies all changes, also those that arrive meanwhile."""
    while execution.transact(partial(_portion, execution)):
        pass


def _portion(execution: Execution, work: UnitOfWork) -> bool:
    visited = visit(work)
    if visited is not None:
        execution.advance(work, visited)
    return visited is not None


CATALOG_NEWS = Task(
    name="catalog_news",
    title="Catalog changes on rate cards",
    run=_run,
    attempts=1_000_000,
    kept=timedelta(),
    refuses_cancel="Catalog changes can't be cancelled: half of the rate cards would have the new rate.",
)


def _is_waiting(work: UnitOfWork) -> dict[str, Any] | None:
    return {} if work.session.scalar(select(exists().select_from(CatalogNews))) else None


CATALOG_TICK = Tick(CATALOG_NEWS, timedelta(minutes=1), _is_waiting)
"""For changes that an earlier release recorded during an upgrade, which enqueued no task."""


def _visit_portion(work: UnitOfWork, news: CatalogNews) -> int:
    rows = work.session.execute(_next(news)).all()
    if rows:
        _spread(work, news, [row_id for row_id, _ in rows])
    if len(rows) < PORTION:
        work.session.execute(delete(CatalogNews).where(CatalogNews.service_id == news.service_id))
    else:
        news.visited = rows[-1].client_id
    return len(rows)


def _next(news: CatalogNews) -> Select[UUID, UUID]:
    row = ClientService
    statement = select(row.id, row.client_id).where(row.service_id == news.service_id)
    if news.visited:
        statement = statement.where(row.client_id > news.visited)
    return statement.order_by(row.client_id).limit(PORTION)


def _spread(work: UnitOfWork, news: CatalogNews, ids: list[UUID]) -> None:
    condition = ClientService.id.in_(ids)
    if work.organisation.rate_change_policy == FOLLOW:
        _move(work, condition)
        return
    if news.said_at is not None:
        # Rows copied after the change have an old rate by mistake, so they get the new rate without a review.
        _move(work, condition, ClientService.created_at >= news.said_at)
    _open_reviews(work, condition)


def settle(work: UnitOfWork, client_id: UUID) -> None:
    """Compares the client's default rates with the catalog's prices in its new currency, or moves them to these."""
    work.flush()
    condition = ClientService.client_id == client_id
    if work.organisation.rate_change_policy == FOLLOW:
        _move(work, condition)
    else:
        _open_reviews(work, condition)


def _move(work: UnitOfWork, *conditions: ColumnElement[bool]) -> None:
    """Sets the rows' default rates to the catalog's; custom rates stay in effect."""
    rate = catalog_rate(Client.currency)
    former = (
        select(ClientService.id, ClientService.default_rate, rate.label("rate"))
        .join(Client, Client.id == ClientService.client_id)
        .join(CatalogService, CatalogService.id == ClientService.service_id)
        .where(*conditions, CatalogService.status != DELETED, ClientService.default_rate != rate)
        .order_by(ClientService.id)
        .with_for_update(of=ClientService)
        .subquery()
    )
    changed = work.session.execute(
        update(ClientService)
        .where(ClientService.id == former.c.id)
        .values(
            default_rate=former.c.rate,
            rate_review=False,
            review_rate=null(),
            version=ClientService.version + 1,
            updated_at=work.now,
        )
        .returning(ClientService, former.c.default_rate),
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).all()
    for row, old_rate in changed:
        if row.included and row.custom_rate is None:
            history.remember(work, row, old_rate, FOLLOWED)
    events.announce(work, [row for row, _ in changed])


def _open_reviews(work: UnitOfWork, *conditions: ColumnElement[bool]) -> None:
    """Opens a rate review for rows whose default rate differs, once for each catalog rate, and closes others."""
    row, rate = ClientService, catalog_rate(Client.currency)
    differs = row.default_rate != rate
    is_news = or_(differs & row.review_rate.is_distinct_from(rate), ~differs & row.rate_review)
    differing = (
        select(row.id, rate.label("rate"))
        .join(Client, Client.id == row.client_id)
        .join(CatalogService, CatalogService.id == row.service_id)
        .where(*conditions, CatalogService.status != DELETED, row.included, row.custom_rate.is_(None), is_news)
        .order_by(row.id)
        .with_for_update(of=row)
        .subquery()
    )
    differs = row.default_rate != differing.c.rate
    work.session.execute(
        update(row)
        .where(row.id == differing.c.id)
        .values(
            rate_review=differs,
            review_rate=case((differs, differing.c.rate), else_=null()),
            version=row.version + 1,
            updated_at=work.now,
        ),
        execution_options={"synchronize_session": False},
    )
