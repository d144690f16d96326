"""What stands on an invoice's page, as plain values for the template."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date

from billing.composition import quantity_text
from billing.config import Settings
from billing.invoice.models import VOID, Invoice, InvoiceLine, InvoiceTax
from billing.rates import NEGOTIATED
from common.money import display


def content(invoice: Invoice, settings: Settings) -> dict[str, Any]:
    assert invoice.issued_on
    assert invoice.due_on
    money = invoice.currency
    balance = display(invoice.balance, money)
    each = [_taxes_on(invoice, line) for line in invoice.lines]
    told = each if len(set(each)) > 1 else [""] * len(each)
    return {
        "number": invoice.number,
        "seller": {
            "name": settings.company_name,
            "address": settings.company_address,
            "email": settings.company_email,
        },
        "bill_to": {"name": invoice.bill_to["name"], "details": _address(invoice)},
        "facts": [
            ["Issued", _day(invoice.issued_on)],
            ["Due", _day(invoice.due_on)],
            ["Terms", _terms(invoice.net_terms)],
            ["Currency", money],
        ],
        "due_sentence": _due_sentence(invoice),
        "lines": [_line(line, taxes, money) for line, taxes in zip(invoice.lines, told, strict=True)],
        "sums": [["Subtotal", display(invoice.subtotal, money)], *(_tax(tax, invoice) for tax in invoice.taxes)],
        "exemptions": [f"Tax exempt: {reason}" for reason in invoice.tax_exemptions],
        "total": display(invoice.total, money),
        "paid": [["Paid or credited", display(-invoice.amount_paid, money)]] if invoice.amount_paid else [],
        "balance": balance,
        "instructions": _instructions(invoice, settings),
        "notes": (invoice.notes or "").splitlines(),
        "closing": "Thank you for your business.",
        "stamp": "VOID" if invoice.status == VOID else "",
    }


def _day(day: date) -> str:
    return format_date(day, "long", locale="en_US")


def _due_sentence(invoice: Invoice) -> str:
    if invoice.status == VOID:
        return "This invoice is void."
    return f"by {_day(invoice.due_on)}" if invoice.balance and invoice.due_on else "Nothing is left to pay."


def _terms(days: int) -> str:
    return f"Net {days} days" if days else "Due on receipt"


def _address(invoice: Invoice) -> list[str]:
    to = invoice.bill_to
    tax_id = f"Tax ID {to['tax_id']}" if to.get("tax_id") else None
    country = Locale("en").territories.get(to.get("country") or "", to.get("country"))
    return [part for part in (to.get("contact"), to.get("email"), country, tax_id) if part]


def _taxes_on(invoice: Invoice, line: InvoiceLine) -> str:
    """Said beside a line only where lines are taxed differently."""
    names = [_named(tax["name"], Decimal(tax["rate_percent"])) for tax in invoice.taxes_of(line)]
    return "Tax: " + ", ".join(names) if names else "Tax exempt" if line.tax_exempt_reason else "Not taxed"


def _line(line: InvoiceLine, taxes: str, currency: str) -> dict[str, Any]:
    by_service = line.description.startswith(f"{line.service_name} - ")
    notes = [] if by_service or line.description == line.service_name else [line.service_name]
    if line.work_orders:
        notes.append("Work orders: " + ", ".join(line.work_orders))
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
    """Names what it was charged on where that is not the subtotal: a part of the lines, or taxes as well."""
    name = _named(tax.name, tax.rate_percent)
    if tax.base != invoice.subtotal:
        name = f"{name} on {display(tax.base, invoice.currency)}"
    return [f"{name}, included" if tax.inclusive else name, display(tax.amount, invoice.currency)]


def _named(name: str, percent: Decimal) -> str:
    """ "GST (5 %)"; a name that has its rate in it stays as it is."""
    rate = f"{percent.normalize():f}"
    return name if re.search(rf"(?<![\d.]){re.escape(rate)}(?![\d.])", name) else f"{name} ({rate} %)"


def _instructions(invoice: Invoice, settings: Settings) -> list[str]:
    if invoice.status == VOID:
        return ["Nothing to do: this invoice is void."]
    if invoice.amount_paid == invoice.total:
        return ["Nothing to do: this invoice is settled."]
    owed, reference = display(invoice.balance, invoice.currency), f"Please quote {invoice.number} with your payment."
    given = settings.payment_instructions.replace("\\n", "\n").splitlines()
    return [*given, reference] if given else [f"Please pay {owed} by check, transfer or card.", reference]
