"""The content of an invoice's page as plain values for the template.

The page has three forms. As issued, it shows only what was fixed at issue: no payments and no VOID stamp.
As of a day, it adds payments and the balance. A draft is a preview.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date

from billing.composition import quantity_text
from billing.invoice.models import DRAFT, VOID, Invoice, InvoiceLine, InvoiceTax
from billing.rates import NEGOTIATED
from common.colors import darkened
from common.money import display
from common.pdf.wrapping import breakable

ISSUED, CURRENT, PREVIEW = "issued", "current", "draft"

OLD_COLOR = "#1f6b4a"
"""Invoices of releases without brand colours have this one."""
HAN = {"CN": "SC", "SG": "SC", "TW": "TC", "HK": "HK", "MO": "HK", "KR": "KR"}
"""Chinese characters differ by country; other countries use Japan's."""


@dataclass(frozen=True)
class Standing:
    """Payments of an invoice up to a day."""

    as_of: date
    payments: Sequence[Any] = ()

    @property
    def paid(self) -> Decimal:
        return sum((payment.amount for payment in self.payments), Decimal(0))


def content(invoice: Invoice, seller: dict[str, Any], form: str, standing: Standing | None = None) -> dict[str, Any]:
    """Returns the content. `standing` is what the current form adds to the invoice."""
    money = invoice.currency
    each = [_taxes_on(invoice, line) for line in invoice.lines]
    told = each if len(set(each)) > 1 else [""] * len(each)
    page = {
        "number": invoice.number or "Draft",
        "heading": "PREVIEW" if form == PREVIEW else "INVOICE",
        "seller": {name: seller.get(name) or "" for name in ("name", "email", "tax_id")}
        | {"address": seller.get("address") or []},
        "bill_to": {"name": invoice.bill_to["name"], "details": _details(invoice)},
        "facts": [*_dates(invoice), ["Terms", _terms(invoice.net_terms)], ["Currency", money]],
        "lines": [_line(line, taxes, money) for line, taxes in zip(invoice.lines, told, strict=True)],
        "sums": [["Subtotal", display(invoice.subtotal, money)], *(_tax(tax, invoice) for tax in invoice.taxes)],
        "exemptions": [f"Tax exempt: {reason}" for reason in invoice.tax_exemptions],
        "total": display(invoice.total, money),
        "notes": (invoice.notes or "").splitlines(),
        "closing": "Thank you for your business.",
        "color": darkened(seller.get("brand_color") or OLD_COLOR),
        "han": HAN.get(invoice.bill_to.get("country") or "", "JP"),
    }
    softened: dict[str, Any] = breakable(page | _changing(invoice, seller, form, standing))
    return softened


def _changing(invoice: Invoice, seller: dict[str, Any], form: str, standing: Standing | None) -> dict[str, Any]:
    """Returns what differs between forms: top amount, payments, balance, payment instructions and stamp."""
    total = display(invoice.total, invoice.currency)
    if form == PREVIEW:
        sentence = "Preview. Nothing is due until the invoice is issued."
        top = {"label": "Total", "sentence": sentence, "amount": total}
        return {"top": top, "after": [], "instructions": _how_to_pay(invoice, seller, total), "stamp": "DRAFT"}
    if standing is None:
        settled = "Nothing to pay." if not invoice.total else None
        top = {"label": "Total due", "sentence": settled or f"by {_due(invoice)}", "amount": total}
        how = [f"Nothing to pay: the total is {total}."] if settled else _how_to_pay(invoice, seller, total)
        return {"top": top, "after": [], "instructions": how, "stamp": ""}
    return _as_of(invoice, seller, standing)


def _as_of(invoice: Invoice, seller: dict[str, Any], standing: Standing) -> dict[str, Any]:
    day, void = _day(standing.as_of), invoice.status == VOID
    owed = Decimal(0) if void else invoice.total - standing.paid
    balance = display(owed, invoice.currency)
    after = [[_payment(payment, invoice), display(-payment.amount, invoice.currency)] for payment in standing.payments]
    if void:
        sentence, how = "This invoice is void.", ["Nothing to pay: this invoice is void."]
    elif not owed:
        settled = "this invoice is paid in full." if invoice.total else f"the total is {balance}."
        sentence, how = f"Nothing to pay as of {day}.", [f"Nothing to pay: {settled}"]
    else:
        sentence, how = f"by {_due(invoice)}, as of {day}", _how_to_pay(invoice, seller, balance)
    return {
        "top": {"label": "Balance due", "sentence": sentence, "amount": balance},
        "after": [*after, [f"Balance due as of {day}", balance]],
        "instructions": how,
        "stamp": "VOID" if void else "",
    }


def _payment(payment: Any, invoice: Invoice) -> str:
    """Returns the payment's text; money received before issue is called the client's credit."""
    earlier = invoice.issued_on is not None and payment.received_on < invoice.issued_on
    return f"{'Credit from payment' if earlier else 'Payment'} of {_day(payment.received_on)}"


def _day(day: date) -> str:
    return format_date(day, "long", locale="en_US")


def _due(invoice: Invoice) -> str:
    assert invoice.due_on
    return _day(invoice.due_on)


def _dates(invoice: Invoice) -> list[list[str]]:
    if invoice.status == DRAFT:
        return [["Date", _day(invoice.issued_on)]] if invoice.issued_on else [["Date", "When issued"]]
    assert invoice.issued_on
    return [["Issued", _day(invoice.issued_on)], ["Due", _due(invoice)]]


def _terms(days: int) -> str:
    return f"Net {days} days" if days else "Due on receipt"


def _details(invoice: Invoice) -> list[str]:
    """Returns contact, address, email and tax ID; only the country without a known address."""
    to = invoice.bill_to
    country = Locale("en").territories.get(to.get("country") or "", to.get("country"))
    where = to.get("address") or [country]
    tax_id = f"Tax ID {to['tax_id']}" if to.get("tax_id") else None
    return [part for part in (to.get("contact"), *where, to.get("email"), tax_id) if part]


def _taxes_on(invoice: Invoice, line: InvoiceLine) -> str:
    """Returns the line's taxes, but only if lines are taxed differently."""
    names = [_named(tax["name"], Decimal(tax["rate_percent"])) for tax in invoice.taxes_of(line)]
    return "Tax: " + ", ".join(names) if names else "Tax exempt" if line.tax_exempt_reason else "Not taxed"


def _line(line: InvoiceLine, taxes: str, currency: str) -> dict[str, Any]:
    by_service = line.description.startswith(f"{line.service_name} - ")
    notes = [] if by_service or line.description == line.service_name else [line.service_name]
    if line.work_orders:
        notes.append("Work orders: " + ", ".join(line.work_orders))
    if line.price_with_tax is not None:
        notes.append(f"Price of {display(line.price_with_tax, currency)} less the tax it includes")
    if taxes:
        notes.append(taxes)
    return {
        "title": line.service_name if by_service else line.description,
        "notes": notes,
        "quantity": quantity_text(line.quantity, line.unit),
        "rate": display(line.unit_rate, currency),
        "rate_label": line.rate_label or "",
        "negotiated": line.rate_source in NEGOTIATED,
        "amount": display(line.amount, currency),
    }


def _tax(tax: InvoiceTax, invoice: Invoice) -> list[str]:
    """Returns the tax's texts, with its base if that differs from the subtotal."""
    name = _named(tax.name, tax.rate_percent)
    if tax.base != invoice.subtotal:
        name = f"{name} on {display(tax.base, invoice.currency)}"
    return [f"{name}, included" if tax.inclusive else name, display(tax.amount, invoice.currency)]


PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def _named(name: str, percent: Decimal) -> str:
    """Returns "GST (5%)"; a name that already contains its percentage stays unchanged."""
    told = {Decimal(number.replace(",", ".")) for number in PERCENT.findall(name)}
    return name if percent in told else f"{name} ({percent.normalize():f}%)"


def _how_to_pay(invoice: Invoice, seller: dict[str, Any], owed: str) -> list[str]:
    given = seller.get("payment_instructions") or [f"Please pay {owed} by check, transfer or card."]
    return [*given, f"Please include {invoice.number} with your payment."] if invoice.number else list(given)
