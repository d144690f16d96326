"""Reading agreements: one, or a page of them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text

from agreements.access import is_client_user, of_own_clients
from agreements.agreement import events, rates
from agreements.agreement.hour_models import HourEntry
from agreements.agreement.models import DRAFT, Agreement, AgreementService
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

OPEN_END = func.coalesce(Agreement.end_date, text("'9999-12-31'::date"), type_=Agreement.end_date.type)
SORTS = {
    "number": Agreement.number,
    "name": Agreement.name,
    "status": Agreement.status,
    "start_date": Agreement.start_date,
    "end_date": OPEN_END,
    "created_at": Agreement.created_at,
    "updated_at": Agreement.updated_at,
}
BOUNDS: dict[str, Callable[[date], Any]] = {
    "start_date_gte": Agreement.start_date.__ge__,
    "start_date_lte": Agreement.start_date.__le__,
    "end_date_gte": lambda day: day <= OPEN_END,
    "end_date_lte": lambda day: day >= OPEN_END,
}
PORTION = 200


def get(work: UnitOfWork, agreement_id: UUID, *, lock: bool = False) -> Agreement:
    """Returns the agreement if the actor may see it; `lock` prevents other changes to its hours."""
    statement = _visible(work).where(Agreement.id == agreement_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    agreement = work.session.scalar(statement)
    if agreement is None:
        raise NotFound("Agreement not found.")
    return agreement


def page_of_agreements(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = _visible(work)
    for name, value in page.filters.items():
        bound = BOUNDS.get(name)
        statement = statement.where(bound(value) if bound else getattr(Agreement, name) == value)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(Agreement.search_text, page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Agreement.id)


def page_of_services(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    statement = select(AgreementService).where(AgreementService.agreement_id == agreement_id)
    sorts = {"position": AgreementService.position}
    return paginate(work.session, statement, page, sorts=sorts, default="position", key=AgreementService.id)


def page_of_hours(work: UnitOfWork, agreement_id: UUID, page: Page) -> dict[str, Any]:
    statement = select(HourEntry).where(HourEntry.agreement_id == agreement_id)
    for name, value in page.filters.items():
        statement = statement.where(getattr(HourEntry, name) == value)
    sorts = {"created_at": HourEntry.created_at, "period_start": HourEntry.period_start}
    return paginate(work.session, statement, page, sorts=sorts, default="-created_at", key=HourEntry.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes every agreement again, one portion at a time, for lost replicas."""
    for portion in keyset(work.session, select(Agreement), Agreement.id, size=PORTION):
        cards = rates.cards_of(work, portion)
        for agreement in portion:
            work.emit(events.CHANGED, agreement, services=rates.states(agreement, cards))
        yield


def active_on(day: date) -> Any:
    """Returns a clause for agreements that accept work done on `day`."""
    return (Agreement.status == "active") & (Agreement.start_date <= day) & (day <= OPEN_END)


def _visible(work: UnitOfWork) -> Select[Agreement]:
    statement = select(Agreement).where(of_own_clients(work, Agreement.client_id))
    return statement.where(Agreement.status != DRAFT) if is_client_user(work) else statement
