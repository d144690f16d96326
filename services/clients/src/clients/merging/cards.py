"""Merges two rate cards: rows of services the survivor lacks move to it, its own rows replace the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from clients.client.models import Client
from clients.rate_card import events
from clients.rate_card.history import remember
from clients.rate_card.models import ClientService, RateChange
from clients.scheduled_rate.models import RUNNING, SCHEDULED, SUPERSEDED, ScheduledRate
from common.uow import UnitOfWork

AGREED = (
    *(
        "name",
        "custom_name",
        "description",
        "category",
        "unit",
        "kind",
        "default_rate",
        "custom_rate",
        "notes",
        "importance",
    ),
    *("rate_review", "review_rate", "custom_rate_valid_from", "custom_rate_valid_until"),
    *("next_rate_from", "next_custom_rate"),
)
MOVED, KEPT, TAKEN_OVER = "moved", "survivors_holds", "duplicates_holds"


@dataclass
class Cards:
    """The result of a merge for each row of the duplicate's card."""

    moving: list[ClientService] = field(default_factory=list)
    pairs: list[tuple[ClientService, ClientService]] = field(default_factory=list)
    """The duplicate's row and the survivor's row of the same service."""

    @property
    def successors(self) -> dict[UUID, UUID]:
        return {old.id: kept.id for old, kept in self.pairs}

    @property
    def rows(self) -> list[UUID]:
        return [row.id for row in self.moving] + [old.id for old, _ in self.pairs]


def compare(work: UnitOfWork, survivor: Client, duplicate: Client, *, lock: bool) -> Cards:
    statement = select(ClientService).where(ClientService.client_id.in_([survivor.id, duplicate.id]))
    statement = statement.order_by(ClientService.id).execution_options(populate_existing=True)
    rows = work.session.scalars(statement.with_for_update() if lock else statement).all()
    by_key = {_key(row): row for row in rows if row.client_id == survivor.id}
    cards = Cards()
    for row in rows:
        if row.client_id == duplicate.id:
            match = by_key.get(_key(row))
            cards.pairs.append((row, match)) if match is not None else cards.moving.append(row)
    return cards


def _key(row: ClientService) -> object:
    """Returns the key by which rows match: the catalog service or the name of the custom service."""
    return row.service_id or row.name.lower()


def takes_over(old: ClientService, kept: ClientService) -> bool:
    """Returns True if the duplicate's terms apply: its row is included and the survivor's row is not."""
    return old.included and not kept.included


def described(cards: Cards) -> list[dict[str, Any]]:
    """Returns the result for each row, for the preview."""
    moving = [_describe(row, row, MOVED) for row in cards.moving]
    pairs = [_describe(old, kept, TAKEN_OVER if takes_over(old, kept) else KEPT) for old, kept in cards.pairs]
    return sorted(moving + pairs, key=lambda entry: entry["name"].casefold())


def _describe(old: ClientService, kept: ClientService, outcome: str) -> dict[str, Any]:
    return {
        "id": old.id,
        "name": old.display_name,
        "outcome": outcome,
        "into_id": kept.id,
        "duplicate_rate": old.effective_rate,
        "survivor_rate": None if old is kept else kept.effective_rate,
    }


def join(work: UnitOfWork, survivor: Client, duplicate: Client, cards: Cards) -> Sequence[ClientService]:
    """Merges locked rows; returns the survivor's rows that moved or changed.

    Replaced rows stay at the merged client as not included, because other rows refer to them.
    """
    changed = list(cards.moving)
    for row in cards.moving:
        row.client_id = survivor.id
        if duplicate.currency != survivor.currency:
            _forget_rates(work, row)
    for old, kept in cards.pairs:
        _reschedule(work, old, kept)
        if takes_over(old, kept):
            before = kept.effective_rate
            for name in AGREED:
                setattr(kept, name, getattr(old, name))
            kept.included = True
            remember(work, kept, before, "Moved by a client merge")
            changed.append(kept)
        old.exclude()
        old.next_rate_from = old.next_custom_rate = old.custom_rate_valid_from = old.custom_rate_valid_until = None
    _move_history(work, cards.successors)
    work.session.flush()
    return changed


def announce(work: UnitOfWork, cards: Cards, changed: Sequence[ClientService]) -> None:
    events.announce(work, [*changed, *(old for old, _ in cards.pairs)])


def _reschedule(work: UnitOfWork, old: ClientService, kept: ClientService) -> None:
    """Moves the scheduled rates of the terms that apply and deletes the others."""
    if not takes_over(old, kept):
        _delete_scheduled(work, old)
        return
    _delete_scheduled(work, kept)
    changes = {"client_service_id": kept.id, "version": ScheduledRate.version + 1, "updated_at": work.now}
    work.session.execute(update(ScheduledRate).where(ScheduledRate.client_service_id == old.id).values(changes))


def _forget_rates(work: UnitOfWork, row: ClientService) -> None:
    """Deletes the row's amounts in another currency, because the row may be included again.

    A custom service keeps its rate, because it has no other.
    """
    _delete_scheduled(work, row)
    row.next_rate_from = row.next_custom_rate = row.custom_rate_valid_from = row.custom_rate_valid_until = None
    if not row.is_custom:
        row.custom_rate = None


def _delete_scheduled(work: UnitOfWork, row: ClientService) -> None:
    if row.next_rate_from is None and row.custom_rate_valid_from is None:
        return
    of_row = ScheduledRate.client_service_id == row.id
    work.session.execute(delete(ScheduledRate).where(of_row, ScheduledRate.status == SCHEDULED))
    ended = {"status": SUPERSEDED, "ended_at": work.now, "version": ScheduledRate.version + 1, "updated_at": work.now}
    work.session.execute(update(ScheduledRate).where(of_row, ScheduledRate.status == RUNNING).values(ended))


def _move_history(work: UnitOfWork, successors: dict[UUID, UUID]) -> None:
    """Moves the rate history to the rows that replace the duplicate's rows."""
    if successors:
        pairs = [{"old": old, "kept": kept} for old, kept in successors.items()]
        statement = update(RateChange).where(RateChange.client_service_id == bindparam("old"))
        work.session.connection().execute(statement.values(client_service_id=bindparam("kept")), pairs)
