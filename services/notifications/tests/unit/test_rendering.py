"""The content of emails, in both parts."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from notifications.template.rendering import Brand, render

BRAND = Brand(
    company="Evergreen MSP",
    url="https://evergreen.example",
    contact="billing@evergreen.example",
    color="#17573a",
    ink="#ffffff",
    logo="",
    hours="",
)
INVOICE = {
    "number": "INV-2025-001",
    "client_name": "Acme Corporation",
    "total": "$3,739.50",
    "balance": "$3,739.50",
    "paid": None,
    "nothing_to_pay": False,
    "due_on": date(2025, 12, 30),
    "filename": "INV-2025-001.pdf",
    "path": "/invoices/17",
    "name": "Jane Doe",
}
PARTLY = {"balance": "$3,000.00", "paid": "$739.50"}
SETTLED = {"balance": "$0.00", "paid": "$3,739.50", "nothing_to_pay": True}
ZERO = {"total": "$0.00", "balance": "$0.00", "nothing_to_pay": True}
HOURS = {
    "number": "AGR-0007",
    "client_name": "Acme Corporation",
    "agreement_name": "Prepaid 40 hours",
    "total_hours": Decimal("40.00"),
    "hours_remaining": Decimal("4.50"),
    "hours_used": Decimal("35.50"),
    "remaining_percent": Decimal("11.25"),
    "to_client": True,
    "path": None,
    "name": "Sam",
}


ENDING = {
    "name": "Max",
    "number": "AGR-0007",
    "client_name": "Acme Corporation",
    "agreement_name": "Gold Support",
    "end_date": date(2026, 12, 31),
    "days_left": 7,
    "auto_renew": False,
    "renewal_number": None,
    "path": "/agreements/1",
}


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in {"style", "title"}
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        self._hidden -= tag in {"style", "title"}

    def handle_data(self, data):
        if not self._hidden:
            self.found += re.findall(r"[\w.,$%@-]+", data)


def words(html):
    parser = Words()
    parser.feed(html)
    return parser


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("invoice_issued", INVOICE),
        ("invoice_issued", INVOICE | PARTLY),
        ("invoice_issued", INVOICE | SETTLED),
        ("invoice_issued", INVOICE | ZERO),
        ("hours_low", HOURS),
        ("hours_low", {**HOURS, "to_client": False, "path": "/a/1"}),
        ("agreement_expiring", ENDING),
        ("agreement_expiring", {**ENDING, "renewal_number": "AGR-0008"}),
    ],
)
def test_the_text_part_contains_the_html_parts_text(template, values):
    mail = render(template, BRAND, "en_US", values)
    page = words(mail.html)

    assert {word for word in page.found if word not in mail.text} <= {"View", "Open"}
    assert [link for link in page.links if not link.startswith("mailto:") and link not in mail.text] == []


def test_an_invoice_mail_names_number_amount_and_due_date():
    mail = render("invoice_issued", BRAND, "en_US", INVOICE)

    assert mail.subject == "Invoice INV-2025-001 from Evergreen MSP"
    for part in (mail.html, mail.text):
        for fact in ("INV-2025-001", "$3,739.50", "December 30, 2025", "Hello Jane Doe", "Acme Corporation"):
            assert fact in part
    assert 'name="viewport"' in mail.html


def test_dates_are_written_as_the_client_writes_them_the_words_stay_english():
    assert "30 December 2025" in render("invoice_issued", BRAND, "en_GB", INVOICE).text
    assert "December 30, 2025" in render("invoice_issued", BRAND, "de_DE", INVOICE).text
    assert "December 30, 2025" in render("invoice_issued", BRAND, "no such locale", INVOICE).text


def test_names_are_escaped_in_html_and_plain_in_text():
    nasty = {**INVOICE, "client_name": 'A <script>alert("x")</script> & Co', "name": "<b>Jane</b>"}
    mail = render("invoice_issued", BRAND, None, nasty)

    assert "<script>" not in mail.html
    assert "<b>Jane" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert '<script>alert("x")</script> & Co' in mail.text


def test_without_an_account_there_is_no_link():
    mail = render("invoice_issued", BRAND, None, {**INVOICE, "path": None})

    assert "https://evergreen.example" not in mail.html + mail.text


def test_no_name_no_odd_greeting():
    assert render("invoice_issued", BRAND, None, {**INVOICE, "name": ""}).text.startswith("Hello,\n")


def test_a_missing_value_is_a_mistake_not_a_blank():
    with pytest.raises(UndefinedError):
        render("invoice_issued", BRAND, None, {key: value for key, value in INVOICE.items() if key != "balance"})


def test_used_up_hours_are_said_so():
    mail = render("hours_low", BRAND, None, {**HOURS, "hours_remaining": Decimal("-2.00")})

    assert mail.subject == "All hours of Prepaid 40 hours are used"
    assert "used up" in mail.text


@pytest.mark.parametrize(("values", "reason"), [(SETTLED, "paid in full"), (ZERO, "the total is $0.00")])
def test_an_invoice_with_nothing_to_pay_asks_for_nothing(values, reason):
    mail = render("invoice_issued", BRAND, "en_US", INVOICE | values)

    assert mail.subject == "Invoice INV-2025-001 from Evergreen MSP: nothing to pay"
    for part in (mail.html, mail.text):
        assert f"There is nothing to pay: {'this invoice is ' if 'paid' in reason else ''}{reason}." in part
        assert "with your payment" not in part
        assert "December 30, 2025" not in part


def test_after_a_payment_the_mail_shows_total_paid_and_balance():
    mail = render("invoice_issued", BRAND, "en_US", INVOICE | PARTLY)

    for part in (mail.html, mail.text):
        assert all(amount in part for amount in ("$3,739.50", "$739.50", "$3,000.00"))
    assert "Amount due:  $3,000.00" in mail.text
