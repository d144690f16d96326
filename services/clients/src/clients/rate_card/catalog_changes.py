"""What a change in the catalog does to the cards that hold a copy: noted when it is heard, carried out in portions."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, null, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from clients.client.models import Client
from clients.inbound.replicas import DELETED, CatalogService, catalog_rate
from clients.rate_card import events, history
from clients.rate_card.inheriting import hold_catalog, inherit_late
from clients.rate_card.models import CatalogNews, ClientService
from common.app import App, Loop
from common.context import Actor, Context
from common.organisation.settings import FOLLOW
from common.replicas import upsert
from common.uow import UnitOfWork

CHANNEL = "catalog_news"
PORTION = 500
FOLLOWED = "The catalog rate changed"


def take(work: UnitOfWork, service: dict[str, Any], said_at: datetime | None) -> None:
    """Keeps the newest state of a master service; a first sight may be inherited late, a new rate goes its rounds."""
    hold_catalog(work)
    known = work.session.scalar(select(CatalogService.id).where(CatalogService.id == service["id"]))
    if not upsert(work.session, CatalogService, [service]):
        return
    if known is None:
        inherit_late(work, service["id"])
    if service["status"] != DELETED:
        _note(work, service["id"], said_at)


def _note(work: UnitOfWork, service_id: UUID, said_at: datetime | None) -> None:
    """Begins the round through the cards, or lets one under way begin anew with what is known now.

    Every row that holds an older copy was committed before: who copies waits while news are written.
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
    work.session.execute(text(f"NOTIFY {CHANNEL}"))


def visit(app: App) -> bool:
    """Carries one piece of news through one portion of the cards; False when there is none left.

    Portion and place commit together, so that a crash costs a portion and repeats nothing. Several workers may
    do this at once: each takes another piece of news.
    """
    with app.work(Context()) as finding:
        statement = select(CatalogNews).order_by(CatalogNews.service_id).limit(1).with_for_update(skip_locked=True)
        news = finding.session.scalar(statement)
        if news is None:
            return False
        context = Context(
            actor=Actor(news.actor_id, role=news.actor_role),
            correlation_id=news.correlation_id,
            causation_id=news.causation_id,
            now=finding.now,
        )
        work = UnitOfWork(finding.session, context, finding.settings)
        _visit_portion(work, news)
        work.flush()
    return True


CATALOG_NEWS = Loop("catalog_news", visit, CHANNEL, timedelta(seconds=5))


def _visit_portion(work: UnitOfWork, news: CatalogNews) -> None:
    found = work.session.execute(_next(news)).all()
    if found:
        _spread(work, news, [row_id for row_id, _ in found])
    if len(found) < PORTION:
        work.session.execute(delete(CatalogNews).where(CatalogNews.service_id == news.service_id))
    else:
        news.visited = found[-1].client_id


def _next(news: CatalogNews) -> Select[UUID, UUID]:
    row = ClientService
    statement = select(row.id, row.client_id).where(row.service_id == news.service_id)
    if news.visited:
        statement = statement.where(row.client_id > news.visited)
    return statement.order_by(row.client_id).limit(PORTION)


def _spread(work: UnitOfWork, news: CatalogNews, ids: list[UUID]) -> None:
    here = ClientService.id.in_(ids)
    if work.organisation.rate_change_policy == FOLLOW:
        _move(work, here)
        return
    if news.said_at is not None:
        # Copied after the change was made, from what was known before: nobody was ever promised the old rate.
        _move(work, here, ClientService.created_at >= news.said_at)
    _put_up_for_review(work, here)


def settle(work: UnitOfWork, client_id: UUID) -> None:
    """After the client's currency changed: its default rates are measured at the catalog's prices in the new one."""
    work.flush()
    here = ClientService.client_id == client_id
    if work.organisation.rate_change_policy == FOLLOW:
        _move(work, here)
    else:
        _put_up_for_review(work, here)


def _move(work: UnitOfWork, *conditions: ColumnElement[bool]) -> None:
    """The copies take the catalog's rate at once; who has a negotiated one goes on paying that."""
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
    moved = work.session.execute(
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
    for row, old_rate in moved:
        if row.included and row.custom_rate is None:
            history.remember(work, row, old_rate, FOLLOWED)
    events.announce(work, [row for row, _ in moved])


def _put_up_for_review(work: UnitOfWork, *conditions: ColumnElement[bool]) -> None:
    """Clients on another default rate keep it and are flagged, once for each catalog rate; settled ones unflagged."""
    row, rate = ClientService, catalog_rate(Client.currency)
    differs = row.default_rate != rate
    news = or_(differs & row.review_rate.is_distinct_from(rate), ~differs & row.rate_review)
    found = (
        select(row.id, rate.label("rate"))
        .join(Client, Client.id == row.client_id)
        .join(CatalogService, CatalogService.id == row.service_id)
        .where(*conditions, CatalogService.status != DELETED, row.included, row.custom_rate.is_(None), news)
        .order_by(row.id)
        .with_for_update(of=row)
        .subquery()
    )
    differs = row.default_rate != found.c.rate
    work.session.execute(
        update(row)
        .where(row.id == found.c.id)
        .values(
            rate_review=differs,
            review_rate=case((differs, found.c.rate), else_=null()),
            version=row.version + 1,
            updated_at=work.now,
        ),
        execution_options={"synchronize_session": False},
    )
