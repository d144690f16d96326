"""The rate of a covered service: the agreement's own rate, else the client's rate card."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import amending
from agreements.agreement.amendment_models import AmendedService, Amendment
from agreements.agreement.models import Agreement, AgreementService
from agreements.inbound.replicas import ClientService
from common.events import EventType
from common.rates import CLIENT, NONE, Rates, resolve
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Rate:
    amount: Decimal | None
    source: str | None


def effective(row: AgreementService | None, card: ClientService | None) -> Rate:
    """Returns the rate; 0.00 is a rate. An excluded service has only the agreement's own rate."""
    found = resolve(known(row, card))
    return Rate(None, None) if found.source == NONE else Rate(found.rate, found.source)


def known(row: AgreementService | None, card: ClientService | None) -> Rates:
    """Returns the rates of a covered service, without those of the whole agreement and client."""
    own = row.custom_rate if row is not None else None
    if card is None or not card.included:
        return Rates(agreement=own)
    if card.rate_source == CLIENT:
        return Rates(agreement=own, client=card.effective_rate)
    return Rates(agreement=own, catalog=card.effective_rate)


def cards_of(work: UnitOfWork, agreements: Iterable[Agreement]) -> dict[UUID, ClientService]:
    """Returns the rate card rows of the agreements' covered services, in one query."""
    ids = {row.client_service_id for agreement in agreements for row in agreement.services}
    if not ids:
        return {}
    rows = work.session.scalars(select(ClientService).where(ClientService.id.in_(ids)))
    return {row.id: row for row in rows}


def announce(work: UnitOfWork, event: EventType, agreement: Agreement) -> None:
    """Emits the agreement with its covered services and earlier rates; use cases call it last."""
    work.emit(event, agreement, **parts(work, [agreement])[agreement.id])


def parts(work: UnitOfWork, agreements: Collection[Agreement]) -> dict[UUID, dict[str, Any]]:
    """Returns what events have of each agreement beside its own fields, in a fixed number of queries."""
    cards, amendments = cards_of(work, agreements), amending.of(work, agreements)
    return {
        one.id: {"services": states(one, cards), "earlier_rates": earlier(one, amendments.get(one.id, ()))}
        for one in agreements
    }


def earlier(agreement: Agreement, amendments: Iterable[Amendment]) -> list[dict[str, Any]]:
    """Returns the rates for work before the present terms, oldest first; none that still apply."""
    by_day = {one.from_day: one for one in amendments}  # of two on one day the later applies
    found: list[dict[str, Any]] = []
    for one, following in pairwise(by_day.values()):
        rates = _agreed(amending.overage_rate(one), one.services)
        if found and found[-1]["overage_rate"] == rates["overage_rate"] and found[-1]["services"] == rates["services"]:
            found.pop()
        found.append({"before": following.from_day, **rates})
    present = _agreed(agreement.overage_rate, agreement.services)
    while found and {**found[-1], **present} == found[-1]:
        found.pop()
    return found


def _agreed(overage: Decimal | None, rows: Iterable[AgreementService | AmendedService]) -> dict[str, Any]:
    own = {row.client_service_id: row.custom_rate for row in rows if row.custom_rate is not None}
    services = [{"client_service_id": row, "custom_rate": rate} for row, rate in sorted(own.items())]
    return {"overage_rate": overage, "services": services}


def states(agreement: Agreement, cards: Mapping[UUID, ClientService]) -> list[dict[str, Any]]:
    """Returns the covered services as events contain them."""
    return [_state(row, cards.get(row.client_service_id)) for row in agreement.services]


def _state(row: AgreementService, card: ClientService | None) -> dict[str, Any]:
    rate = effective(row, card)
    return {
        "id": row.id,
        "client_service_id": row.client_service_id,
        "service_id": row.service_id,
        "custom_rate": row.custom_rate,
        "effective_rate": rate.amount,
        "rate_source": rate.source,
        "hours_allocated": row.hours_allocated,
        "negotiated_quantity": row.negotiated_quantity,
        "recurring_share": row.recurring_share,
    }
