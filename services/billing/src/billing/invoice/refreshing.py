"""Updates the parts of a draft that follow the client until issue: recipient, terms and taxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing import plausible, ratebook
from billing.composition import Taxation, tax_prices
from billing.inbound.replicas import Client
from billing.invoice.addressing import NO_EMAIL, bill_to_of, seller
from billing.invoice.models import Invoice, InvoiceLine, InvoiceTax
from billing.invoice.rows import line_taxes, tax_rows
from billing.ratebook import Wanted
from billing.taxes import Treatment
from common.errors import Conflict
from common.fields import LARGEST
from common.money import display
from common.uow import UnitOfWork


def made_for(client: Any, bill_to: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the client data of a draft, for comparison at issue."""
    return {"client_name": client.name, "net_terms": client.net_terms, "bill_to": dict(bill_to)}


@dataclass(frozen=True)
class Today:
    """The values with which the invoice would be issued today."""

    client: Client
    made_for: dict[str, Any]
    treatments: list[Treatment]
    taxation: Taxation | None
    """None until a missing tax code arrives."""


def changes(work: UnitOfWork, invoice: Invoice) -> list[dict[str, Any]]:
    """Returns the changes since the draft was created, as `{"field", "was", "now"}` with display texts."""
    today = _today(work, invoice)
    if today is None:
        return []
    was, now = _flat(invoice.drafted_for or _stored(invoice)), _flat(today.made_for)
    taxation = today.taxation
    if taxation is not None and _taxes_differ(invoice, today.treatments, taxation):
        was |= {"taxes": _told(invoice.taxes, invoice), "total": display(invoice.total, invoice.currency)}
        taxes = [InvoiceTax(**row) for row in tax_rows(taxation.taxes, invoice.id)]
        now |= {"taxes": _told(taxes, invoice), "total": display(taxation.total, invoice.currency)}
    fields = [*now, *(field for field in was if field not in now)]
    return [
        {"field": field, "was": was.get(field), "now": now.get(field)}
        for field in fields
        if was.get(field) != now.get(field)
    ]


def refresh(work: UnitOfWork, invoice: Invoice) -> None:
    """Sets the client's current name, address, terms and taxes on the draft."""
    today = _today(work, invoice)
    if today is None or today.taxation is None:
        unknown = next((one.unknown for one in today.treatments if one.unknown), None) if today else None
        raise Conflict((unknown or "The client's data has not arrived yet.") + " Try again in a moment.")
    invoice.client_name, invoice.net_terms = today.client.name, today.client.net_terms
    invoice.bill_to, invoice.seller = today.made_for["bill_to"], seller(work.organisation, invoice.currency)
    invoice.series = work.organisation.invoice_series
    others = [warning for warning in invoice.warnings if warning != NO_EMAIL]
    invoice.warnings = others if today.client.invoice_email else [*others, NO_EMAIL]
    if _taxes_differ(invoice, today.treatments, today.taxation):
        if today.taxation.total > LARGEST:
            raise Conflict(f"The invoice {plausible.TOO_LARGE.lower()}")
        _tax(work, invoice, today.treatments, today.taxation)


def _today(work: UnitOfWork, invoice: Invoice) -> Today | None:
    client = work.session.get(Client, invoice.client_id)
    if client is None:
        return None
    wants = [
        Wanted(
            *(invoice.client_id, invoice.agreement_id, line.client_service_id, line.service_id),
            tax_code_id=line.own_tax_code_id,
        )
        for line in invoice.lines
    ]
    book = ratebook.load(work, [Wanted(invoice.client_id), *wants])
    treatments = [book.treatment(want) for want in wants]
    taxation = None
    if not any(one.unknown for one in treatments):
        priced = [(_price(line), one) for line, one in zip(invoice.lines, treatments, strict=True)]
        taxation = tax_prices(priced, invoice.currency, invoice.tax_rounding)
    return Today(client, made_for(client, bill_to_of(work, client)), treatments, taxation)


def _stored(invoice: Invoice) -> dict[str, Any]:
    """Returns the client data of a draft from an older release, which stored less."""
    return {"client_name": invoice.client_name, "net_terms": invoice.net_terms, "bill_to": invoice.bill_to}


def _price(line: InvoiceLine) -> Decimal:
    return line.amount if line.price_with_tax is None else line.price_with_tax


def _taxes_differ(invoice: Invoice, treatments: Sequence[Treatment], taxation: Taxation) -> bool:
    return any(
        (invoice.taxes_of(line), line.tax_exempt_reason, line.amount) != (line_taxes(one), one.reason, amount)
        for line, one, amount in zip(invoice.lines, treatments, taxation.amounts, strict=True)
    )


def _tax(work: UnitOfWork, invoice: Invoice, treatments: Sequence[Treatment], taxation: Taxation) -> None:
    for line, one, amount in zip(invoice.lines, treatments, taxation.amounts, strict=True):
        if line.amount != amount:
            line.explanation = f"{line.explanation} With the taxes on the day of issue, the amount is {amount:f}."
        line.price_with_tax = _price(line) if one.contained else None
        line.amount, line.tax_code_id = amount, one.code_id
        line.taxes, line.tax_exempt_reason = line_taxes(one), one.reason
    invoice.taxes.clear()
    work.session.flush()  # before issue, because triggers protect the lines and taxes of issued invoices
    invoice.taxes = [InvoiceTax(**row) for row in tax_rows(taxation.taxes, invoice.id)]
    invoice.subtotal, invoice.tax_total = taxation.subtotal, taxation.tax_total
    invoice.total = invoice.balance = taxation.total
    work.session.flush()


def _flat(made: Mapping[str, Any]) -> dict[str, str | None]:
    """Returns one text per field; the name appears once."""
    address = {f"bill_to.{key}": value for key, value in made["bill_to"].items() if key != "name"}
    return {key: _text(value) for key, value in {**made, **address}.items() if key != "bill_to"}


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    return str(value) if value not in (None, "") else None


def _told(taxes: Sequence[InvoiceTax], invoice: Invoice) -> str | None:
    return ", ".join(f"{tax.name} {display(tax.amount, invoice.currency)}" for tax in taxes) or None
