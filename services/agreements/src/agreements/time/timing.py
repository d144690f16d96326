"""Running timers: on the server, so that a reload and a second device show the same."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import delete, select

from agreements.access import user_id
from agreements.time.models import Timer
from agreements.time.queries import get, own
from agreements.work import plausible, time_entries
from agreements.work.logging_time import Logged, NewTime
from agreements.work.models import WorkOrder
from common.clock import date_in
from common.errors import Conflict, Forbidden
from common.ids import new_id
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTimer:
    work_order_id: UUID
    note: str | None = None
    pause_others: bool = False
    """Pauses the running timers instead of refusing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume:
    pause_others: bool = False


def start(work: UnitOfWork, new: NewTimer) -> Timer:
    """Starts a timer of the actor on an open work order. Raises Conflict if the actor has one there."""
    me = _me(work)
    order = time_entries.open_order(work, new.work_order_id)
    _take_turns(work, me)
    if work.session.scalar(select(Timer.id).where(Timer.user_id == me, Timer.work_order_id == order.id)):
        raise Conflict(f"You already have a timer on {order.number}. Resume or stop that one.")
    _make_room(work, pause_others=new.pause_others)
    timer = Timer(
        id=new_id(),
        user_id=me,
        work_order_id=order.id,
        note=new.note,
        started_at=work.now,
        running_since=work.now,
        seconds=0,
    )
    work.session.add(timer)
    return timer


def pause(work: UnitOfWork, timer_id: UUID) -> Timer:
    timer = get(work, timer_id, lock=True)
    timer.pause(work.now)
    return timer


def resume(work: UnitOfWork, timer_id: UUID, *, pause_others: bool) -> Timer:
    _take_turns(work, _me(work))
    timer = get(work, timer_id, lock=True)
    if not timer.running:
        _make_room(work, pause_others=pause_others)
    timer.resume(work.now)
    return timer


def stop(work: UnitOfWork, timer_id: UUID, new: NewTime) -> Logged:
    """Logs the timer's time and ends it. Without hours or times in `new`, the timer's hours on the day it started."""
    timer = get(work, timer_id, lock=True)
    if new.hours is None and new.started_at is None:
        day = new.worked_on or date_in(work.organisation.time_zone, timer.started_at)
        new = replace(new, hours=timer.hours(work.now), worked_on=day)
    logged = time_entries.log(work, timer.work_order_id, new)
    discard(work, timer)
    return logged


def discard(work: UnitOfWork, timer: Timer) -> None:
    """Deletes the timer without logging its time."""
    work.session.execute(delete(Timer).where(Timer.id == timer.id))


def _make_room(work: UnitOfWork, *, pause_others: bool) -> None:
    """Pauses the actor's running timers, or raises Conflict, unless several may run at once."""
    if work.organisation.parallel_timers:
        return
    others = select(Timer, WorkOrder.number).join(WorkOrder, WorkOrder.id == Timer.work_order_id)
    running = work.session.execute(others.where(own(work), Timer.running_since.is_not(None)).with_for_update(of=Timer))
    for timer, number in running.all():
        if not pause_others:
            raise Conflict(f"Your timer on {number} is running. Pause it first.")
        timer.pause(work.now)


def _take_turns(work: UnitOfWork, me: UUID) -> None:
    work.session.execute(plausible.LOCK, {"keys": [f"timers of {me}"]})


def _me(work: UnitOfWork) -> UUID:
    me = user_id(work)
    if me is None:
        raise Forbidden("Only users have timers.")
    return me
