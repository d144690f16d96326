"""The rate of a covered service: the agreement's own rate, else the client's rate card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement.models import Agreement, AgreementService
from agreements.inbound.replicas import ClientService
from common.events import EventType
from common.uow import UnitOfWork

AGREEMENT = "agreement"


@dataclass(frozen=True)
class Rate:
    amount: Decimal | None
    source: str | None


def effective(row: AgreementService | None, card: ClientService | None) -> Rate:
    """Returns the rate; 0.00 is a rate. An excluded service has only the agreement's own rate."""
    if row is not None and row.custom_rate is not None:
        return Rate(row.custom_rate, AGREEMENT)
    if card is not None and card.included and card.effective_rate is not None:
        return Rate(card.effective_rate, card.rate_source)
    return Rate(None, None)


def cards_of(work: UnitOfWork, agreements: Iterable[Agreement]) -> dict[UUID, ClientService]:
    """Returns the rate card rows of the agreements' covered services, in one query."""
    ids = {row.client_service_id for agreement in agreements for row in agreement.services}
    if not ids:
        return {}
    rows = work.session.scalars(select(ClientService).where(ClientService.id.in_(ids)))
    return {row.id: row for row in rows}


def announce(work: UnitOfWork, event: EventType, agreement: Agreement) -> None:
    """Emits the agreement with its covered services; use cases call it last."""
    work.emit(event, agreement, services=states(agreement, cards_of(work, [agreement])))


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
