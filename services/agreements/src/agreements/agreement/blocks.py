"""Blocks of bought hours: adding, removing and expiring them, always under the agreement's lock."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import alerts, coverage, redrawing
from agreements.agreement import ledger as ledgers
from agreements.agreement.block_commands import NewBlock
from agreements.agreement.block_math import Block
from agreements.agreement.block_models import HourBlock, HourBlockService
from agreements.agreement.commands import Cover
from agreements.agreement.hour_models import ADJUSTMENT, GRANT
from agreements.agreement.ledger import Ledger, text
from agreements.agreement.models import IN_FORCE, Agreement
from agreements.agreement.queries import get
from agreements.agreement.sweeping import sweep
from common.app import Tick
from common.errors import Conflict, Invalid, NotFound
from common.jobs import job
from common.money import fits, minor_unit
from common.roles import MANAGERS
from common.tasks.execution import Execution
from common.uow import UnitOfWork

REMOVED_NOTE = "Block removed"


def add(work: UnitOfWork, agreement_id: UUID, new: NewBlock) -> HourBlock:
    """Adds the hours, and splits time since the purchase that is not invoiced again."""
    agreement = get(work, agreement_id, lock=True)
    if not agreement.has_hours or agreement.status not in IN_FORCE:
        state = agreement.type if not agreement.has_hours else agreement.status
        raise Conflict(f"{agreement.number} is {state}. Only active block hours agreements can have blocks of hours.")
    bought_on = new.bought_on or work.today
    _check(work, agreement, new, bought_on)
    block = HourBlock(
        agreement_id=agreement.id,
        hours=new.hours,
        price=new.price,
        bought_on=bought_on,
        expires_on=new.expires_on,
        note=new.note,
        created_at=work.now,
        services=[HourBlockService(client_service_id=one) for one in _scope(work, agreement, new)],
    )
    work.session.add(block)
    work.session.flush()
    grant(work, agreement, block)
    return block


def grant(work: UnitOfWork, agreement: Agreement, block: HourBlock) -> None:
    """Writes the block's hours into the ledger."""
    ledger = ledgers.read(work, agreement)
    ledger.know(_known(block))
    ledger.move_block(GRANT, block.id, block.hours, block.note)
    _settle(work, ledger, block)


def _known(block: HourBlock) -> Block:
    return Block(
        id=block.id,
        bought_on=block.bought_on,
        expires_on=block.expires_on,
        created_at=block.created_at,
        services=frozenset(row.client_service_id for row in block.services),
        closed=block.expired_at is not None,
    )


def _settle(work: UnitOfWork, ledger: Ledger, block: HourBlock) -> None:
    redrawing.settle(work, ledger, max(block.bought_on, ledger.agreement.start_date))
    alerts.forget_recovered(work, ledger.agreement, ledger.standing())
    for crossing in alerts.remember(work, alerts.crossings(ledger.agreement, ledger.standing())):
        alerts.announce(work, crossing)


def _check(work: UnitOfWork, agreement: Agreement, new: NewBlock, bought_on: date) -> None:
    errors: dict[str, list[str]] = {}
    if bought_on > work.today:
        errors["bought_on"] = [f"{bought_on} has not come yet. Choose today ({work.today}) or an earlier day."]
    if new.expires_on is not None and new.expires_on < work.today:
        errors["expires_on"] = [f"{new.expires_on} is over. Choose today ({work.today}) or a later day."]
    if new.price is not None and not fits(new.price, agreement.currency):
        errors["price"] = [f"{agreement.currency} amounts can't be finer than {minor_unit(agreement.currency)}."]
    if errors:
        raise Invalid(errors)


def _scope(work: UnitOfWork, agreement: Agreement, new: NewBlock) -> list[UUID]:
    """Returns the services. Raises Invalid for one that is unknown, named twice or not covered."""
    named = [Cover(client_service_id=one) for one in new.client_service_ids]
    try:
        found = coverage.resolve(work, agreement.client_id, named, prefix="client_service_ids.") if named else []
    except Invalid as error:
        suffix = ".client_service_id"
        raise Invalid({name.removesuffix(suffix): texts for name, texts in error.errors.items()}) from error
    uncovered = {
        f"client_service_ids.{position}": [
            f'"{row.name}" is not covered by {agreement.number}. Choose another service.'
        ]
        for position, row in enumerate(found)
        if not agreement.covers(row.id)
    }
    if uncovered:
        raise Invalid(uncovered)
    return [row.id for row in found]


def remove(work: UnitOfWork, agreement_id: UUID, block_id: UUID) -> None:
    """Takes back a block from which nothing is drawn. Raises Conflict for any other."""
    agreement = get(work, agreement_id, lock=True)
    block = work.session.get(HourBlock, block_id)
    if block is None or block.agreement_id != agreement.id:
        raise NotFound("Block not found on this agreement.")
    if block.removed_at is not None or block.expired_at is not None:
        raise Conflict(f"This block is already {'removed' if block.removed_at else 'expired'}.")
    ledger = ledgers.read(work, agreement)
    drawn = block.hours - ledger.block(block.id).free
    if drawn:
        raise Conflict(f"{text(drawn)} of the {text(block.hours)} h are already used, so the block can't be removed.")
    block.removed_at = work.now
    ledger.move_block(ADJUSTMENT, block.id, -block.hours, REMOVED_NOTE)
    _settle(work, ledger, block)


def expire(work: UnitOfWork, agreement: Agreement, as_of: date) -> dict[str, int]:
    """Removes what is left in the agreement's blocks whose last day is before `as_of`. Each ends once."""
    ended = work.session.scalars(_ended(as_of).where(HourBlock.agreement_id == agreement.id)).all()
    if not ended:
        return {}
    ledger = ledgers.read(work, agreement)
    for block in ended:
        block.expired_at = work.now
        ledger.close_block(block.id)
    for crossing in alerts.remember(work, alerts.crossings(agreement, ledger.standing())):
        alerts.announce(work, crossing)
    return {"blocks": len(ended)}


def _ended(as_of: date) -> Any:
    waiting = HourBlock.expired_at.is_(None) & HourBlock.removed_at.is_(None)
    return select(HourBlock).where(waiting, HourBlock.expires_on < as_of).order_by(HourBlock.expires_on, HourBlock.id)


def _due(as_of: date) -> Any:
    ended = _ended(as_of).order_by(None).subquery()
    return select(ended.c.agreement_id).group_by(ended.c.agreement_id).order_by(ended.c.agreement_id)


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    def handle(work: UnitOfWork, agreement: Agreement) -> dict[str, int]:
        return expire(work, agreement, as_of)

    sweep(execution, _due(as_of), handle, dry_run=dry_run)


BLOCK_EXPIRY = job("block_expiry", "Expiry of bought hours", MANAGERS, _run, ("blocks",))


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(_due(work.today).limit(1))
    return None if due is None else {"as_of": work.today, "dry_run": False}


BLOCK_TICK = Tick(BLOCK_EXPIRY, timedelta(minutes=15), _what_is_due)
