"""Logging time: split under the agreement's lock, editable until it is invoiced."""

from uuid import UUID

from agreements.agreement import alerts
from agreements.work import correcting, events, logging_time, queries
from agreements.work.correcting import TimeChanges
from agreements.work.logging_time import Logged, Logging, NewTime
from agreements.work.models import WorkOrder
from common.plausible import require_confirmed
from common.uow import UnitOfWork


def log(work: UnitOfWork, work_order_id: UUID, new: NewTime) -> Logged:
    """Logs time; raises Unconfirmed for what looks like a mistake unless it is confirmed."""
    order = open_order(work, work_order_id, keep=True)
    logging = Logging(work, [(order, new)], lock=True)
    logged = logging.plan(order, new)
    logging.settle()
    logging.write()
    return logged


def correct(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, command: TimeChanges) -> Logged:
    """Returns the entry's hours to the agreement and splits it again, even if the agreement has ended.

    Billed hours stay unless the hours, the service or whether it is billable change.
    """
    correction = correcting.correction(work, work_order_id, entry_id, command, lock=True)
    require_confirmed(correction.doubts, confirm=command.confirm)
    logged = correction.write(work)
    work.emit(events.CORRECTED, logged.entry)
    for crossing in alerts.remember(work, logged.crossings):
        alerts.announce(work, crossing)
    return logged


def delete(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> None:
    """Deletes the entry and returns its hours to the agreement."""
    entry, redraw = correcting.deletion(work, work_order_id, entry_id, lock=True)
    if redraw is not None:
        redraw.write(work)
    entry.deleted_at = work.now
    work.emit(events.DELETED, entry)


def open_order(work: UnitOfWork, work_order_id: UUID, *, keep: bool = False) -> WorkOrder:
    """Returns the work order; `keep` locks it against changes until commit.

    Adding time needs that lock anyway; taking it first avoids deadlocks.
    """
    order = queries.get_order(work, work_order_id, keep=keep)
    logging_time.check_open(order)
    return order
