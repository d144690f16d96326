"""Manual items: expenses, fees, or hours without a time entry."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from billing import plausible, ratebook
from billing.inbound.replicas import Agreement, Client
from billing.item.commands import NewItem
from billing.item.models import MANUAL, OPEN, BillableItem
from billing.known_clients import refuse_merged
from billing.ratebook import Wanted
from common.errors import Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.plausible import require_confirmed
from common.replicas import find
from common.uow import UnitOfWork


def add(work: UnitOfWork, new: NewItem) -> BillableItem:
    client = find(work, Client, new.client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    refuse_merged(work, client)
    wanted = Wanted(new.client_id, new.agreement_id, new.client_service_id, new.service_id, new.dated_on)
    currency = new.currency or client.currency
    card, service = check(work, wanted, new.description, new.quantity, new.unit_rate, currency)
    require_confirmed(plausible.doubts_about_item(work, new.client_id, new.dated_on), confirm=new.confirm)
    known = card or service
    identifier = new_id()
    item = BillableItem(
        id=identifier,
        source_type=MANUAL,
        source_id=identifier,
        source_sequence=1,
        status=OPEN,
        client_id=new.client_id,
        agreement_id=new.agreement_id,
        client_service_id=card.id if card else None,
        service_id=new.service_id or (card.service_id if card else None),
        service_name=known.name if known else new.description,
        description=new.description,
        unit=new.unit or (card.unit if card else service.default_unit if service else "Hour"),
        quantity=new.quantity,
        unit_rate=new.unit_rate,
        currency=new.currency,
        dated_on=new.dated_on,
        work_order_number=new.work_order_number,
        note=new.note,
    )
    set_committed_value(item, "client", client)  # read already, and shown in the answer
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
