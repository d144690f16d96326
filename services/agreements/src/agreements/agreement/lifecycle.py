"""Activating, suspending and ending agreements."""

from uuid import UUID

from agreements.agreement import amending, coverage, events, grants, rates
from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from common.uow import UnitOfWork


def activate(work: UnitOfWork, agreement_id: UUID, reason: str | None = None) -> Agreement:
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    put_in_force(work, agreement, reason)
    return agreement


def put_in_force(work: UnitOfWork, agreement: Agreement, reason: str | None = None) -> None:
    """Activates a draft: it accepts work and gets its first hours."""
    agreement.activate(work.now, reason)
    coverage.check_chosen(agreement)
    coverage.check(agreement, field="services", whole=True)
    amending.record(work, agreement, reason=reason)
    grants.begin(work, agreement)
    rates.announce(work, events.ACTIVATED, agreement)


def suspend(work: UnitOfWork, agreement_id: UUID, reason: str | None = None) -> Agreement:
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    agreement.suspend(reason)
    rates.announce(work, events.SUSPENDED, agreement)
    return agreement


def resume(work: UnitOfWork, agreement_id: UUID, reason: str | None = None) -> Agreement:
    """Resumes an agreement. It gets the current month's hours, but none for months fully suspended."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    agreement.resume(reason)
    grants.resume(work, agreement)
    rates.announce(work, events.RESUMED, agreement)
    return agreement


def cancel(work: UnitOfWork, agreement_id: UUID, reason: str | None = None) -> Agreement:
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    agreement.cancel(work.today, reason)
    rates.announce(work, events.CANCELLED, agreement)
    return agreement
