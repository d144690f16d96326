"""Quick entries: "1.5h acme firewall" names hours, and words of an open order, its client and a service."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from agreements.access import user_id
from agreements.inbound.replicas import Client, ClientService
from agreements.work import choices, queries
from agreements.work.models import OPEN, WorkOrder
from common import searching
from common.errors import Invalid
from common.texts import folded
from common.uow import UnitOfWork

MOST = 6
"""Orders offered."""
PATTERNS = (
    re.compile(r"^(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?=\s|$)\s*"),
    re.compile(r"^(?P<h>\d{1,2}(?:\.\d{1,2})?)\s*h(?:\s*(?P<m>\d{1,2})\s*m)?(?=\s|$)\s*", re.IGNORECASE),
    re.compile(r"^(?P<m>\d{1,3})\s*m(?:in)?(?=\s|$)\s*", re.IGNORECASE),
    re.compile(r"^(?P<h>\d{1,2}(?:\.\d{1,2})?)(?=\s|$)\s*"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuickText:
    text: str


def find(work: UnitOfWork, quick: QuickText) -> dict[str, Any]:
    """Returns the hours and the open orders that every word fits, the actor's own first. Writes nothing."""
    hours, rest = read(quick.text)
    words = searching.words(rest)
    if not words:
        raise Invalid({"text": ["Name the client or the work order after the hours, like 1.5h acme firewall."]})
    orders = _orders(work, words)
    queries.with_more(work, orders)
    services = choices.services_of(work, {order.client_id for order in orders})
    found = [{"order": order, "service_id": _service(order, services, words)} for order in orders]
    return {"hours": hours, "matches": found}


def read(text: str) -> tuple[Decimal, str]:
    """Returns the hours at the start of the text, in steps of 0.01, and the rest. Raises Invalid without hours."""
    match = next((found for pattern in PATTERNS if (found := pattern.match(text.strip()))), None)
    parts = match.groupdict() if match else {}
    hours = Decimal(parts.get("h") or 0) + Decimal(parts.get("m") or 0) / 60
    if match is None or not 0 < hours <= 24:
        raise Invalid({"text": ["Start with the hours of one day, like 1.5h, 1:30 or 90m."]})
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP), text.strip()[match.end() :]


def _orders(work: UnitOfWork, words: list[str]) -> list[WorkOrder]:
    searching.plan_each_anew(work.session)
    mine = (WorkOrder.technician_id == user_id(work)).is_(True)
    statement = (
        select(WorkOrder)
        .join(Client, Client.id == WorkOrder.client_id)
        .where(WorkOrder.status.in_(OPEN), queries.visible_orders(work), and_(*map(_fits, words)))
        .order_by(mine.desc(), queries.DUE, WorkOrder.id)
        .limit(MOST)
    )
    return list(work.session.scalars(statement))


def _fits(word: str) -> ColumnElement[bool]:
    """Returns the condition that the order, its client or a service of the client's card has the word."""
    card = choices.accepting_time().where(ClientService.client_id == WorkOrder.client_id)
    return or_(
        WorkOrder.search_text.contains(word, autoescape=True),
        func.folded(Client.name).contains(word, autoescape=True),
        card.where(func.folded(ClientService.name).contains(word, autoescape=True)).exists(),
    )


def _service(order: WorkOrder, services: list[ClientService], words: list[str]) -> Any:
    """Returns the client's service that has most of the words, else the order's own.

    Words that neither the order nor its client has can only mean the service, and count first.
    """
    named = f"{order.search_text} {folded(vars(order)['client_name'] or '')}"
    meant = [word for word in words if word not in named]

    def fit(service: ClientService) -> tuple[int, int]:
        return _shared(service.name, meant), _shared(service.name, words)

    best = max((one for one in services if one.client_id == order.client_id), key=fit, default=None)
    return best.id if best is not None and any(fit(best)) else order.client_service_id


def _shared(name: str, words: list[str]) -> int:
    return sum(word in folded(name) for word in words)
