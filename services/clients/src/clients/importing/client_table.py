"""Imports and exports clients as a CSV file, each with its primary contact and location."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from clients.client import filtering, search
from clients.client.models import Client
from clients.custom_field import values as custom
from clients.custom_field.models import CustomField
from clients.importing import planning_clients as of_clients
from clients.importing import planning_parts as of_parts
from clients.importing import present, writing
from clients.importing.lines import ClientLine, PartLine, Plan
from clients.importing.present import Present
from clients.importing.schemas import (
    CLIENT,
    CLIENT_COLUMNS,
    CLIENT_FIELDS,
    CLIENT_REQUIRED,
    CONTACT,
    CONTACT_PART_FIELDS,
    CUSTOM_PREFIX,
    LOCATION,
    LOCATION_PART_FIELDS,
    is_custom_field,
)
from clients.importing.texts import joined, split
from clients.inbound.replicas import TaxCode
from common import csvfiles, planning, searching, streaming
from common.csvfiles import Row
from common.imports import refuse_failed
from common.pages import Page
from common.planning import cell
from common.tasks.progress import counted
from common.uow import UnitOfWork

Cells = Mapping[str, str]
UNNAMED = "Main"
"""The name of a location whose line has only an address."""


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, CLIENT_COLUMNS, required=CLIENT_REQUIRED, more=is_custom_field)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> list[ClientLine]:
    """Imports the rows, or previews them, and returns a line for each.

    Raises Refused before writing anything if a row has an error.
    """
    if not dry_run:
        present.take_turns(work)
    ids = [key for row in rows if (key := of_clients.as_id(row.values.get("id", "")))]
    stored = present.read(work, ids, [row.values.get("name", "") for row in rows], lock=not dry_run)
    with work.session.no_autoflush:
        plan = _plan(work, rows, stored)
    if not dry_run:
        refuse_failed(plan.clients, dry_run=False)
        writing.write(work, plan, stored)
    return plan.clients


def _plan(work: UnitOfWork, rows: Sequence[Row], stored: Present) -> Plan:
    plan = Plan()
    for row in counted(rows):
        line = ClientLine(row.number, {}, errors=dict(row.errors))
        plan.clients.append(line)
        _judge(work, line, row.values, stored)
        plan.contacts += _contact(line, row.values, stored)
        plan.locations += _location(line, row.values, stored)
    of_clients.refuse_twins(plan.clients)
    for part, prefix in ((plan.locations, "location_"), (plan.contacts, "contact_")):
        for each in part:
            _report_to_owner(each, prefix)
    for line in plan.clients:
        of_clients.in_columns(line)
    return plan


def _judge(work: UnitOfWork, line: ClientLine, cells: Cells, stored: Present) -> None:
    of_clients.find(line, stored, cells.get("id", ""), cells.get("name", ""))
    line.given = planning.given(CLIENT, cells, CLIENT_FIELDS)
    answers = {name.removeprefix(CUSTOM_PREFIX): text for name, text in cells.items() if is_custom_field(name)}
    if answers:
        line.given["custom_fields"] = answers
    if "tags" in cells:
        line.given["tags"] = split(cells["tags"])
    if "billing_cc_emails" in cells:
        line.given["billing_cc_emails"] = cells["billing_cc_emails"]
    if cells.get("tax_code"):
        of_clients.name_tax_code(line, stored, cells["tax_code"])
    empty = {CLIENT_FIELDS[column] for column in cells if column in CLIENT_FIELDS and not cells[column]}
    of_clients.judge(line, stored, work.organisation, empty)


def _contact(owner: ClientLine, cells: Cells, stored: Present) -> list[PartLine]:
    """Returns the line of the primary support contact: the contact with that email or name, or a new contact."""
    given = _part(cells, "contact_", CONTACT_PART_FIELDS)
    if not any(given.values()):
        return []
    known = stored.contacts.get(owner.client_id, []) if owner.client_id else []
    line = PartLine(owner.row, planning.given(CONTACT, given), table="contacts", owner=owner, becomes_primary=True)
    active = [contact for contact in known if contact.status == "active"]
    line.present = of_parts.contact_named(active, given.get("email"), given.get("name"))
    of_parts.judge_contact(line, stored, {name for name, text in given.items() if not text})
    return [line]


def _location(owner: ClientLine, cells: Cells, stored: Present) -> list[PartLine]:
    """Returns the line of the primary location: the location with that name or a new one.

    Without a name, it is the current primary location.
    """
    given = _part(cells, "location_", LOCATION_PART_FIELDS)
    if not any(given.values()):
        return []
    known = stored.locations.get(owner.client_id, []) if owner.client_id else []
    active = [location for location in known if location.status == "active"]
    if given.get("name"):
        location = of_parts.location_named(active, given["name"])
    else:
        location = next((location for location in active if location.is_primary), None)
        given["name"] = location.name if location is not None else UNNAMED
    line = PartLine(owner.row, planning.given(LOCATION, given), table="locations", owner=owner, becomes_primary=True)
    line.present = location
    of_parts.judge_location(line, stored, {name for name, text in given.items() if not text})
    return [line]


def _part(cells: Cells, prefix: str, names: Sequence[str]) -> dict[str, str]:
    return {name: cells[f"{prefix}{name}"] for name in names if f"{prefix}{name}" in cells}


def _report_to_owner(line: PartLine, prefix: str) -> None:
    """Adds the line's errors and changes to its client's line."""
    for name, messages in line.errors.items():
        line.owner.errors.setdefault(f"{prefix}{name}", []).extend(messages)
    if line.owner.present is None:
        return
    if line.present is None:
        line.changes = {name: {"before": None, "after": line.given[name]} for name in line.given if line.given[name]}
    line.owner.changes |= {f"{prefix}{name}": change for name, change in line.changes.items()}


def table(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Returns the clients that match the filters as a CSV file that `run` can import."""
    questions = custom.fields_of(work, "client")
    columns = [*CLIENT_COLUMNS, *(f"{CUSTOM_PREFIX}{question.key}" for question in questions)]
    return csvfiles.write(columns, _rows(work, page, questions))


def _rows(work: UnitOfWork, page: Page, questions: Sequence[CustomField]) -> Iterator[dict[str, str]]:
    tax_codes = {code.id: code.name for code in work.session.scalars(select(TaxCode))}
    statement = select(Client).where(Client.merged_into_id.is_(None), *filtering.conditions(work, page.filters))
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(search.matching(page.q))
    shown = (Client.labels, Client.primary_support_contact, Client.primary_location)
    statement = statement.options(*(selectinload(each) for each in shown)).order_by(Client.name_key, Client.id)
    for clients in streaming.portions(work.session, statement):
        for client in clients:
            yield _row(client, tax_codes, questions)


def _row(client: Client, tax_codes: dict[UUID, str], questions: Sequence[CustomField]) -> dict[str, str]:
    cells = {column: _cell(CLIENT.fields[name].serialize(name, client)) for column, name in CLIENT_FIELDS.items()}
    cells |= {"id": str(client.id), "tax_code": tax_codes.get(client.tax_code_id, "") if client.tax_code_id else ""}
    for prefix, part, names in (
        ("contact_", client.primary_support_contact, CONTACT_PART_FIELDS),
        ("location_", client.primary_location, LOCATION_PART_FIELDS),
    ):
        if part is not None:
            cells |= {f"{prefix}{name}": _cell(getattr(part, name)) for name in names}
    return cells | {
        f"{CUSTOM_PREFIX}{question.key}": _cell(client.custom_fields.get(question.key)) for question in questions
    }


def _cell(value: Any) -> str:
    return joined(value) if isinstance(value, list) else cell(value)
