"""Setting labor rates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from billing.inbound.replicas import User
from billing.labor_rate import events
from billing.labor_rate.models import LaborRate
from billing.labor_rate.queries import get_rate
from common.commands import UNSET, Unset, sent
from common.errors import Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.replicas import find
from common.roles import STAFF
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLaborRate:
    technician_id: UUID
    valid_from: date
    rate: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class LaborRateChanges:
    valid_from: date | Unset = UNSET
    rate: Decimal | Unset = UNSET


def add(work: UnitOfWork, new: NewLaborRate) -> LaborRate:
    """Adds a rate. Raises Invalid for an unknown technician or a second rate from the same day."""
    user = find(work, User, new.technician_id)
    if user is None or user.role not in STAFF:
        raise Invalid({"technician_id": ["There is no technician with this id. Choose one from the list."]})
    rate = LaborRate(id=new_id(), currency=work.organisation.currency, technician_id=user.id)
    _set(work, rate, new.valid_from, new.rate)
    work.session.add(rate)
    work.session.flush()
    work.emit(events.CREATED, rate, technician_name=user.name)
    return rate


def change(work: UnitOfWork, rate_id: UUID, command: LaborRateChanges) -> LaborRate:
    rate = get_rate(work, rate_id, lock=True)
    work.check_version(rate)
    changes = sent(command)
    _set(work, rate, changes.get("valid_from", rate.valid_from), changes.get("rate", rate.rate))
    rate.touch(work.now)
    work.session.flush()
    work.emit(events.CHANGED, rate, technician_name=_technician_name(work, rate))
    return rate


def delete(work: UnitOfWork, rate_id: UUID) -> None:
    rate = get_rate(work, rate_id, lock=True)
    work.check_version(rate)
    work.emit_deleted(events.DELETED, rate, technician_name=_technician_name(work, rate))


def _technician_name(work: UnitOfWork, rate: LaborRate) -> str:
    return work.session.get_one(User, rate.technician_id).name


def _set(work: UnitOfWork, rate: LaborRate, valid_from: date, amount: Decimal) -> None:
    if not fits(amount, rate.currency):
        raise Invalid({"rate": [f"{rate.currency} amounts can't be finer than {minor_unit(rate.currency)}."]})
    # The lock makes two rates from the same day wait for each other.
    work.session.execute(select(User.id).where(User.id == rate.technician_id).with_for_update())
    same = select(LaborRate.id).where(
        LaborRate.technician_id == rate.technician_id, LaborRate.valid_from == valid_from, LaborRate.id != rate.id
    )
    with work.session.no_autoflush:
        if work.session.scalar(same) is not None:
            day = valid_from.isoformat()
            raise Invalid({"valid_from": [f"The technician already has a rate from {day}. Edit that rate instead."]})
    rate.valid_from, rate.rate = valid_from, amount
