"""Agreements with their figures."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from agreements.agreement import figures, rates
from agreements.agreement import hour_math as hm
from agreements.agreement.figures import Figures
from agreements.agreement.models import Agreement, AgreementService
from agreements.agreement.schemas import AGREEMENT
from agreements.inbound.replicas import Client, ClientService
from common.rates import AGREEMENT as OF_AGREEMENT
from common.uow import UnitOfWork

COMPUTED = frozenset(
    {
        "client_name",
        "hours_used",
        "hours_remaining",
        "hours_overage",
        "remaining_percent",
        "remaining_level",
        "period_start",
    }
)
STORED = tuple(name for name in AGREEMENT.dump_fields if name not in COMPUTED)


def one(work: UnitOfWork, agreement: Agreement) -> dict[str, Any]:
    return many(work, [agreement])[0]


def many(work: UnitOfWork, agreements: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Returns the agreements as they are after this transaction; flushes to get their versions."""
    work.flush()
    found = figures.of(work, agreements)
    wanted = {agreement.client_id for agreement in agreements}
    clients = dict(work.session.execute(select(Client.id, Client.name).where(Client.id.in_(wanted))).all())
    return [_agreement(one, found[one.id], clients.get(one.client_id) or "") for one in agreements]


def services(
    work: UnitOfWork, agreement: Agreement, rows: Sequence[AgreementService] | None = None
) -> list[dict[str, Any]]:
    """Returns the covered services with rate, source and hours; all of them unless `rows` is set."""
    work.flush()
    found = figures.of(work, [agreement])[agreement.id]
    cards = rates.cards_of(work, [agreement])
    shown = agreement.services if rows is None else rows
    return [_service(agreement, row, cards.get(row.client_service_id), found) for row in shown]


def past_services(work: UnitOfWork, past: Agreement) -> list[dict[str, Any]]:
    """Returns the services covered on an earlier day. Their rates are the agreement's own: a client's rate changes."""
    unknown = {"client_rate": None, "hours_remaining": None}
    own = {True: OF_AGREEMENT, False: None}
    return [
        {**row, **unknown, "effective_rate": row["custom_rate"], "rate_source": own[row["custom_rate"] is not None]}
        for row in services(work, past)
    ]


def _agreement(agreement: Agreement, found: Figures, client_name: str) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in STORED} | {
        "client_name": client_name,
        "hours_used": found.used,
        "hours_remaining": found.remaining,
        "hours_overage": found.overage,
        "remaining_percent": found.remaining_percent,
        "remaining_level": found.remaining_level,
        "period_start": found.period_start,
    }


def _service(agreement: Agreement, row: AgreementService, card: ClientService | None, found: Figures) -> dict[str, Any]:
    rate = rates.effective(row, card)
    own = row.hours_allocated is not None
    return {
        "id": row.id,
        "agreement_id": agreement.id,
        "client_service_id": row.client_service_id,
        "service_id": row.service_id,
        "name": card.name if card else None,
        "unit": card.unit if card else None,
        "included": bool(card and card.included),
        "custom_rate": row.custom_rate,
        "client_rate": card.effective_rate if card else None,
        "effective_rate": rate.amount,
        "rate_source": rate.source,
        "hours_allocated": row.hours_allocated,
        "hours_used": found.used_by_service.get(row.client_service_id, hm.ZERO),
        "hours_remaining": found.left_by_account.get(row.client_service_id, hm.ZERO) if own else None,
        "negotiated_quantity": row.negotiated_quantity,
        "recurring_share": row.recurring_share,
        "version": agreement.version,
    }
