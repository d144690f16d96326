"""The default agreement of a client, which is suggested first for its work."""

from uuid import UUID

from sqlalchemy import select

from agreements.agreement import events, rates
from agreements.agreement.models import ACTIVE, Agreement
from agreements.agreement.queries import get
from common.errors import Conflict
from common.uow import UnitOfWork


def choose(work: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Makes the agreement its client's default instead of another one. Raises Conflict unless it is active."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    if agreement.status != ACTIVE:
        raise Conflict(f"{agreement.number} is {agreement.status}. Only an active agreement can be the default.")
    if not agreement.is_default:
        make(work, agreement)
    return agreement


def make(work: UnitOfWork, agreement: Agreement) -> None:
    """Makes a locked agreement in force the default of its client."""
    others = select(Agreement).where(Agreement.client_id == agreement.client_id, Agreement.is_default)
    for other in work.session.scalars(others.with_for_update()):
        _set(work, other, is_default=False)
    _set(work, agreement, is_default=True)


def clear(work: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Leaves the client without a default, if the agreement is it."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    if agreement.is_default:
        _set(work, agreement, is_default=False)
    return agreement


def _set(work: UnitOfWork, agreement: Agreement, *, is_default: bool) -> None:
    agreement.is_default = is_default
    work.session.flush()  # a client never has two, not even between two statements
    rates.announce(work, events.CHANGED, agreement)
