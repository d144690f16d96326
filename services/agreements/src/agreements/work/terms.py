"""Under which terms work is done: whose it is, which service, which agreement, and what that has left."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import hour_math as hm
from agreements.agreement.ledger import Ledger
from agreements.agreement.models import ACTIVE, MONTHLY, Agreement
from agreements.inbound import card
from agreements.inbound.replicas import Client, ClientService
from agreements.work import placing
from agreements.work.orders import find_service
from agreements.work.placing import Placement, Take
from common.errors import Invalid, NotFound
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Terms:
    client: Client
    service: ClientService | None
    agreement: Agreement | None
    ledger: Ledger | None
    """Only block hours have one."""

    def check_active(self) -> None:
        agreement = self.agreement
        if agreement is not None and agreement.status != ACTIVE:
            message = f"{agreement.number} is {agreement.status}; only an active agreement takes work."
            raise Invalid({"agreement_id": [message]})

    def check_date(self, day: date) -> None:
        agreement = self.agreement
        if agreement is None:
            return
        if not agreement.spans(day):
            end = agreement.end_date or "further notice"
            message = f"{agreement.number} runs from {agreement.start_date} until {end}; {day} is outside."
            raise Invalid({"worked_on": [message]})
        if self.ledger is not None and not self.ledger.reaches(day):
            message = f"{agreement.number} has no hours for {day} yet; log it when that month has begun."
            raise Invalid({"worked_on": [message]})

    def place(self, hours: Decimal, day: date, take: Take, *, billable: bool) -> Placement:
        return placing.place(self.agreement, self.service, hours=hours, worked_on=day, billable=billable, take=take)

    def remaining(self, day: date) -> Decimal | None:
        """Hours left in the present period (or the later one `day` lies in); None without block hours."""
        if self.ledger is None:
            return None
        return self.ledger.total_balance(max(self.ledger.period_of(day), self.ledger.current()))


def load(
    work: UnitOfWork,
    *,
    client_id: UUID,
    agreement_id: UUID | None,
    service_id: UUID | None,
    since: date,
    lock: bool,
    billable: bool,
    known: UUID | None = None,
) -> Terms:
    """Raises Invalid when billable work names no service though nothing else gives it a rate.

    `known` is a service that needs not be on the rate card any more. With `lock` the agreement is held from here
    until commit, so that its hours are drawn one entry after the other. The ledger is read from the period of
    `since` on: work on that day cannot touch earlier ones.
    """
    client = work.session.get_one(Client, client_id)
    service = _service(work, client, service_id, known)
    if service is None and billable and client.hourly_rate is None:
        message = f"Choose a service: {client.name} has no flat hourly rate this work could be billed at."
        raise Invalid({"service_id": [message]})
    agreement = _agreement(work, agreement_id, lock=lock)
    if agreement is None or not agreement.has_hours:
        return Terms(client, service, agreement, None)
    monthly = agreement.type == MONTHLY and since >= agreement.start_date
    first = hm.period_containing(agreement.start_date, since) if monthly else None
    return Terms(client, service, agreement, Ledger(work, agreement, first))


def _service(work: UnitOfWork, client: Client, service_id: UUID | None, known: UUID | None) -> ClientService | None:
    if service_id is None:
        return None
    if service_id == known:
        return card.find_rows(work, client.id, [service_id]).get(service_id)
    return find_service(work, client, service_id)


def _agreement(work: UnitOfWork, agreement_id: UUID | None, *, lock: bool) -> Agreement | None:
    """Not by the actor's own view of agreements: who may log on the work order may use its agreement."""
    if agreement_id is None:
        return None
    statement = select(Agreement).where(Agreement.id == agreement_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    agreement = work.session.scalar(statement)
    if agreement is None:
        raise NotFound("The agreement of this work order is gone.")
    return agreement
