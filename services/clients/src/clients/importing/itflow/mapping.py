"""Maps ITFlow's rows to fields of the API. The API's schemas check the values later."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clients.importing.itflow.dump import Table

Cells = dict[str, str | None]
Given = dict[str, Any]
KINDS = {
    "server": ("server", "virtual machine", "virtual server", "vm", "hypervisor", "nas", "san", "storage"),
    "workstation": ("workstation", "desktop", "thin client", "pc", "computer", "all in one"),
    "laptop": ("laptop", "notebook", "tablet", "chromebook"),
    "network": ("firewall/router", "firewall", "router", "switch", "access point", "modem", "network", "camera"),
    "printer": ("printer", "scanner", "copier"),
    "phone": ("phone", "mobile phone", "voip phone", "smartphone"),
    "software": ("software",),
}
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
_IMPORTANCES = {"low", "medium", "high"}


@dataclass
class Entry:
    """A row of the dump with its values for the API."""

    table: str
    row: int
    client: int
    given: Given
    archived: bool = False
    is_primary: bool = False
    location: int | None = None
    contact: int | None = None
    warnings: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Contents:
    clients: list[Entry]
    locations: list[Entry]
    contacts: list[Entry]
    services: list[Entry]
    assets: list[Entry]


def contents(tables: dict[str, Table]) -> Contents:
    """Returns all rows to import, including rows of clients that are not in the dump."""

    def rows(name: str) -> list[Cells]:
        return [_clean(row) for row in tables[name].rows] if name in tables else []

    clients = rows("clients")
    tags = _tags(rows("tags"), rows("client_tags"))
    contacts_of, locations_of = _primaries(clients, "primary_contact"), _primaries(clients, "primary_location")
    vendors = {_number(row, "vendor_id"): row.get("vendor_name") for row in rows("vendors")}
    interfaces = _interfaces(rows("asset_interfaces"))
    rates = {_number(row, "client_id"): _rate(row) for row in clients}
    return Contents(
        clients=[_client(row, tags) for row in clients],
        locations=[_location(row, locations_of) for row in rows("locations")],
        contacts=[_contact(row, contacts_of) for row in rows("contacts")],
        services=[_service(row, rates) for row in rows("services")],
        assets=[
            *(_domain(row, vendors) for row in rows("domains")),
            *(_asset(row, interfaces) for row in rows("assets")),
        ],
    )


def _client(row: Cells, tags: dict[int, list[str]]) -> Entry:
    number = _number(row, "client_id")
    given = _values(
        row,
        name="client_name",
        website="client_website",
        industry="client_type",
        referral_source="client_referral",
        currency="client_currency_code",
        tax_id="client_tax_id_number",
        abbreviation="client_abbreviation",
        notes="client_notes",
    )
    if rate := _rate(row):
        given["hourly_rate"] = rate
    given["status"] = "lead" if row.get("client_lead") == "1" else "active"
    if row.get("client_net_terms"):
        given["net_terms"] = _integer(row["client_net_terms"])
    if number in tags:
        given["tags"] = tags[number]
    return Entry("clients", number, number, given, archived=_archived(row, "client"))


def _rate(row: Cells) -> str | None:
    """Returns the client's hourly rate, or None for 0.00, ITFlow's value for no rate."""
    text = (row.get("client_rate") or "").strip()
    return None if re.fullmatch(r"[+-]?0*\.?0*|NULL", text) else text


def _location(row: Cells, primary: dict[int, int]) -> Entry:
    number, client = _number(row, "location_id"), _number(row, "location_client_id")
    given = _values(
        row,
        name="location_name",
        line1="location_address",
        city="location_city",
        subdivision="location_state",
        postal_code="location_zip",
        country="location_country",
        hours="location_hours",
    )
    given |= _phone(row, "location_phone", "phone")
    given["notes"] = _notes(
        row.get("location_description"), row.get("location_notes"), ("Extension", row.get("location_phone_extension"))
    )
    return Entry(
        "locations",
        number,
        client,
        given,
        archived=_archived(row, "location"),
        is_primary=row.get("location_primary") == "1" or primary.get(client) == number,
        contact=_number(row, "location_contact_id") or None,
    )


def _contact(row: Cells, primary: dict[int, int]) -> Entry:
    number, client = _number(row, "contact_id"), _number(row, "contact_client_id")
    given = _values(
        row,
        name="contact_name",
        title="contact_title",
        email="contact_email",
        extension="contact_extension",
        department="contact_department",
        notes="contact_notes",
    )
    given |= _phone(row, "contact_phone", "phone") | _phone(row, "contact_mobile", "mobile")
    given["is_billing"] = row.get("contact_billing") == "1"
    given["is_technical_support"] = row.get("contact_technical") == "1"
    return Entry(
        "contacts",
        number,
        client,
        given,
        archived=_archived(row, "contact"),
        is_primary=row.get("contact_primary") == "1" or primary.get(client) == number,
        location=_number(row, "contact_location_id") or None,
    )


def _service(row: Cells, rates: dict[int, str | None]) -> Entry:
    """Returns a service priced at the client's hourly rate or 0.00, because ITFlow has no price of a service."""
    client = _number(row, "service_client_id")
    given = _values(row, name="service_name", description="service_description", category="service_category")
    given["notes"] = _notes(row.get("service_notes"), ("Backup", row.get("service_backup")))
    importance = (row.get("service_importance") or "").lower()
    if importance in _IMPORTANCES:
        given["importance"] = importance
    given["rate"] = rates.get(client) or "0.00"
    entry = Entry("services", _number(row, "service_id"), client, given)
    if not rates.get(client):
        entry.warnings["rate"] = [
            "Priced at 0.00: ITFlow has no price for it and the client has no hourly rate. Set a rate."
        ]
    return entry


def _domain(row: Cells, vendors: dict[int, str | None]) -> Entry:
    given = _values(row, name="domain_name", expires_on="domain_expire", ip_address="domain_ip")
    given["kind"] = "domain"
    given["notes"] = _notes(row.get("domain_description"), row.get("domain_notes"))
    given["attributes"] = _attributes(
        registrar=vendors.get(_number(row, "domain_registrar")),
        name_servers=row.get("domain_name_servers"),
        mail_servers=row.get("domain_mail_servers"),
    )
    entry = Entry("domains", _number(row, "domain_id"), _number(row, "domain_client_id"), given)
    entry.archived = _archived(row, "domain")
    return entry


def _asset(row: Cells, interfaces: dict[int, Cells]) -> Entry:
    number = _number(row, "asset_id")
    interface = interfaces.get(number, {})
    given = _values(
        row,
        name="asset_name",
        make="asset_make",
        model="asset_model",
        serial_number="asset_serial",
        os="asset_os",
        purchased_on="asset_purchase_date",
        warranty_until="asset_warranty_expire",
    )
    given["kind"] = _KIND_OF.get((row.get("asset_type") or "").strip().lower(), "other")
    given["ip_address"] = row.get("asset_ip") or interface.get("interface_ip")
    given["mac_address"] = row.get("asset_mac") or interface.get("interface_mac")
    given["notes"] = _notes(row.get("asset_description"), row.get("asset_notes"))
    given["attributes"] = _attributes(
        type=row.get("asset_type") if given["kind"] == "other" else None,
        tag=row.get("asset_tag"),
        status=row.get("asset_status"),
        uri=row.get("asset_uri"),
        installed_on=row.get("asset_install_date"),
        physical_location=row.get("asset_physical_location"),
    )
    return Entry(
        "assets",
        number,
        _number(row, "asset_client_id"),
        given,
        archived=_archived(row, "asset"),
        location=_number(row, "asset_location_id") or None,
        contact=_number(row, "asset_contact_id") or None,
    )


def _clean(row: Cells) -> Cells:
    """Returns the row without NUL characters, which PostgreSQL does not store."""
    return {column: text.replace("\0", "") if text else text for column, text in row.items()}


def _values(row: Cells, **fields: str) -> Given:
    """Returns the fields with a value. ITFlow writes no value as an empty text, a zero date or the word NULL."""
    values = {name: (row.get(column) or "").strip() for name, column in fields.items()}
    return {name: text for name, text in values.items() if text not in ("", "NULL", "0000-00-00")}


def _phone(row: Cells, column: str, name: str) -> Given:
    digits = (row.get(column) or "").strip()
    if digits in ("", "NULL"):
        return {}
    code = (row.get(f"{column}_country_code") or "").strip().lstrip("+")
    return {name: f"+{code} {digits}" if code and not digits.startswith("+") else digits}


def _notes(*parts: str | tuple[str, str | None] | None) -> str | None:
    lines = []
    for part in parts:
        label, text = part if isinstance(part, tuple) else (None, part)
        if text and text.strip():
            lines.append(f"{label}: {text.strip()}" if label else text.strip())
    return "\n\n".join(lines) or None


def _attributes(**texts: str | None) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items() if text and text.strip()}


def _tags(tags: Iterable[Cells], of_clients: Iterable[Cells]) -> dict[int, list[str]]:
    names = {_number(tag, "tag_id"): tag.get("tag_name") for tag in tags}
    by_client: dict[int, list[str]] = defaultdict(list)
    for row in of_clients:
        if name := names.get(_number(row, "tag_id")):
            by_client[_number(row, "client_id")].append(name)
    return by_client


def _interfaces(rows: Iterable[Cells]) -> dict[int, Cells]:
    """Returns the primary or first network interface of each asset."""
    result: dict[int, Cells] = {}
    for row in rows:
        asset = _number(row, "interface_asset_id")
        if asset not in result or row.get("interface_primary") == "1":
            result[asset] = row
    return result


def _primaries(clients: Iterable[Cells], column: str) -> dict[int, int]:
    """Returns a client's primary contact or location by client, which older versions store in the client's row."""
    return {_number(row, "client_id"): _number(row, column) for row in clients if row.get(column)}


def _archived(row: Cells, prefix: str) -> bool:
    return bool(row.get(f"{prefix}_archived_at"))


def _number(row: Cells, column: str) -> int:
    text = row.get(column) or "0"
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def _integer(text: str | None) -> int | str | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else text
