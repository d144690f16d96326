"""Imports the demo's clients and adds their details."""

from datetime import date, timedelta
from functools import partial

from dateutil.relativedelta import relativedelta

from local.demo import estate, tables
from local.demo.cast import CLIENTS, TAGS, TWIN, DemoClient
from local.demo.making import Making, Record, at_once

COUNTRIES = {"Cayman Islands": "KY", "Canada": "CA", "United Kingdom": "GB", "United States": "US"}
ZONES = {"Cayman Islands": "America/Cayman", "United Kingdom": "Europe/London"}


def build(making: Making) -> None:
    for name, color in TAGS:
        making.make("/tags", {"name": name, "color": color})
    for body in estate.FIELDS:
        making.make("/custom-fields", body)
    rows = [_row(making, client, number) for number, client in enumerate((*CLIENTS, TWIN))]
    made = making.load("/clients/import", tables.written(rows))
    for client in CLIENTS:
        making.clients[client.name] = {"id": made[client.name]}


def describe(making: Making) -> None:
    """Adds locations, assets and notes."""
    at_once(partial(_branch, making), estate.BRANCHES)
    at_once(partial(_equip, making), estate.EQUIPPED)
    at_once(partial(_note, making), estate.NOTES)


def _row(making: Making, client: DemoClient, number: int) -> Record:
    first, place = client.contact.split()[0].lower(), client.place
    return {
        "name": client.name,
        "website": f"https://www.{client.domain}",
        "phone": place.phone,
        "industry": client.industry,
        "tags": "; ".join(client.tags),
        "currency": client.currency,
        "country": client.country,
        "time_zone": ZONES.get(client.country, ""),
        "net_terms": client.net_terms,
        "tax_code": making.taxes[client.tax]["name"] if client.tax else "",
        "billing_contact_name": client.contact,
        "billing_email": f"billing@{client.domain}",
        "billing_cc_emails": f"accounting@{client.domain}" if client.tax else "",
        "contact_name": client.contact,
        "contact_email": f"{first}@{client.domain}",
        "location_name": "Head office",
        "location_line1": place.line1,
        "location_city": place.city or "",
        "location_subdivision": place.subdivision or "",
        "location_postal_code": place.postal_code,
        "location_country": COUNTRIES[client.country],
        "cf:service_level": client.level,
        "cf:onboarded_on": _onboarded(making.today, number).isoformat(),
    }


def _onboarded(today: date, number: int) -> date:
    return today - relativedelta(months=13 + number) - timedelta(days=number * 3 % 27)


def _branch(making: Making, branch: tuple[str, Record]) -> None:
    name, place = branch
    making.once(f"/clients/{making.clients[name]['id']}/locations", place, f"place {name}")


def _equip(making: Making, name: str) -> None:
    number, client = next(pair for pair in enumerate(CLIENTS, start=1) if pair[1].name == name)
    path, bought = f"/clients/{making.clients[name]['id']}/assets", _onboarded(making.today, number)
    for place, kind in enumerate(estate.EQUIPPED[name], start=10):
        make, model, system, prefix = estate.HARDWARE[kind]
        asset = {
            "name": f"{prefix}-{number:02}",
            "kind": kind,
            "make": make,
            "model": model,
            "os": system,
            "serial_number": f"{prefix}{number:02}-{4711 + 37 * number}",
            "ip_address": f"192.0.2.{place}",
            "purchased_on": bought.isoformat(),
            "warranty_until": (bought + relativedelta(years=3)).isoformat(),
        }
        making.once(path, asset, f"asset {name} {kind}")
    expires = (making.today + timedelta(days=20 * number)).isoformat()
    domain = {"name": client.domain, "kind": "domain", "expires_on": expires}
    making.once(path, domain | {"attributes": {"registrar": "Example Registrar"}}, f"asset {name} domain")


def _note(making: Making, note: tuple[str, Record]) -> None:
    name, said = note
    path = f"/clients/{making.clients[name]['id']}/notes"
    made = making.once(path, said, f"note {name} {said['title']}")
    title, body = estate.REWORDED
    if said["title"] == title:
        making.api.patch(f"{path}/{made['id']}", {"body": body})
