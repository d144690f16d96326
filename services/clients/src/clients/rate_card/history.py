"""Remembering what a client's rates were."""

from decimal import Decimal

from clients.rate_card.models import ClientService, RateChange
from common.uow import UnitOfWork


def remember(work: UnitOfWork, row: ClientService, old_rate: Decimal | None) -> None:
    """Notes who changed the row's effective rate; nothing when it is what it was."""
    if row.effective_rate == old_rate:
        return
    work.session.add(
        RateChange(
            client_service=row,
            old_rate=old_rate,
            new_rate=row.effective_rate,
            rate_source=row.rate_source,
            changed_at=work.now,
            changed_by=work.actor.id,
            changed_by_name=work.actor.name,
        )
    )
