"""The terms of work: client, service, agreement and its remaining hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import amending, checks
from agreements.agreement import hour_math as hm
from agreements.agreement import ledger as ledgers
from agreements.agreement.amendment_models import Amendment
from agreements.agreement.ledger import Ledger, Standing
from agreements.agreement.models import MONTHLY, Agreement
from agreements.inbound import card
from agreements.inbound.replicas import CatalogService, Client, ClientService
from agreements.work import placing
from agreements.work.billed_hours import ZERO, billed_hours
from agreements.work.placing import Placement
from common.errors import Invalid, NotFound
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
    amendments: Sequence[Amendment] = ()
    """Only of an agreement whose present terms began after the work."""

    def on(self, day: date) -> Agreement | None:
        """Returns the agreement with the terms of that day."""
        return self.agreement and amending.on(self.agreement, day, self.amendments)

    def billed(self, worked: Decimal, *, billable: bool) -> Decimal:
        """Returns the hours that count for `worked` hours: 0 if they are not billable."""
        return billed_hours(worked, self.increment, self.minimum) if billable else ZERO

    def check_active(self) -> None:
        agreement = self.agreement
        if agreement is not None and not agreement.takes_work:
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

    def place(self, hours: Decimal, day: date, *, billable: bool, split: hm.Split | None = None) -> Placement:
        """Returns the placement of the hours, which are not drawn yet. `split` is that of block hours, if known."""

        def quote(client_service_id: UUID | None, wanted: Decimal, on: date) -> hm.Split:
            assert self.ledger is not None, "only block hours are drawn"
            return self.ledger.quote(client_service_id, wanted, on) if split is None else split

        agreement = self.on(day)
        placement = placing.place(agreement, self.service, hours=hours, worked_on=day, billable=billable, quote=quote)
        placement.checks = checks.of(agreement, self.service, placement.drawn, day=day, billable=billable)
        return placement

    def remaining(self, day: date) -> Decimal | None:
        """Returns the hours left in the current period, or the later one with `day`; None without block hours."""
        standing = self.standing(day)
        return None if standing is None else standing.remaining

    def standing(self, day: date) -> Standing | None:
        """Returns the total and remaining hours of that period; None without block hours."""
        if self.ledger is None:
            return None
        return self.ledger.standing(max(self.ledger.period_of(day), self.ledger.current()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Work whose terms are to be read. `since` is its day, or an earlier one that a correction moves it from."""

    client_id: UUID
    agreement_id: UUID | None
    service_id: UUID | None
    since: date


@dataclass(frozen=True)
class Book:
    """What decides the terms of some work, read in a fixed number of queries."""

    cards: card.Cards
    agreements: dict[UUID, Agreement]
    ledgers: dict[UUID, Ledger]
    amendments: dict[UUID, list[Amendment]]
    work: UnitOfWork

    def to_plan(self) -> "Book":
        """Returns a copy whose ledgers count draws and write no rows."""
        return replace(self, ledgers={key: ledger.fork() for key, ledger in self.ledgers.items()})

    def terms(self, wanted: Wanted, *, billable: bool, known: UUID | None = None) -> Terms:
        """Returns the terms. Raises Invalid for a service that accepts no time, and for billable work without a rate.

        `known` is a service that may be off the rate card.
        """
        client = self.cards.clients[wanted.client_id]
        service = self._service(client, wanted.service_id, known)
        catalog = self.cards.catalog.get(service.service_id) if service is not None and service.service_id else None
        _check_takes_time(service, catalog)
        if service is None and billable and client.flat_rate is None:
            message = f"Choose a service. {client.name} has no flat hourly rate to bill this work at."
            raise Invalid({"service_id": [message]})
        agreement = self._agreement(wanted.agreement_id)
        ledger = self.ledgers.get(agreement.id) if agreement is not None else None
        amendments = self.amendments.get(agreement.id, ()) if agreement is not None else ()
        return Terms(client, service, agreement, ledger, *self._rules(catalog), amendments)

    def _service(self, client: Client, identifier: UUID | None, known: UUID | None) -> ClientService | None:
        if identifier is None:
            return None
        row = self.cards.rows.get((client.id, identifier))
        return row if identifier == known else card.included(self.work, client, identifier, row)

    def _agreement(self, agreement_id: UUID | None) -> Agreement | None:
        """Returns the agreement without access rules: users of the work order may use its agreement."""
        if agreement_id is not None and agreement_id not in self.agreements:
            raise NotFound("The agreement of this work order no longer exists. Choose another agreement.")
        return self.agreements[agreement_id] if agreement_id is not None else None

    def _rules(self, catalog: CatalogService | None) -> tuple[Decimal | None, Decimal | None]:
        """Returns the increment and the minimum: the service's own, else the organisation's."""
        organisation = self.work.organisation
        own = catalog.minimum_hours if catalog is not None else None
        return organisation.time_increment, organisation.time_minimum if own is None else own


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
    """Returns the terms of one piece of work, as `Book.terms` does."""
    wanted = Wanted(client_id=client_id, agreement_id=agreement_id, service_id=service_id, since=since)
    return read(work, [wanted], lock=lock).terms(wanted, billable=billable, known=known)


def read(work: UnitOfWork, wanted: Collection[Wanted], *, lock: bool) -> Book:
    """Reads what decides the terms, waiting briefly for new services.

    `lock` locks the agreements until commit, so that entries draw hours one after the other. A ledger is read from
    the period of the earliest `since` on, because work on that day cannot change earlier periods.
    """
    services = {(one.client_id, one.service_id) for one in wanted if one.service_id}
    cards = card.read(work, {one.client_id for one in wanted}, services)
    agreements = _agreements(work, {one.agreement_id for one in wanted if one.agreement_id}, lock=lock)
    first: dict[UUID, date] = {}
    for one in wanted:
        if one.agreement_id is not None:
            first[one.agreement_id] = min(one.since, first.get(one.agreement_id, one.since))
    blocks = {one: _first_period(one, first[one.id]) for one in agreements.values() if one.has_hours}
    earlier = [one for one in agreements.values() if one.terms_from is not None and first[one.id] < one.terms_from]
    return Book(cards, agreements, ledgers.read_all(work, blocks), amending.of(work, earlier), work)


def _agreements(work: UnitOfWork, ids: Collection[UUID], *, lock: bool) -> dict[UUID, Agreement]:
    if not ids:
        return {}
    statement = select(Agreement).where(Agreement.id.in_(ids)).order_by(Agreement.id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return {agreement.id: agreement for agreement in work.session.scalars(statement)}


def _first_period(agreement: Agreement, since: date) -> date | None:
    monthly = agreement.type == MONTHLY and since >= agreement.start_date
    return hm.period_containing(agreement.start_date, since) if monthly else None


def _check_takes_time(service: ClientService | None, catalog: CatalogService | None) -> None:
    """Raises Invalid for `service_id` if the service is not labor. An unknown kind counts as labor."""
    kind = catalog.kind if catalog is not None else service.kind if service is not None else None
    if service is not None and kind not in (None, LABOR):
        message = (
            f'"{service.name}" is a {KIND_NAMES.get(kind, kind)} service, so no time can be logged on it. '
            "Choose a labor service."
        )
        raise Invalid({"service_id": [message]})
