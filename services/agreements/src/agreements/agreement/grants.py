"""Granting hours: at activation, on every monthly anniversary, and by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import alerts, amending, coverage, events, rates, redrawing
from agreements.agreement import hour_math as hm
from agreements.agreement import ledger as ledgers
from agreements.agreement.commands import Cover, NewHours
from agreements.agreement.hour_models import ADJUSTMENT, GRANT
from agreements.agreement.models import ACTIVE, MONTHLY, PREPAID, SUSPENDED, Agreement
from agreements.agreement.queries import get
from agreements.agreement.sweeping import sweep
from common.app import Tick
from common.errors import Conflict, Invalid
from common.jobs import job
from common.roles import MANAGERS
from common.tasks.execution import Execution
from common.uow import UnitOfWork


def begin(work: UnitOfWork, agreement: Agreement) -> None:
    """Grants a prepaid block, or every month from the start until today."""
    if agreement.type == PREPAID:
        ledgers.read(work, agreement).grant_period(agreement.start_date)
    elif agreement.type == MONTHLY:
        agreement.next_grant_on = agreement.start_date
        catch_up(work, agreement, max(work.today, agreement.start_date))


def resume(work: UnitOfWork, agreement: Agreement) -> None:
    due = agreement.next_grant_on
    if due is not None and due <= work.today:
        agreement.next_grant_on = hm.period_containing(agreement.start_date, work.today)
        catch_up(work, agreement, work.today)


def reschedule(work: UnitOfWork, agreement: Agreement) -> None:
    """Sets the next grant after the agreement's end changed; none if it would be past the end."""
    if agreement.type == MONTHLY and agreement.status in (ACTIVE, SUSPENDED):
        agreement.next_grant_on = _after(agreement, ledgers.read(work, agreement).periods[-1])


def catch_up(work: UnitOfWork, agreement: Agreement, until: date) -> int:
    """Writes each monthly grant due on or before `until`, oldest first. Returns their number."""
    ledger = ledgers.read(work, agreement)
    made = 0
    due = agreement.next_grant_on
    while due is not None and due <= until:
        ledger.grant_period(due)
        made += 1
        due = _after(agreement, due)
    agreement.next_grant_on = due
    return made


def _after(agreement: Agreement, period: date) -> date | None:
    following = hm.next_period(agreement.start_date, period)
    return following if agreement.spans(following) else None


def add_by_hand(work: UnitOfWork, agreement_id: UUID, new: NewHours) -> Agreement:
    """Adds hours to the ledger. A prepaid block's total changes with it; a monthly total counts for every month."""
    agreement = get(work, agreement_id, lock=True)
    if not agreement.has_hours or agreement.status not in (ACTIVE, SUSPENDED):
        state = agreement.type if not agreement.has_hours else agreement.status
        raise Conflict(f"{agreement.number} is {state}. Only active block hours agreements have an hour ledger.")
    _check_by_hand(agreement, new)
    account = _account(work, agreement, new)
    ledger = ledgers.read(work, agreement)
    ledger.add(new.kind, account, new.hours, new.note)
    redrawing.settle(work, ledger, ledger.current())
    if agreement.type == PREPAID:
        _move_total(agreement, account, new.hours)
        amending.record(work, agreement, reason=new.note)
        rates.announce(work, events.CHANGED, agreement)
    alerts.forget_recovered(work, agreement, ledger.standing())
    for crossing in alerts.remember(work, alerts.crossings(agreement, ledger.standing())):
        alerts.announce(work, crossing)
    return agreement


def _check_by_hand(agreement: Agreement, new: NewHours) -> None:
    if new.hours == 0 or (new.kind == GRANT and new.hours < 0):
        raise Invalid({"hours": ["A grant must be greater than 0, and an adjustment must not be 0."]})
    if new.kind == ADJUSTMENT and not new.note:
        raise Invalid({"note": ["An adjustment needs a reason."]})
    if agreement.allocation_policy == hm.STRICT and not (new.client_service_id or new.service_id):
        message = "Strict allocation has no unallocated hours. Choose the service for these hours."
        raise Invalid({"client_service_id": [message]})


def _account(work: UnitOfWork, agreement: Agreement, new: NewHours) -> UUID | None:
    if new.client_service_id is None and new.service_id is None:
        return None
    named = Cover(client_service_id=new.client_service_id, service_id=new.service_id)
    (found,) = coverage.resolve(work, agreement.client_id, [named])
    if agreement.service(found.id) is None:
        field = "client_service_id" if new.client_service_id else "service_id"
        raise Invalid({field: [f'"{found.name}" has no allocated hours on this agreement. Cover it first.']})
    return found.id


def _move_total(agreement: Agreement, account: UUID | None, hours: Decimal) -> None:
    total = (agreement.total_hours or hm.ZERO) + hours
    if total <= 0:
        raise Invalid({"hours": ["This would leave the agreement without hours. Cancel the agreement instead."]})
    agreement.total_hours = total
    row = agreement.service(account) if account else None
    if row is not None:
        row.hours_allocated = (row.hours_allocated or hm.ZERO) + hours


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    def handle(work: UnitOfWork, agreement: Agreement) -> dict[str, int]:
        grants = catch_up(work, agreement, as_of) if agreement.status == ACTIVE else 0
        return {"agreements": min(grants, 1), "grants": grants}

    sweep(execution, _due(as_of), handle, dry_run=dry_run)


def _due(as_of: date) -> Any:
    statement = select(Agreement.id).where(Agreement.status == ACTIVE, Agreement.next_grant_on <= as_of)
    return statement.order_by(Agreement.next_grant_on, Agreement.id)


HOUR_GRANTS = job("hour_grants", "Monthly hour grants", MANAGERS, _run, ("agreements", "grants"))


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(_due(work.today).limit(1))
    return None if due is None else {"as_of": work.today, "dry_run": False}


GRANT_TICK = Tick(HOUR_GRANTS, timedelta(minutes=15), _what_is_due)
