"""Display names of fields and display texts of their values."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from common.money import currencies, display

MONEY = frozenset(
    (
        *("amount", "balance", "cost", "custom_rate", "default_rate", "effective_rate", "hourly_rate", "overage_rate"),
        *("price", "rate", "recurring_amount", "setup_fee", "subtotal", "tax_total", "total", "unallocated"),
    )
)
LABELS = {
    "billing_cc_emails": "CC addresses",
    "billing_email": "billing email",
    "is_billing": "billing contact",
    "is_primary": "primary location",
    "is_primary_support": "primary support contact",
    "is_technical_support": "technical support contact",
    "is_default": "default set",
    "ip_address": "IP address",
    "mac_address": "MAC address",
    "brand_color": "brand color",
    "holiday_country": "country of public holidays",
    "holiday_subdivision": "subdivision of public holidays",
    "inherit_services": "services of new clients",
    "issue_on_run": "issuing by invoice runs",
    "line1": "address line 1",
    "line2": "address line 2",
    "mail_from": "sender address",
    "mail_from_name": "sender name",
    "mail_reply_to": "reply-to address",
    "net_terms": "payment terms",
    "os": "operating system",
    "service_ids": "services",
    "tax_id": "tax ID",
    "total_hours": "hours",
}
LONGEST = 60
_WORDS = re.compile("[a-z]+(_[a-z]+)*")
"""An enumeration value, such as `on_hold`."""


def label(field: str) -> str:
    """Returns the display name of a field: `default_rate` → `default rate`, `tax_code_id` → `tax code`."""
    return LABELS.get(field) or field.removesuffix("_id").replace("_", " ")


def is_readable(value: Any) -> bool:
    """Returns whether a value can be shown: not an id, not a structure."""
    if isinstance(value, list):
        return all(isinstance(entry, str) and is_readable(entry) for entry in value)
    return not isinstance(value, dict) and not _is_id(value)


def shown_value(field: str, value: Any, currency: str | None) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _short(", ".join(value))
    if field in MONEY and currency in currencies():
        return amount(value, currency)
    if not isinstance(value, str) or _is_number(value):
        return str(value)
    return _short(value.replace("_", " ") if _WORDS.fullmatch(value) else f'"{value}"')


def amount(value: Any, currency: str | None) -> str:
    try:
        return display(Decimal(value), currency or "")
    except (InvalidOperation, TypeError, ValueError, LookupError):
        return str(value)


def quoted(name: Any) -> str:
    return _short(f'"{name}"')


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 2).isdecimal()


def _is_id(value: Any) -> bool:
    if not isinstance(value, str) or len(value) != 36:
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
