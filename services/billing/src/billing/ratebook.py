"""The data that prices the items of some clients, read from replicas in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm.util import identity_key

from billing.inbound.replicas import Agreement, CatalogService, Client, ClientService, TaxCode
from billing.price_models import BY_HAND, NoModel, model_of
from billing.taxes import UNTAXED, Tax, Treatment
from common.pricing import PriceModel
from common.rates import CATALOG, FLAT, Rates, Resolved, resolve
from common.uow import UnitOfWork

UNTIMED = frozenset({"recurring", "one_off"})
"""Kinds priced per period or piece, which cannot price hours."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The ids of an item to price; any may be missing."""

    client_id: UUID
    agreement_id: UUID | None = None
    client_service_id: UUID | None = None
    service_id: UUID | None = None
    on: date | None = None
    """The day whose agreement rates apply: the present ones without it."""
    tax_code_id: UUID | None = None
    """The item's own tax code, instead of the service's."""


@dataclass
class RateBook:
    clients: dict[UUID, Any] = field(default_factory=dict)
    tax_codes: dict[UUID, Any] = field(default_factory=dict)
    agreements: dict[UUID, Any] = field(default_factory=dict)
    catalog: dict[UUID, Any] = field(default_factory=dict)
    cards: dict[UUID, Any] = field(default_factory=dict)
    by_service: dict[tuple[UUID, UUID], Any] = field(default_factory=dict)
    resolved: dict[tuple[Wanted, bool], Resolved] = field(default_factory=dict)
    treatments: dict[UUID, Treatment] = field(default_factory=dict)

    def card(self, wanted: Wanted) -> Any | None:
        """Returns the row of the client's rate card."""
        row = self.cards.get(wanted.client_service_id) if wanted.client_service_id else None
        if row is None and wanted.service_id:
            row = self.by_service.get((wanted.client_id, wanted.service_id))
        return row if row is not None and row.client_id == wanted.client_id else None

    def rate(self, wanted: Wanted, *, overage: bool = False) -> Resolved:
        """Returns the rate, looked up once because a client's entries share a few."""
        key = wanted, overage
        if key not in self.resolved:
            self.resolved[key] = resolve(self.rates(wanted), overage=overage)
        return self.resolved[key]

    def rates(self, wanted: Wanted) -> Rates:
        client = self.clients.get(wanted.client_id)
        card = self.card(wanted)
        agreement = self.agreements.get(wanted.agreement_id) if wanted.agreement_id else None
        service_id = wanted.service_id or (card.service_id if card else None)
        standard = self.catalog.get(service_id) if service_id else None
        own, catalog = _card_rates(card)
        return Rates(
            agreement=_covered_rate(agreement, card.id if card else wanted.client_service_id, wanted.on),
            overage=_overage_rate(agreement, wanted.on),
            client=own,
            catalog=catalog if catalog is not None else standard.default_rate if standard else None,
            flat=client.hourly_rate if client else None,
        )

    def service(self, wanted: Wanted) -> Any | None:
        card = self.card(wanted)
        service_id = wanted.service_id or (card.service_id if card else None)
        return self.catalog.get(service_id) if service_id else None

    def model(self, wanted: Wanted, currency: str, *, overage: bool = False) -> PriceModel | None:
        """Returns the service's price model, or None if a unit rate applies. Raises NoModel."""
        service, rate = self.service(wanted), self.rate(wanted, overage=overage)
        return model_of(service, currency, rate.rate) if service is not None and rate.source == CATALOG else None

    def unpriced(
        self, wanted: Wanted, currency: str, quantity: Decimal, *, overage: bool = False, time: bool = False
    ) -> str | None:
        """Returns why an item without a manual rate cannot be priced, or None."""
        service = self.service(wanted)
        if service is None:
            return None
        if time and service.kind in UNTIMED and self.rate(wanted, overage=overage).source in {CATALOG, FLAT}:
            kind = service.kind.replace("_", "-")
            return f'"{service.name}" is a {kind} service, which has no hourly rate. Log the time on a labor service.'
        try:
            model = self.model(wanted, currency, overage=overage)
        except NoModel as error:
            return str(error)
        if model is not None and quantity < 0:
            return f'A credit for "{service.name}", which has tiered prices, needs a rate. {BY_HAND}'
        return None

    def covers(self, wanted: Wanted) -> bool | None:
        """Returns whether the agreement covers the service; None without an agreement."""
        agreement = self.agreements.get(wanted.agreement_id) if wanted.agreement_id else None
        if agreement is None:
            return None
        card = self.card(wanted)
        return agreement.coverage == "all" or (card is not None and str(card.id) in agreement.services)

    def treatment(self, wanted: Wanted) -> Treatment:
        """Returns the taxes: none for an exempt client, else the item's or service's tax code, else the client's.

        If the client does not owe a tax that the price contains, because it is exempt or has its own tax code, that
        tax is removed first.
        """
        own = self._of_code(self.clients[wanted.client_id].tax_code_id, "The client's tax code")
        if own.unknown:
            return own
        if wanted.tax_code_id is not None:
            return _against(own, self._of_code(wanted.tax_code_id, "The item's tax code"))
        card = self.card(wanted)
        service_id = wanted.service_id or (card.service_id if card else None)
        if service_id is None:
            return own
        service = self.catalog.get(service_id)
        if service is None:
            return Treatment(unknown="The service's data has not arrived yet.")
        if service.tax_code_id is None:
            return own
        return _against(own, self._of_code(service.tax_code_id, f"The tax code of {service.name}"))

    def _of_code(self, code_id: UUID | None, what: str) -> Treatment:
        if code_id is None:
            return UNTAXED
        if code_id not in self.treatments:
            code = self.tax_codes.get(code_id)
            if code is None:
                return Treatment(unknown=f"{what} has not arrived yet.")
            self.treatments[code_id] = treatment_of(code)
        return self.treatments[code_id]


def _against(own: Treatment, standard: Treatment) -> Treatment:
    """Returns the taxes of a service or an item for a client with `own` taxes."""
    contained = tuple(tax for tax in standard.taxes if tax.inclusive)
    if own.reason and not standard.unknown:
        return replace(own, contained=contained)
    if contained and own.code_id and own.code_id != standard.code_id:
        on_net = tuple(replace(tax, inclusive=False) for tax in own.taxes)
        return replace(own, taxes=on_net, contained=contained)
    return standard


def load(work: UnitOfWork, wanted: Iterable[Wanted]) -> RateBook:
    wants = list(wanted)
    book = RateBook()
    book.clients = _by_id(work, Client, {want.client_id for want in wants})
    book.agreements = _by_id(work, Agreement, {want.agreement_id for want in wants})
    services = {want.service_id for want in wants if want.service_id}
    chosen = {want.client_service_id for want in wants if want.client_service_id}
    if chosen or services:
        on_cards = select(ClientService.__table__).where(
            ClientService.client_id.in_(list(book.clients)),
            or_(ClientService.id.in_(list(chosen)), ClientService.service_id.in_(list(services))),
        )
        add_cards(book, work.session.execute(on_cards).all())
    services |= {card.service_id for card in book.cards.values() if card.service_id}
    book.catalog = _by_id(work, CatalogService, services)
    taxed = (*book.clients.values(), *book.catalog.values())
    stated = {want.tax_code_id for want in wants}
    book.tax_codes = _by_id(work, TaxCode, stated | {one.tax_code_id for one in taxed})
    return book


def load_whole_card(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None) -> RateBook:
    """Reads one client with all its services."""
    book = load(work, [Wanted(client_id, agreement_id)])
    rows = work.session.execute(select(ClientService.__table__).where(ClientService.client_id == client_id)).all()
    add_cards(book, rows)
    book.catalog = _by_id(work, CatalogService, {row.service_id for row in rows})
    return book


def treatment_of(code: Any) -> Treatment:
    """Returns a tax code's taxes in charging order."""
    if code.exempt:
        return Treatment(code.id, reason=code.exempt_reason or code.name)
    if not code.components:
        return Treatment(code.id, (Tax(code.name, code.rate_percent, code.inclusive, id=code.id),))
    return Treatment(
        code.id,
        tuple(
            Tax(part["name"], Decimal(part["rate_percent"]), code.inclusive, part["compound"], code.id)
            for part in code.components
        ),
    )


def add_cards(book: RateBook, rows: Iterable[Any]) -> None:
    for row in rows:
        book.cards[row.id] = row
        if row.service_id:
            book.by_service[row.client_id, row.service_id] = row


def _by_id(work: UnitOfWork, model: type[Any], ids: Iterable[UUID | None]) -> dict[UUID, Any]:
    """Returns rows, because thousands are read and none is edited, or the entity where the session has it."""
    wanted = {one for one in ids if one is not None}
    read = ((one, work.session.identity_map.get(identity_key(model, one))) for one in wanted)
    found = {one: entity for one, entity in read if entity is not None}
    if missing := list(wanted - found.keys()):
        rows = work.session.execute(select(model.__table__).where(model.id.in_(missing)))
        found.update((row.id, row) for row in rows)
    return found


def _card_rates(card: Any | None) -> tuple[Decimal | None, Decimal | None]:
    """Returns (client rate, catalog rate). The clients service resolved the row's rate."""
    if card is None or not card.included:
        return None, None
    if card.is_custom:
        return card.effective_rate, None
    if card.custom_rate is not None:
        return card.effective_rate if card.effective_rate is not None else card.custom_rate, card.default_rate
    return None, card.effective_rate


def _covered_rate(agreement: Any | None, client_service_id: UUID | None, on: date | None) -> Decimal | None:
    if agreement is None or client_service_id is None:
        return None
    row = str(client_service_id)
    covered = _before(agreement.earlier_rates.get(row), on) or agreement.services.get(row)
    stated = covered["custom_rate"] if covered else None
    return None if stated is None else Decimal(stated)


def _overage_rate(agreement: Any | None, on: date | None) -> Decimal | None:
    if agreement is None:
        return None
    earlier = _before(agreement.earlier_overage_rates, on)
    rate = earlier["overage_rate"] if earlier else agreement.overage_rate
    return None if rate is None else Decimal(rate)


def _before(earlier: Sequence[dict[str, Any]] | None, on: date | None) -> dict[str, Any] | None:
    """Returns the first of these rates, oldest first, that was replaced after the day; None if the present applies."""
    if not earlier or on is None:
        return None
    return next((one for one in earlier if on.isoformat() < one["before"]), None)
