"""The agreement's terms as a PDF."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.dates import format_date

from agreements.agreement import views
from agreements.agreement.models import ALL, BLOCK, FIXED_PRICE, MONTHLY, PREPAID, TIME_AND_MATERIALS, Agreement
from common.money import display
from common.pdf.letterhead import logo_of, noon, seller_of
from common.pdf.rendering import render
from common.pdf.wrapping import breakable
from common.uow import UnitOfWork

TEMPLATE = Path(__file__).with_name("contract.typ")
TYPES = {
    FIXED_PRICE: "Fixed price",
    PREPAID: "Block hours, prepaid",
    MONTHLY: "Block hours, monthly",
    TIME_AND_MATERIALS: "Time and materials",
}
FREQUENCIES = {"monthly": "per month", "quarterly": "per quarter", "annually": "per year"}
ROLLOVERS = {
    "none": "Unused hours expire at the end of each month.",
    "one_period": "Unused hours last one more month.",
    "unlimited": "Unused hours never expire.",
}


def pdf_of(work: UnitOfWork, agreement: Agreement) -> bytes:
    """Returns the PDF of the present terms. The same terms on one day return the same bytes."""
    client_name = views.one(work, agreement)["client_name"]
    data = content(agreement, views.services(work, agreement), client_name, work.today) | seller_of(work)
    return render(TEMPLATE, breakable(data) | logo_of(work), noon(work.today), work.settings.font_folders)


def content(agreement: Agreement, services: Sequence[dict[str, Any]], client_name: str, today: date) -> dict[str, Any]:
    """Returns the page's content as plain values for the template."""
    return {
        "number": agreement.number,
        "title": agreement.name,
        "client": client_name,
        "made_on": day_text(today),
        "facts": _facts(agreement),
        "services": [_service(row, agreement) for row in services],
        "coverage": _coverage(agreement),
        "sections": _sections(agreement),
    }


def _facts(agreement: Agreement) -> list[list[str]]:
    money = agreement.currency
    end = day_text(agreement.end_date) if agreement.end_date else "Open-ended"
    facts: list[tuple[str, str | None]] = [
        ("Type", TYPES[agreement.type]),
        ("Reference", agreement.reference),
        ("Start", day_text(agreement.start_date)),
        ("Last day", end),
        ("Recurring amount", _recurring(agreement)),
        ("Included hours", _hours(agreement)),
        ("Rate beyond the included hours", _rate(agreement.overage_rate, money)),
        ("Currency", money),
        ("Payment terms", f"Net {agreement.net_terms} days" if agreement.net_terms else "Due on receipt"),
    ]
    return [[name, value] for name, value in facts if value]


def _recurring(agreement: Agreement) -> str | None:
    if agreement.recurring_amount is None:
        return None
    frequency = FREQUENCIES.get(agreement.frequency or "", "")
    return f"{display(agreement.recurring_amount, agreement.currency)} {frequency}".strip()


def _hours(agreement: Agreement) -> str | None:
    if agreement.total_hours is None:
        return None
    return f"{number_text(agreement.total_hours)}{' per month' if agreement.type == MONTHLY else ''}"


def _rate(amount: Decimal | None, currency: str, unit: str | None = "Hour") -> str | None:
    per = f" per {unit.lower()}" if unit else ""
    return None if amount is None else f"{display(amount, currency)}{per}"


def _service(row: dict[str, Any], agreement: Agreement) -> list[str]:
    hours = row["hours_allocated"]
    rate = _rate(row["effective_rate"], agreement.currency, row["unit"])
    return [row["name"] or "", number_text(hours) if hours is not None else "", rate or ""]


def _coverage(agreement: Agreement) -> str:
    if agreement.coverage == ALL:
        return "All services of the client's rate card are covered."
    others = "is not done under this agreement" if agreement.uncovered_policy == BLOCK else "is billed separately"
    return f"The services below are covered. Work on other services {others}."


def _sections(agreement: Agreement) -> list[dict[str, Any]]:
    term = []
    if agreement.end_date and agreement.auto_renew:
        term.append("The agreement renews automatically for a term of the same length.")
    if agreement.end_date:
        days = "1 day" if agreement.notice_days == 1 else f"{agreement.notice_days} days"
        term.append(f"Notice is given {days} before the last day.")
    if agreement.type == MONTHLY:
        term.append(ROLLOVERS[agreement.rollover])
    parts = [
        ("Scope", (agreement.scope or "").splitlines()),
        ("Exclusions", (agreement.exclusions or "").splitlines()),
        ("Term", term),
    ]
    return [{"title": title, "lines": lines} for title, lines in parts if lines]


def day_text(day: date) -> str:
    return format_date(day, "long", locale="en_US")


def number_text(value: Decimal) -> str:
    """Returns 60.00 as 60 and 1000.50 as 1,000.5."""
    return f"{value.normalize():,f}"
