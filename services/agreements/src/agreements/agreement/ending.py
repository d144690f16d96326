"""The end of agreements: reminders at 60, 30 and 7 days, a drafted next term, and the end itself."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, literal, or_, select

from agreements.agreement import defaults, events, grants, lifecycle, rates, renewal
from agreements.agreement.models import ACTIVE, DRAFT, EXPIRED, IN_FORCE, RENEWED, Agreement
from agreements.agreement.sweeping import sweep
from common.app import Tick
from common.errors import Conflict, Invalid
from common.jobs import job
from common.roles import MANAGERS
from common.tasks.execution import Execution
from common.uow import UnitOfWork

REMINDERS = (7, 30, 60)
"""Days before the end, the next one first."""
RENEWAL_DRAFT = 7
NEVER_REMINDED = 10_000
COUNTS = ("reminders", "renewals", "expired", "renewed")


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    def handle(work: UnitOfWork, agreement: Agreement) -> dict[str, int]:
        return settle(work, agreement, as_of) if agreement.status in IN_FORCE else {}

    sweep(execution, _due(as_of), handle, dry_run=dry_run)


def settle(work: UnitOfWork, agreement: Agreement, as_of: date) -> dict[str, int]:
    """Ends the agreement, or reminds of its end, as of that day. Returns what was done; nothing a second time."""
    if agreement.end_date is None:
        return {}
    left = (agreement.end_date - as_of).days
    if left < 0:
        return _end(work, agreement, as_of)
    threshold = next((days for days in REMINDERS if left <= days), None)
    if threshold is None or threshold >= (agreement.reminded_days or NEVER_REMINDED):
        return {}
    agreement.reminded_days = threshold
    following = renewal.next_term(work, agreement)
    drafted = following is None and left <= RENEWAL_DRAFT
    if drafted:
        following = renewal.draft(work, agreement)
    work.emit(events.EXPIRING, _reminder(agreement, left, threshold, following))
    # the reminder is kept with the agreement, whose copies follow each of its versions
    rates.announce(work, events.CHANGED, agreement)
    return {"reminders": 1, "renewals": int(drafted)}


def _end(work: UnitOfWork, agreement: Agreement, as_of: date) -> dict[str, int]:
    if agreement.status == ACTIVE and agreement.end_date is not None:
        # the job of the grants may not have run since, and work of the last months can still be logged
        grants.catch_up(work, agreement, agreement.end_date)
    following = renewal.next_term(work, agreement)
    drafted = following is None and agreement.auto_renew
    if drafted:
        following = renewal.draft(work, agreement)
    reason = None
    if following is not None and following.status == DRAFT and agreement.auto_renew:
        reason = _activate(work, following)
    if following is not None and following.status in IN_FORCE:
        was_default = agreement.is_default
        agreement.end(RENEWED, f"Renewed as {following.number}")
        if was_default:
            defaults.make(work, following)
        rates.announce(work, events.RENEWED, agreement)
        # after a long time without a worker the next term may have ended too
        further = settle(work, following, as_of)
        return dict(Counter({"renewed": 1, "renewals": int(drafted)}) + Counter(further))
    agreement.end(EXPIRED, reason)
    rates.announce(work, events.EXPIRED, agreement)
    return {"expired": 1, "renewals": int(drafted)}


def _activate(work: UnitOfWork, following: Agreement) -> str | None:
    """Activates the next term. Returns why that is impossible, and leaves it a draft then."""
    try:
        with work.session.begin_nested():
            lifecycle.put_in_force(work, following, "Renewed automatically")
    except (Invalid, Conflict) as error:
        return f"{following.number} could not be activated: {error}"
    return None


def _reminder(agreement: Agreement, left: int, threshold: int, following: Agreement | None) -> dict[str, Any]:
    names = ("number", "client_id", "name", "end_date", "auto_renew")
    return {name: getattr(agreement, name) for name in names} | {
        "id": agreement.id,
        "version": agreement.version,
        "agreement_id": agreement.id,
        "days_left": left,
        "threshold_days": threshold,
        "renewal_id": following and following.id,
        "renewal_number": following and following.number,
    }


def _due(as_of: date) -> Any:
    """Returns the agreements in force that have ended, or reached a reminder that was not sent."""
    left = cast(Agreement.end_date - literal(as_of), Integer)
    reached = case(*((left <= days, days) for days in REMINDERS))
    unsent = reached < func.coalesce(Agreement.reminded_days, NEVER_REMINDED)
    soon = and_(Agreement.end_date <= as_of + timedelta(days=max(REMINDERS)), unsent)
    statement = select(Agreement.id).where(Agreement.status.in_(IN_FORCE), or_(Agreement.end_date < as_of, soon))
    return statement.order_by(Agreement.end_date, Agreement.id)


AGREEMENT_EXPIRY = job("agreement_expiry", "Agreements near and past their end", MANAGERS, _run, COUNTS)


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(_due(work.today).limit(1))
    return None if due is None else {"as_of": work.today, "dry_run": False}


EXPIRY_TICK = Tick(AGREEMENT_EXPIRY, timedelta(minutes=15), _what_is_due)
