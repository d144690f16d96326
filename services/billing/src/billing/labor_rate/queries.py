"""Reading labor rates."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from billing.inbound.replicas import User
from billing.labor_rate.models import LaborRate
from common.errors import NotFound
from common.pages import Page, paginate
from common.roles import WORKERS
from common.uow import UnitOfWork

SORTS = {"name": User.name}
ACTIVE = "active"


def page_of_technicians(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns everyone who may log time, and others who have rates, each with all rates, the newest first."""
    rated = select(LaborRate.id).where(LaborRate.technician_id == User.id).exists()
    statement = select(User).where(or_((User.status == ACTIVE) & User.role.in_(WORKERS), rated))
    if page.q:
        statement = statement.where(User.name.icontains(page.q, autoescape=True))
    found = paginate(work.session, statement, page, sorts=SORTS, default="name", key=User.id)
    rates = _rates_of(work, [user.id for user in found["items"]])
    return {**found, "items": [_technician(work, user, rates[user.id]) for user in found["items"]]}


def get_rate(work: UnitOfWork, rate_id: UUID, *, lock: bool = False) -> LaborRate:
    rate = work.session.get(LaborRate, rate_id, with_for_update=lock or None)
    if rate is None:
        raise NotFound("Labor rate not found.")
    return rate


def _rates_of(work: UnitOfWork, technician_ids: Sequence[UUID]) -> dict[UUID, list[LaborRate]]:
    found: dict[UUID, list[LaborRate]] = defaultdict(list)
    statement = select(LaborRate).where(LaborRate.technician_id.in_(technician_ids))
    for rate in work.session.scalars(statement.order_by(LaborRate.valid_from.desc())):
        found[rate.technician_id].append(rate)
    return found


def _technician(work: UnitOfWork, user: User, rates: Sequence[LaborRate]) -> dict[str, Any]:
    current = next((rate for rate in rates if rate.valid_from <= work.today), None)
    return {
        "technician_id": user.id,
        "name": user.name,
        "active": user.status == ACTIVE,
        "current_rate": current.rate if current else None,
        "currency": current.currency if current else work.organisation.currency,
        "rates": rates,
    }
