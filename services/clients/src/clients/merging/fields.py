"""The survivor's fields: empty fields get the duplicate's values."""

from typing import Any

from clients.client.models import Client

BLANKS = (
    *("abbreviation", "website", "phone", "industry", "referral_source"),
    *("tax_id", "tax_code_id", "hourly_rate", "country", "notes"),
)
PLACE = "billing_location_id"
ADDRESS = ("billing_contact_name", "billing_email", "billing_cc_emails")


def filled(survivor: Client, duplicate: Client) -> dict[str, Any]:
    """Returns the survivor's changes: values for empty fields and custom fields.

    The invoice recipients are changed only if the survivor has no email for invoices.
    """
    names = [name for name in BLANKS if getattr(survivor, name) is None and getattr(duplicate, name) is not None]
    if survivor.invoice_email is None and duplicate.billing_email is not None:
        names += ADDRESS
    if survivor.billing_location_id is None and survivor.primary_location_id is None:
        names += [PLACE] if duplicate.billing_location_id is not None else []
    if survivor.currency != duplicate.currency:
        names = [name for name in names if name != "hourly_rate"]
    changes = {name: getattr(duplicate, name) for name in names}
    answers = {**duplicate.custom_fields, **_non_empty(survivor.custom_fields)}
    if answers != survivor.custom_fields:
        changes["custom_fields"] = answers
    return changes


def differing(survivor: Client, duplicate: Client) -> list[dict[str, Any]]:
    """Returns the fields in which both clients have a value; the survivor's value is kept."""
    names = ["currency", "net_terms", "time_zone", "locale", *BLANKS, *ADDRESS]
    pairs = [(name, getattr(survivor, name), getattr(duplicate, name)) for name in names]
    pairs += [
        (f"custom_fields.{key}", survivor.custom_fields.get(key), value)
        for key, value in sorted(duplicate.custom_fields.items())
    ]
    filled_in = filled(survivor, duplicate).keys()
    return [
        {"field": name, "survivor": _display(own), "duplicate": _display(other)}
        for name, own, other in pairs
        if name not in filled_in and own not in (None, [], other) and other not in (None, [])
    ]


def _non_empty(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if value not in (None, "")}


def _display(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
