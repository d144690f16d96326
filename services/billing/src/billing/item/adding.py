"""Manual items: expenses, fees, or hours without a time entry."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from billing import plausible, ratebook
from billing.inbound.replicas import Agreement, Client
from billing.item.models import MANUAL, OPEN, BillableItem
from billing.merging import refuse_merged
from billing.ratebook import Wanted
from common.errors import Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.plausible import require_confirmed
from common.replicas import find
from common.uow import UnitOfWork


def add(
    work: UnitOfWork,
    *,
    client_id: UUID,
    quantity: Decimal,
    dated_on: date,
    description: str | None = None,
    unit: str | None = None,
    unit_rate: Decimal | None = None,
    currency: str | None = None,
    agreement_id: UUID | None = None,
    client_service_id: UUID | None = None,
    service_id: UUID | None = None,
    confirm: bool = False,
    **values: Any,
) -> BillableItem:
    """Adds an open item. Without `unit_rate` the run uses the service's rate."""
    client = find(work, Client, client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    refuse_merged(work, client)
    wanted = Wanted(client_id, agreement_id, client_service_id, service_id)
    card, service = check(work, wanted, description, quantity, unit_rate, currency or client.currency)
    require_confirmed(plausible.doubts_about_item(work, client_id, dated_on), confirm=confirm)
    known = card or service
    identifier = new_id()
    item = BillableItem(
        id=identifier,
        source_type=MANUAL,
        source_id=identifier,
        source_sequence=1,
        status=OPEN,
        client_id=client_id,
        agreement_id=agreement_id,
        client_service_id=card.id if card else None,
        service_id=service_id or (card.service_id if card else None),
        service_name=known.name if known else description,
        description=description,
        unit=unit or (card.unit if card else service.default_unit if service else "Hour"),
        quantity=quantity,
        unit_rate=unit_rate,
        currency=currency,
        dated_on=dated_on,
        **values,
    )
    work.session.add(item)
    return item


def check(
    work: UnitOfWork,
    wanted: Wanted,
    description: str | None,
    quantity: Decimal,
    unit_rate: Decimal | None,
    currency: str,
) -> tuple[Any, Any]:
    errors: dict[str, list[str]] = {}
    if wanted.agreement_id:
        agreement = find(work, Agreement, wanted.agreement_id)
        if agreement is None or not agreement.belongs_to(wanted.client_id):
            errors["agreement_id"] = ["Agreement not found for this client."]
    book = ratebook.load(work, [wanted])
    card = book.card(wanted)
    service_id = wanted.service_id or (card.service_id if card else None)
    service = book.catalog.get(service_id) if service_id else None
    if wanted.client_service_id and card is None:
        errors["client_service_id"] = ["Service not found for this client."]
    elif wanted.service_id and card is None and service is None:
        errors["service_id"] = ["Service not found."]
    elif card is None and service is None and not description:
        errors["description"] = ["An item without a service needs a description."]
    if quantity == 0:
        errors["quantity"] = ["Must not be 0."]
    if unit_rate is not None and not fits(unit_rate, currency):
        errors["unit_rate"] = [f"{currency} amounts can't be finer than {minor_unit(currency)}."]
    if unit_rate is None and (why := book.unpriced(wanted, currency, quantity)):
        errors["unit_rate"] = [why]
    if errors:
        raise Invalid(errors)
    return card, service
