"""The terms of work: client, service, agreement and its remaining hours."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import hour_math as hm
from agreements.agreement.ledger import Ledger
from agreements.agreement.models import ACTIVE, MONTHLY, Agreement
from agreements.config import settings_of
from agreements.inbound import card
from agreements.inbound.replicas import CatalogService, Client, ClientService
from agreements.work import placing
from agreements.work.billed_hours import ZERO, billed_hours
from agreements.work.orders import find_service
from agreements.work.placing import Placement, Take
from common.errors import Invalid, NotFound
from common.replicas import find
from common.uow import UnitOfWork

LABOR = "labor"
KIND_NAMES = {"one_off": "one-off"}


@dataclass(frozen=True)
class Terms:
    client: Client
    service: ClientService | None
    agreement: Agreement | None
    ledger: Ledger | None
    """Only for block hours."""
    increment: Decimal | None
    minimum: Decimal | None

    def billed(self, worked: Decimal, *, billable: bool) -> Decimal:
        """Returns the hours that count for `worked` hours: 0 if they are not billable."""
        return billed_hours(worked, self.increment, self.minimum) if billable else ZERO

    def check_active(self) -> None:
        agreement = self.agreement
        if agreement is not None and agreement.status != ACTIVE:
            message = f"{agreement.number} is {agreement.status}. Choose an active agreement."
            raise Invalid({"agreement_id": [message]})

    def check_date(self, day: date) -> None:
        agreement = self.agreement
        if agreement is None:
            return
        if not agreement.spans(day):
            end = agreement.end_date or "further notice"
            message = f"{agreement.number} runs from {agreement.start_date} until {end}. {day} is outside this term."
            raise Invalid({"worked_on": [message]})
        if self.ledger is not None and not self.ledger.reaches(day):
            message = f"{agreement.number} has no hours for {day} yet. Log this time when that month starts."
            raise Invalid({"worked_on": [message]})

    def place(self, hours: Decimal, day: date, take: Take, *, billable: bool) -> Placement:
        return placing.place(self.agreement, self.service, hours=hours, worked_on=day, billable=billable, take=take)

    def remaining(self, day: date) -> Decimal | None:
        """Returns the hours left in the current period, or the later one with `day`; None without block hours."""
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
    """Returns the terms. Raises Invalid for a service that accepts no time, and for billable work without a rate.

    `known` is a service that may be off the rate card. `lock` locks the agreement until commit, so that entries
    draw hours one after the other. The ledger is read from the period of `since` on, because work on that day
    cannot change earlier periods.
    """
    client = work.session.get_one(Client, client_id)
    service = _service(work, client, service_id, known)
    catalog = _catalog_service(work, service)
    _check_takes_time(service, catalog)
    if service is None and billable and client.flat_rate is None:
        message = f"Choose a service. {client.name} has no flat hourly rate to bill this work at."
        raise Invalid({"service_id": [message]})
    rules = _rules(work, catalog)
    agreement = _agreement(work, agreement_id, lock=lock)
    if agreement is None or not agreement.has_hours:
        return Terms(client, service, agreement, None, *rules)
    monthly = agreement.type == MONTHLY and since >= agreement.start_date
    first = hm.period_containing(agreement.start_date, since) if monthly else None
    return Terms(client, service, agreement, Ledger(work, agreement, first), *rules)


def _service(work: UnitOfWork, client: Client, service_id: UUID | None, known: UUID | None) -> ClientService | None:
    if service_id is None:
        return None
    if service_id == known:
        return card.find_rows(work, client.id, [service_id]).get(service_id)
    return find_service(work, client, service_id)


def _catalog_service(work: UnitOfWork, service: ClientService | None) -> CatalogService | None:
    """Returns the catalog service of a row, waiting briefly for a new one; None for a custom service."""
    if service is None or service.service_id is None:
        return None
    catalog: CatalogService | None = find(work, CatalogService, service.service_id)
    return catalog


def _check_takes_time(service: ClientService | None, catalog: CatalogService | None) -> None:
    """Raises Invalid for `service_id` if the service is not labor. An unknown kind counts as labor."""
    kind = catalog.kind if catalog is not None else service.kind if service is not None else None
    if service is not None and kind not in (None, LABOR):
        message = (
            f'"{service.name}" is a {KIND_NAMES.get(kind, kind)} service, so no time can be logged on it. '
            "Choose a labor service."
        )
        raise Invalid({"service_id": [message]})


def _rules(work: UnitOfWork, catalog: CatalogService | None) -> tuple[Decimal | None, Decimal | None]:
    """Returns the increment and the minimum: the service's own, else the company's."""
    settings = settings_of(work)
    own = catalog.minimum_hours if catalog is not None else None
    return settings.time_increment, settings.time_minimum if own is None else own


def _agreement(work: UnitOfWork, agreement_id: UUID | None, *, lock: bool) -> Agreement | None:
    """Returns the agreement without access rules: users of the work order may use its agreement."""
    if agreement_id is None:
        return None
    statement = select(Agreement).where(Agreement.id == agreement_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    agreement = work.session.scalar(statement)
    if agreement is None:
        raise NotFound("The agreement of this work order no longer exists. Choose another agreement.")
    return agreement
