"""Schedules rates and cancels them before they start."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.rate_card.queries import get as get_row
from clients.scheduled_rate.models import SCHEDULED, ScheduledRate
from clients.scheduled_rate.running import catch_up, open_rates, show_next
from common.errors import Conflict, Invalid, NotFound
from common.ids import new_id
from common.pages import Page, paginate
from common.uow import UnitOfWork


def schedule(work: UnitOfWork, client_id: UUID, row_id: UUID, **agreed: Any) -> ScheduledRate:
    """Schedules a rate; a rate that starts today takes effect at once."""
    client = get_client(work, client_id, lock=True)
    service_id = get_row(work, client_id, row_id).service_id
    await_catalog(work)
    service = work.session.get(CatalogService, service_id) if service_id else None
    row = get_row(work, client_id, row_id, lock=True)
    rate = add(work, client, row, **agreed)
    if catch_up(work, row, service, client.currency, work.today):
        events.announce(work, [row])
    return rate


def add(
    work: UnitOfWork,
    client: Client,
    row: ClientService,
    *,
    custom_rate: Decimal | None,
    valid_from: date,
    valid_until: date | None = None,
    reason: str | None = None,
) -> ScheduledRate:
    """Schedules a rate for a locked row without applying it.

    Raises Invalid by field, and Conflict if the rate overlaps another.
    """
    changing.check_rate(client, custom_rate)
    _check(work, row, custom_rate, valid_from, valid_until)
    rate = ScheduledRate(
        id=new_id(),
        client_service_id=row.id,
        custom_rate=custom_rate,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
        status=SCHEDULED,
        created_by=work.actor.id,
        created_by_name=work.actor.name,
        created_at=work.now,
        updated_at=work.now,
    )
    others = open_rates(work, row)
    for other in others:
        if rate.collides_with(other):
            message = f"Overlaps the rate {_span(other)}. Cancel that one or change the dates."
            raise Conflict(message, {"valid_from": [message]})
    work.session.add(rate)
    show_next(row, [*others, rate])
    return rate


def call_off(work: UnitOfWork, client_id: UUID, row_id: UUID, scheduled_rate_id: UUID) -> None:
    get_client(work, client_id, lock=True)
    row = get_row(work, client_id, row_id, lock=True)
    statement = select(ScheduledRate).where(
        ScheduledRate.id == scheduled_rate_id, ScheduledRate.client_service_id == row.id
    )
    rate = work.session.scalar(statement.execution_options(populate_existing=True))
    if rate is None:
        raise NotFound("Scheduled rate not found.")
    work.check_version(rate)
    if rate.status != SCHEDULED:
        raise Conflict(f"This rate is {rate.status}. Only a rate that has not started can be canceled.")
    work.session.delete(rate)
    show_next(row, [other for other in open_rates(work, row) if other is not rate])


def page_of_rates(work: UnitOfWork, client_id: UUID, row_id: UUID, page: Page) -> dict[str, Any]:
    get_client(work, client_id)
    get_row(work, client_id, row_id)
    statement = select(ScheduledRate).where(ScheduledRate.client_service_id == row_id)
    for name, value in page.filters.items():
        statement = statement.where(getattr(ScheduledRate, name) == value)
    sorts = {"valid_from": ScheduledRate.valid_from}
    return paginate(work.session, statement, page, sorts=sorts, default="-valid_from", key=ScheduledRate.id)


def _check(
    work: UnitOfWork, row: ClientService, custom_rate: Decimal | None, valid_from: date, valid_until: date | None
) -> None:
    errors: dict[str, list[str]] = {}
    if row.is_custom and custom_rate is None:
        errors["custom_rate"] = ["A custom service has no default rate. Enter a rate."]
    if not row.included:
        errors["custom_rate"] = [f'"{row.display_name}" is not included on the rate card. Include it first.']
    if valid_from < work.today:
        errors["valid_from"] = [f"Today is {work.today}. Choose today or a later date."]
    if valid_until is not None and valid_until <= valid_from:
        errors["valid_until"] = [
            "Must be after valid_from. It's the first day on which the previous rate applies again."
        ]
    if errors:
        raise Invalid(errors)


def _span(rate: ScheduledRate) -> str:
    return f"from {rate.valid_from}" + (f" until {rate.valid_until}" if rate.valid_until else " on")
