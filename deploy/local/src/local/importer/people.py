"""Imports services, clients, custom rates and custom services."""

from decimal import Decimal, InvalidOperation
from typing import Any

from common import emails
from common.countries import country_code
from local.importer.session import CREATED, UNCHANGED, UPDATED, Record, Session
from local.importer.sheets import Row, RowError
from local.importer.waiting import until

MOST_CC = 10


def load_service(session: Session, row: Row) -> str:
    wanted = {
        "name": row["name"],
        "description": row["description"],
        "default_rate": row.number("default_rate"),
        "category": row.optional("category"),
    }
    known = session.services.get(row["name"].lower())
    if known is None:
        session.services[row["name"].lower()] = session.api.post("/services", wanted)
        return CREATED
    return _amend(session, f"/services/{known['id']}", known, wanted)


def load_client(session: Session, row: Row) -> str:
    wanted = {
        "name": row["name"],
        "currency": row["currency"],
        "country": row.optional("country"),
        "net_terms": row.whole_number("net_terms"),
        "hourly_rate": row.number("hourly_rate"),
        "tax_code_id": _tax_code(session, row),
        "billing_contact_name": row.optional("billing_contact_name"),
        "billing_email": row.optional("billing_email"),
        "billing_cc_emails": _cc(session, row),
    }
    known = session.clients.get(row["name"].lower())
    if known is None:
        wanted = {name: value for name, value in wanted.items() if value is not None}
        session.clients[row["name"].lower()] = session.api.post("/clients", wanted)
        return CREATED
    wanted["country"] = country_code(row["country"]) or wanted["country"]
    return _amend(session, f"/clients/{known['id']}", known, wanted)


def load_rate(session: Session, row: Row) -> str:
    client = session.client(row)
    card_row = find_on_card(session, client, row.required("service"))
    wanted = {"custom_rate": row.required_number("custom_rate")}
    return _amend(session, f"/clients/{client['id']}/services/{card_row['id']}", card_row, wanted)


def load_custom_service(session: Session, row: Row) -> str:
    client = session.client(row)
    card = session.card(str(client["id"]))
    wanted = {
        "name": row.required("name"),
        "description": row["description"],
        "rate": row.required_number("rate"),
        "category": row.optional("category"),
    }
    known = card.get(row["name"].lower())
    if known is None:
        created = session.api.post(f"/clients/{client['id']}/services", {"is_custom": True, **wanted})
        card[row["name"].lower()] = created
        return CREATED
    return _amend(session, f"/clients/{client['id']}/services/{known['id']}", known, {"custom_rate": wanted["rate"]})


def find_on_card(session: Session, client: Record, name: str) -> Record:
    """Returns the client's row for a service. Waits for a catalog service that is not on the card yet."""
    client_id, wanted = str(client["id"]), name.lower()
    found = session.card(client_id).get(wanted)
    if found is None and wanted in session.services:
        found = until(lambda: session.card(client_id, fresh=True).get(wanted))
    if found is None:
        raise RowError(f'service: {client["name"]} has no service "{name}"')
    return found


def _amend(session: Session, path: str, known: Record, wanted: dict[str, Any]) -> str:
    changes = {name: value for name, value in wanted.items() if not _same(known.get(name), value)}
    if not changes:
        return UNCHANGED
    known.update(session.api.patch(path, changes))
    return UPDATED


def _same(known: Any, wanted: Any) -> bool:
    if known == wanted or (known in (None, "") and wanted in (None, "")):
        return True
    try:
        return isinstance(known, str) and isinstance(wanted, str) and Decimal(known) == Decimal(wanted)
    except InvalidOperation:
        return False


def _tax_code(session: Session, row: Row) -> str | None:
    """Returns the tax code with that percentage, new if needed; None for 0 and empty."""
    percent = Decimal(row.number("tax_percent") or 0)
    if percent == 0:
        return None
    name = f"Tax {percent.normalize():f} %"
    if name not in session.tax_codes:
        session.tax_codes[name] = session.api.post("/tax-codes", {"name": name, "rate_percent": f"{percent:f}"})
    return str(session.tax_codes[name]["id"])


def _cc(session: Session, row: Row) -> list[str]:
    """Returns the valid CC addresses; reports the others without failing the client."""
    kept: dict[str, str] = {}
    for written, address in emails.split(row["billing_cc_emails"]):
        try:
            normal = emails.checked(address)
        except ValueError as error:
            session.warn(row, f'billing_cc_emails: "{written}" skipped: {error}')
            continue
        if len(kept) == MOST_CC and emails.key(normal) not in kept:
            session.warn(row, f'billing_cc_emails: "{written}" skipped: at most {MOST_CC}')
        else:
            kept.setdefault(emails.key(normal), normal)
    return list(kept.values())
