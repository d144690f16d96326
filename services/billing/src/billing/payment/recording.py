"""Records payments and applies them to invoices."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from billing import plausible
from billing.account import locking
from billing.inbound.replicas import Client
from billing.invoice.models import Invoice
from billing.known_clients import refuse_merged
from billing.payment import events
from billing.payment.allocation import Open, Share, oldest_first
from billing.payment.applying import apply, open_invoices
from billing.payment.commands import NewPayment
from billing.payment.models import Payment
from common.errors import Invalid
from common.ids import new_id
from common.money import display, fits, minor_unit
from common.plausible import require_confirmed
from common.replicas import find
from common.uow import UnitOfWork


def record(work: UnitOfWork, new: NewPayment) -> Payment:
    """Records a payment for the named invoices, else those due first. The rest is the client's credit."""
    client = find(work, Client, new.client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    currency = new.currency or client.currency
    if not fits(new.amount, currency):
        raise Invalid({"amount": [f"{currency} amounts can't be finer than {minor_unit(currency)}."]})
    plausible.received_on(new.received_on, work.today)
    locking.lock(work, [new.client_id])
    refuse_merged(work, client)
    invoices = {invoice.id: invoice for invoice in open_invoices(work, [new.client_id], currency)}
    shares = shares_of(new.amount, currency, invoices, new.allocations)
    require_confirmed(plausible.doubts_about_payment(work, new.client_id, new.received_on), confirm=new.confirm)
    payment = Payment(
        id=new_id(),
        client_id=new.client_id,
        currency=currency,
        amount=new.amount,
        unallocated=new.amount,
        method=new.method,
        reference=new.reference,
        received_on=new.received_on,
    )
    set_committed_value(payment, "client", client)  # read already, and shown in the answer
    apply(work, payment, shares, invoices, not_before=new.received_on)
    work.session.add(payment)
    work.emit(events.RECEIVED, payment, allocations=shares)
    return payment


def shares_of(
    amount: Decimal, currency: str, invoices: dict[UUID, Invoice], allocations: Sequence[Share] | None
) -> Sequence[Share]:
    if allocations is None:
        return oldest_first(amount, [Open(invoice.id, invoice.balance) for invoice in invoices.values()])[0]
    errors: dict[str, list[str]] = {}
    for place, wanted in enumerate(allocations):
        invoice, path = invoices.get(wanted.invoice_id), f"allocations.{place}"
        if invoice is None:
            errors[f"{path}.invoice_id"] = [f"Unpaid {currency} invoice not found for this client."]
        elif wanted.amount > invoice.balance:
            owed = display(invoice.balance, currency)
            errors[f"{path}.amount"] = [f"{invoice.number} has only {owed} due. Enter that or less."]
        elif not fits(wanted.amount, currency):
            errors[f"{path}.amount"] = [f"{currency} amounts can't be finer than {minor_unit(currency)}."]
    named = [wanted.invoice_id for wanted in allocations]
    together = sum((wanted.amount for wanted in allocations), Decimal(0))
    if len(set(named)) < len(named):
        errors["allocations"] = ["Each invoice can be listed only once."]
    elif together > amount:
        errors["allocations"] = [f"The allocations add up to {display(together, currency)}, more than the payment."]
    if errors:
        raise Invalid(errors)
    return allocations
