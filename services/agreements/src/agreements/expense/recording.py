"""Recording materials and expenses on work orders, and the rules for their prices."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from agreements.expense import events, pricing
from agreements.expense.models import MATERIAL, Expense
from agreements.inbound.replicas import Client, TaxCode
from agreements.work import technicians
from agreements.work.plausible import doubts_of_day
from agreements.work.time_entries import open_order
from common.errors import Invalid
from common.fields import LARGEST
from common.ids import new_id
from common.money import fits, minor_unit
from common.plausible import require_confirmed
from common.replicas import find
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class NewExpense:
    """A material or an expense. It needs a price, or a cost, to which the markup (by default none) is added."""

    description: str
    quantity: Decimal
    incurred_on: date
    kind: str = MATERIAL
    unit_cost: Decimal | None = None
    markup_percent: Decimal | None = None
    unit_price: Decimal | None = None
    tax_code_id: UUID | None = None
    billable: bool | None = None
    """By default as the work order."""
    technician_id: UUID | None = None
    confirm: bool = False


def add(work: UnitOfWork, work_order_id: UUID, new: NewExpense) -> Expense:
    """Records an expense. Raises Invalid for what breaks a rule, and Conflict on a closed work order."""
    order = open_order(work, work_order_id, keep=True)
    client = work.session.get_one(Client, order.client_id)
    users = technicians.read(work, [new.technician_id])
    technician_id, technician_name = technicians.of(work, users, new.technician_id, None)
    technicians.check(work, users, technician_id)
    check_tax_code(work, new.tax_code_id)
    expense = Expense(
        id=new_id(),
        work_order_id=order.id,
        work_order_number=order.number,
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        kind=new.kind,
        description=new.description,
        quantity=new.quantity,
        currency=client.currency,
        unit_cost=new.unit_cost,
        tax_code_id=new.tax_code_id,
        billable=order.billable if new.billable is None else new.billable,
        incurred_on=new.incurred_on,
        technician_id=technician_id,
        technician_name=technician_name,
    )
    set_price(expense, new.markup_percent, new.unit_price)
    check_day(work, client, expense.incurred_on, confirm=new.confirm)
    work.session.add(expense)
    work.session.flush()
    work.emit(events.RECORDED, expense)
    return expense


def set_price(expense: Expense, markup_percent: Decimal | None, unit_price: Decimal | None) -> None:
    """Sets the price as entered, or the cost plus the markup. Raises Invalid for neither, both or too much."""
    errors: dict[str, list[str]] = {}
    currency, cost = expense.currency, expense.unit_cost
    for name, value in (("unit_cost", cost), ("unit_price", unit_price)):
        if value is not None and not fits(value, currency):
            errors[name] = [f"{currency} amounts can't be finer than {minor_unit(currency)}."]
    if unit_price is not None and markup_percent is not None:
        errors["markup_percent"] = ["Enter a markup or a price, not both."]
    if unit_price is None and cost is None:
        errors["unit_price"] = ["Enter a price, or a cost to which the markup is added."]
    if errors:
        raise Invalid(errors)
    if unit_price is None and cost is not None:
        markup_percent = markup_percent or Decimal(0)
        unit_price = pricing.price(cost, markup_percent, currency)
    expense.markup_percent, expense.unit_price = markup_percent, unit_price or Decimal(0)
    if expense.quantity * expense.unit_price > LARGEST:
        raise Invalid({"quantity": [f"Quantity times price is more than {LARGEST:,}."]})


def check_tax_code(work: UnitOfWork, tax_code_id: UUID | None) -> None:
    if tax_code_id is None:
        return
    code = find(work, TaxCode, tax_code_id)
    if code is None:
        raise Invalid({"tax_code_id": ["There is no tax code with this id. Choose one from the list."]})
    if code.status != "active":
        raise Invalid({"tax_code_id": [f'"{code.name}" is archived. Choose an active tax code.']})


def check_day(work: UnitOfWork, client: Client, day: date, *, confirm: bool) -> None:
    doubts = [message for messages in doubts_of_day(work, client, day).values() for message in messages]
    require_confirmed({"incurred_on": doubts} if doubts else {}, confirm=confirm)
