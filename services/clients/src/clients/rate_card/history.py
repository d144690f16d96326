"""Remembering what a client's rates were."""

from decimal import Decimal

from clients.rate_card.models import ClientService, RateChange
from common.context import Actor
from common.uow import UnitOfWork


def remember(
    work: UnitOfWork,
    row: ClientService,
    old_rate: Decimal | None,
    reason: str | None = None,
    *,
    by: Actor | None = None,
) -> None:
    """Notes who changed the row's effective rate; nothing when it is what it was.

    `by` is whose decision takes effect where the one at work is a clock.
    """
    if row.effective_rate == old_rate:
        return
    actor = by or work.actor
    work.session.add(
        RateChange(
            client_service=row,
            old_rate=old_rate,
            new_rate=row.effective_rate,
            rate_source=row.rate_source,
            changed_at=work.now,
            changed_by=actor.id,
            changed_by_name=actor.name,
            reason=reason,
        )
    )
