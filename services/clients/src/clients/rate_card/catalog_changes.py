"""What a change in the catalog does to the cards that hold a copy."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, null, or_, select, update

from clients.config import FOLLOW, settings_of
from clients.inbound.replicas import DELETED, CatalogService
from clients.rate_card import events, history
from clients.rate_card.inheriting import hold_catalog, inherit_late
from clients.rate_card.models import ClientService
from common.replicas import upsert
from common.uow import UnitOfWork


def take(work: UnitOfWork, service: dict[str, Any], said_at: datetime | None) -> None:
    """Keeps the newest state of a master service; a first sight may be inherited late, a new rate has a policy."""
    hold_catalog(work)
    known = work.session.scalar(select(CatalogService.id).where(CatalogService.id == service["id"]))
    if not upsert(work.session, CatalogService, [service]):
        return
    if known is None:
        inherit_late(work, service["id"])
    if service["status"] == DELETED:
        return
    service_id, rate = service["id"], service["default_rate"]
    if settings_of(work).catalog_rate_change_policy == FOLLOW:
        _move(work, service_id, rate)
        return
    if said_at is not None:
        # Copied after the change was made, from what was known before: nobody was ever promised the old rate.
        _move(work, service_id, rate, ClientService.created_at >= said_at)
    _put_up_for_review(work, service_id, rate)


def _move(work: UnitOfWork, service_id: UUID, rate: Decimal, *conditions: ColumnElement[bool]) -> None:
    """The copies take the new rate at once; who has a negotiated one goes on paying that."""
    former = (
        select(ClientService.id, ClientService.default_rate)
        .where(ClientService.service_id == service_id, ClientService.default_rate != rate, *conditions)
        .order_by(ClientService.id)
        .with_for_update()
        .subquery()
    )
    moved = work.session.execute(
        update(ClientService)
        .where(ClientService.id == former.c.id)
        .values(
            default_rate=rate,
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
            history.remember(work, row, old_rate)
    events.announce(work, [row for row, _ in moved])


def _put_up_for_review(work: UnitOfWork, service_id: UUID, rate: Decimal) -> None:
    """Clients on another default rate keep it and are flagged, once for each catalog rate; settled ones unflagged."""
    row = ClientService
    differs = row.default_rate != rate
    news = or_(differs & row.review_rate.is_distinct_from(rate), ~differs & row.rate_review)
    work.session.execute(
        update(row)
        .where(row.service_id == service_id, row.included, row.custom_rate.is_(None), news)
        .values(
            rate_review=differs,
            review_rate=case((differs, rate), else_=null()),
            version=row.version + 1,
            updated_at=work.now,
        ),
        execution_options={"synchronize_session": False},
    )
