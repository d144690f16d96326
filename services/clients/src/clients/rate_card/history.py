"""Records the rate history."""

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
    """Records a change of the row's effective rate; does nothing if the rate is `old_rate`.

    `by` is the actor who scheduled the rate, if a scheduled job applies it.
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
