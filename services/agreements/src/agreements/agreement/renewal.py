"""The next term of an agreement: a draft with the same terms and services."""

from datetime import date, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from agreements.agreement import drafting, events, rates
from agreements.agreement.models import AGREED, AGREED_OF_SERVICE, CANCELLED, DRAFT, Agreement, AgreementService
from agreements.agreement.queries import get
from common.errors import Conflict
from common.ids import new_id
from common.uow import UnitOfWork

COPIED = (
    *("client_id", "reference", "internal_notes", "currency"),
    *(name for name in AGREED if name not in ("start_date", "end_date")),
)
COPIED_OF_SERVICE = ("position", "client_service_id", "service_id", *AGREED_OF_SERVICE)


def renew(work: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Drafts the next term. Raises Conflict without an end, for a draft, and if the next term exists."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    if agreement.status == DRAFT or agreement.end_date is None:
        why = "a draft" if agreement.status == DRAFT else "open-ended"
        raise Conflict(f"{agreement.number} is {why}. Only an agreement in force, or an ended one, has a next term.")
    existing = next_term(work, agreement)
    if existing is not None:
        raise Conflict(f"{existing.number} is the next term of {agreement.number} already.")
    return draft(work, agreement)


def next_term(work: UnitOfWork, agreement: Agreement) -> Agreement | None:
    """Returns the newest renewal that was not canceled."""
    statement = select(Agreement).where(Agreement.renewed_from_id == agreement.id)
    statement = statement.where(Agreement.status != CANCELLED).order_by(Agreement.id.desc()).limit(1)
    return work.session.scalar(statement)


def draft(work: UnitOfWork, agreement: Agreement) -> Agreement:
    """Drafts the next term of an agreement that has an end."""
    assert agreement.end_date is not None
    first = agreement.end_date + timedelta(days=1)
    last = same_length(agreement.start_date, agreement.end_date, first)
    same = {name: getattr(agreement, name) for name in COPIED}
    renewal = Agreement(id=new_id(), status=DRAFT, start_date=first, end_date=last, **same)
    renewal.number, renewal.renewed_from_id = drafting.next_number(work), agreement.id
    for row in agreement.services:
        renewal.services.append(AgreementService(**{name: getattr(row, name) for name in COPIED_OF_SERVICE}))
    work.session.add(renewal)
    work.session.flush()
    rates.announce(work, events.CREATED, renewal)
    return renewal


def same_length(start: date, end: date, first: date) -> date:
    """Returns the last day of a term from `first` with as many months as from `start` to `end`, or as many days.

    1 February to 31 January is 12 months, 1 to 14 January is 14 days.
    """
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if months and start + relativedelta(months=months) == after:
        return first + relativedelta(months=months) - timedelta(days=1)
    return first + (end - start)
