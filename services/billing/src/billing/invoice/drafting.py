"""Creating, editing and deleting manual drafts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, update

from billing import plausible, ratebook
from billing.account import locking
from billing.composition import Charge, Composition, manual_line, total
from billing.inbound.replicas import Agreement, Client
from billing.invoice import events
from billing.invoice.addressing import bill_to_of, seller
from billing.invoice.commands import DraftChanges, NewInvoice, NewLine
from billing.invoice.models import DRAFT, Invoice, InvoiceLine, InvoiceTax, LineItem
from billing.invoice.queries import get, lines_fixed_because
from billing.invoice.refreshing import made_for
from billing.invoice.rows import line_row, tax_rows
from billing.item.models import OPEN, BillableItem
from billing.known_clients import refuse_merged
from billing.ratebook import RateBook, Wanted
from billing.rates import stated
from common.commands import UNSET, sent
from common.errors import Conflict, Invalid
from common.fields import LARGEST
from common.ids import new_id
from common.money import fits, minor_unit
from common.replicas import find
from common.uow import UnitOfWork


def create(work: UnitOfWork, new: NewInvoice) -> Invoice:
    client = find(work, Client, new.client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    refuse_merged(work, client)
    organisation = work.organisation
    _check_agreement(work, new.client_id, new.agreement_id)
    addressed = bill_to_of(work, client)
    invoice = Invoice(
        id=new_id(),
        series=organisation.invoice_series,
        client_id=new.client_id,
        client_name=client.name,
        agreement_id=new.agreement_id,
        status=DRAFT,
        net_terms=client.net_terms,
        currency=client.currency,
        tax_rounding=organisation.tax_rounding,
        notes=new.notes,
        issued_on=new.issued_on,
        bill_to=addressed,
        drafted_for=made_for(client, addressed),
        seller=seller(organisation, client.currency),
        time_entry_ids=[],
        expense_ids=[],
    )
    _write_lines(invoice, _compose(work, invoice, new.lines))
    work.session.add(invoice)
    work.emit(events.CREATED, invoice)
    return invoice


def update_draft(work: UnitOfWork, invoice_id: UUID, changes: DraftChanges) -> Invoice:
    """Replaces all lines of a draft. Drafts of a run keep their lines."""
    invoice = get(work, invoice_id, lock=True)
    work.check_version(invoice)
    invoice.require_draft("edited")
    if changes.agreement_id is not UNSET:
        _check_agreement(work, invoice.client_id, changes.agreement_id)
    for name, value in sent(changes, "lines").items():
        setattr(invoice, name, value)
    if changes.lines is not UNSET:
        if why := lines_fixed_because(work, invoice):
            raise Conflict(why)
        composition = _compose(work, invoice, changes.lines)
        invoice.lines.clear()
        invoice.taxes.clear()
        work.session.flush()
        _write_lines(invoice, composition)
    invoice.touch(work.now)
    work.emit(events.CHANGED, invoice)
    return invoice


def delete_draft(work: UnitOfWork, invoice_id: UUID) -> None:
    """Deletes a draft. Its items can be billed again."""
    invoice = get(work, invoice_id)
    locking.lock(work, [invoice.client_id])
    invoice = get(work, invoice_id, lock=True)
    work.check_version(invoice)
    invoice.require_draft("deleted")
    release_items(work, invoice.id)
    work.session.execute(delete(LineItem).where(LineItem.invoice_id == invoice.id))
    work.emit_deleted(events.DELETED, invoice)


def release_items(work: UnitOfWork, invoice_id: UUID) -> None:
    """Opens the items of this invoice again."""
    freed = update(BillableItem).where(BillableItem.invoice_id == invoice_id)
    values = {"status": OPEN, "invoice_id": None, "updated_at": work.now, "version": BillableItem.version + 1}
    work.session.execute(freed.values(values), execution_options={"synchronize_session": False})


def _check_agreement(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None) -> None:
    if agreement_id is None:
        return
    agreement = find(work, Agreement, agreement_id)
    if agreement is None or not agreement.belongs_to(client_id):
        raise Invalid({"agreement_id": ["Agreement not found for this client."]})


def _compose(work: UnitOfWork, invoice: Invoice, lines: Sequence[NewLine]) -> Composition:
    wants = [Wanted(invoice.client_id, invoice.agreement_id, line.client_service_id, line.service_id) for line in lines]
    book = ratebook.load(work, [Wanted(invoice.client_id, invoice.agreement_id), *wants])
    errors: dict[str, list[str]] = {}
    charges = [
        _charge(book, want, line, f"lines.{place}", invoice.currency, errors)
        for place, (want, line) in enumerate(zip(wants, lines, strict=True))
    ]
    if errors:
        raise Invalid(errors)
    for charge in charges:
        if charge.treatment.unknown:
            raise Conflict(f"{charge.treatment.unknown} Try again in a moment.")
    made = [manual_line(charge, invoice.currency) for charge in charges]
    composition = total(made, invoice.currency, invoice.tax_rounding)
    if abs(composition.total) > LARGEST:
        largest = max(range(len(made)), key=lambda place: abs(made[place].amount))
        raise Invalid({f"lines.{largest}.quantity": [f"The invoice {plausible.TOO_LARGE.lower()}"]})
    return composition


def _charge(
    book: RateBook, want: Wanted, line: NewLine, path: str, currency: str, errors: dict[str, list[str]]
) -> Charge:
    card = book.card(want)
    service_id = want.service_id or (card.service_id if card else None)
    service = book.catalog.get(service_id) if service_id else None
    if want.client_service_id and card is None:
        errors[f"{path}.client_service_id"] = ["Service not found for this client."]
    elif want.service_id and card is None and service is None:
        errors[f"{path}.service_id"] = ["Service not found."]
    elif card is None and service is None and not line.description:
        errors[f"{path}.description"] = ["A line without a service needs a description."]
    rate = line.unit_rate
    if rate is not None and not fits(rate, currency):
        errors[f"{path}.unit_rate"] = [f"{currency} amounts can't be finer than {minor_unit(currency)}."]
    if rate is None and (why := book.unpriced(want, currency, line.quantity)):
        errors[f"{path}.unit_rate"] = [why]
    resolved = book.rate(want) if rate is None else stated(rate)
    model = book.model(want, currency) if rate is None and f"{path}.unit_rate" not in errors else None
    known = card or service
    name = known.name if known else line.description or ""
    charge = Charge(
        item_id=None,
        quantity=line.quantity,
        rate=resolved,
        service_name=name,
        unit=line.unit or (card.unit if card else service.default_unit if service else "Hour"),
        service_id=service_id,
        client_service_id=card.id if card else None,
        description=line.description,
        in_agreement=book.covers(want) if known else None,
        treatment=book.treatment(want),
        model=model,
    )
    if charge.bound > LARGEST:
        errors[f"{path}.quantity"] = [plausible.TOO_LARGE]
    return charge


def _write_lines(invoice: Invoice, composition: Composition) -> None:
    invoice.lines = [
        InvoiceLine(**line_row(line, invoice.id, place)) for place, line in enumerate(composition.lines, 1)
    ]
    invoice.taxes = [InvoiceTax(**row) for row in tax_rows(composition.taxes, invoice.id)]
    invoice.subtotal, invoice.tax_total = composition.subtotal, composition.tax_total
    invoice.total = invoice.balance = composition.total
    invoice.warnings = composition.warnings
