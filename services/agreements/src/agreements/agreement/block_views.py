"""Blocks of bought hours with their figures."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from agreements.agreement import hour_math as hm
from agreements.agreement.block_models import HourBlock
from agreements.agreement.block_schemas import EXPIRED, OPEN, REMOVED, USED
from agreements.agreement.hour_models import DRAW, EXPIRY, REVERSAL, HourEntry
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import ClientService
from common.uow import UnitOfWork

SHOWN = ("id", "agreement_id", "hours", "price", "bought_on", "expires_on", "note", "created_at")


def of(work: UnitOfWork, agreement: Agreement) -> list[dict[str, Any]]:
    """Returns the agreement's blocks in the order in which they are drawn."""
    order = (HourBlock.expires_on.asc().nulls_last(), HourBlock.bought_on, HourBlock.created_at, HourBlock.id)
    rows = work.session.scalars(select(HourBlock).where(HourBlock.agreement_id == agreement.id).order_by(*order))
    return _views(work, rows.all())


def one(work: UnitOfWork, block: HourBlock) -> dict[str, Any]:
    return _views(work, [block])[0]


def _views(work: UnitOfWork, blocks: Sequence[HourBlock]) -> list[dict[str, Any]]:
    work.flush()
    if not blocks:
        return []
    used = -func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.kind.in_((DRAW, REVERSAL))), hm.ZERO)
    expired = -func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.kind == EXPIRY), hm.ZERO)
    moved = select(HourEntry.block_id, used, expired).where(HourEntry.block_id.in_([block.id for block in blocks]))
    figures = {key: (drawn, ended) for key, drawn, ended in work.session.execute(moved.group_by(HourEntry.block_id))}
    services = {row.client_service_id for block in blocks for row in block.services}
    named = select(ClientService.id, ClientService.name).where(ClientService.id.in_(services))
    names = dict(work.session.execute(named).all()) if services else {}
    return [_view(work, block, *figures.get(block.id, (hm.ZERO, hm.ZERO)), names) for block in blocks]


def _view(
    work: UnitOfWork, block: HourBlock, used: Decimal, expired: Decimal, names: dict[UUID, str]
) -> dict[str, Any]:
    over = block.expires_on is not None and block.expires_on < work.today
    left = hm.ZERO if block.removed_at or over else block.hours - used
    if block.removed_at:
        status = REMOVED
    elif used >= block.hours:
        status = USED
    else:
        status = EXPIRED if over else OPEN
    scope = [row.client_service_id for row in block.services]
    return {name: getattr(block, name) for name in SHOWN} | {
        "status": status,
        "hours_used": used,
        "hours_expired": expired,
        "hours_remaining": left,
        "services": [{"client_service_id": service, "name": names.get(service)} for service in scope],
    }
