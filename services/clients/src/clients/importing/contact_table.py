"""Imports and exports contacts as a CSV file."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from clients import naming, searching
from clients.client.models import Client
from clients.contact.models import Contact
from clients.custom_field import values as custom
from clients.custom_field.models import CustomField
from clients.importing import planning_clients as of_clients
from clients.importing import planning_parts as of_parts
from clients.importing import present, writing
from clients.importing.lines import ClientLine, PartLine, Plan, owner_line
from clients.importing.present import Present
from clients.importing.schemas import (
    CONTACT,
    CONTACT_COLUMNS,
    CONTACT_FIELDS,
    CONTACT_REQUIRED,
    CUSTOM_PREFIX,
    is_custom_field,
)
from common import csvfiles, emails, planning, streaming
from common.csvfiles import Row
from common.imports import refuse_failed
from common.pages import Page
from common.planning import cell
from common.searching import plan_each_anew
from common.tasks.progress import counted
from common.uow import UnitOfWork


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, CONTACT_COLUMNS, required=CONTACT_REQUIRED, more=is_custom_field)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> list[PartLine]:
    """Imports the rows, or previews them, and returns a line for each.

    Raises Refused before writing anything if a row has an error.
    """
    if not dry_run:
        present.take_turns(work)
    ids = [key for row in rows if (key := of_clients.as_id(row.values.get("id", "")))]
    of_contact = present.named_contacts(work, ids)
    names = [row.values.get("client", "") for row in rows]
    known = present.read(work, of_contact.values(), names, lock=not dry_run)
    with work.session.no_autoflush:
        plan = Plan(contacts=_lines(rows, known))
    if not dry_run:
        refuse_failed(plan.contacts, dry_run=False)
        writing.write(work, plan, known)
    return plan.contacts


def _lines(rows: Sequence[Row], known: Present) -> list[PartLine]:
    owners: dict[UUID, ClientLine] = {}
    lines = [_line(row, known, owners) for row in counted(rows)]
    planning.refuse_twins(
        lines, lambda line: line.present and line.present.id, "_row", "Same contact as line {row}. Keep one of them."
    )
    planning.refuse_twins(lines, _key_of_new, "name", "Same contact and client as line {row}. Keep one of them.")
    return lines


def _key_of_new(line: PartLine) -> Any:
    """Returns the key of a new contact: its client and its email or name; None for other lines."""
    if line.present is not None or line.errors:
        return None
    email = line.values.get("email")
    return line.owner.client_id, emails.key(email) if email else naming.key(line.values["name"])


def _line(row: Row, known: Present, owners: dict[UUID, ClientLine]) -> PartLine:
    cells = row.values
    line = PartLine(row.number, {}, owner=ClientLine(0, {}), table="contacts", errors=dict(row.errors))
    line.name = cells.get("name") or None
    contact = _find_by_id(line, known, cells.get("id", ""))
    client = known.by_key.get(naming.key(cells.get("client", "")))
    if client is None:
        line.fail("client", f'No client is named "{cells.get("client", "")}".')
        return line
    if contact is not None and contact.client_id != client.id:
        line.fail("client", "The contact with this id belongs to another client.")
    if client.merged_into_id is not None:
        line.fail("client", f'"{client.name}" was merged into another client. Use that client.')
    line.owner = owners.setdefault(client.id, owner_line(client))
    line.present = contact or _find_by_name(line, known, client, cells)
    line.given = planning.given(CONTACT, cells)
    answers = {name.removeprefix(CUSTOM_PREFIX): text for name, text in cells.items() if is_custom_field(name)}
    if answers:
        line.given["custom_fields"] = answers
    of_parts.judge_contact(line, known, {name for name in CONTACT_FIELDS if cells.get(name) == ""})
    return line


def _find_by_id(line: PartLine, known: Present, text: str) -> Contact | None:
    if not text:
        return None
    identifier = of_clients.as_id(text)
    contact = known.contacts_by_id.get(identifier) if identifier else None
    if contact is None:
        line.fail("id", "Contact not found. Leave the id empty to add a new contact.")
    return contact


def _find_by_name(line: PartLine, known: Present, client: Client, cells: dict[str, str]) -> Contact | None:
    if line.errors:
        return None
    return of_parts.contact_named(known.contacts.get(client.id, ()), cells.get("email"), cells.get("name"))


def table(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Returns the contacts that match the filters as a CSV file that `run` can import."""
    questions = custom.fields_of(work, "contact")
    columns = [*CONTACT_COLUMNS, *(f"{CUSTOM_PREFIX}{question.key}" for question in questions)]
    return csvfiles.write(columns, _rows(work, page, questions))


def _rows(work: UnitOfWork, page: Page, questions: Sequence[CustomField]) -> Iterator[dict[str, str]]:
    statement = select(Contact).join(Client, Client.id == Contact.client_id).where(Client.merged_into_id.is_(None))
    for name, value in page.filters.items():
        statement = statement.where(getattr(Contact, name) == value)
    if page.q:
        plan_each_anew(work.session)
        statement = statement.where(searching.matching(page.q, searching.occurs(Contact.search_text)))
    statement = statement.options(selectinload(Contact.client))
    statement = statement.order_by(Client.name_key, Contact.created_at, Contact.id)
    for contacts in streaming.portions(work.session, statement):
        for contact in contacts:
            yield _row(contact, [question.key for question in questions])


def _row(contact: Contact, keys: Sequence[str]) -> dict[str, str]:
    cells = {name: cell(CONTACT.fields[name].serialize(name, contact)) for name in CONTACT_FIELDS}
    cells |= {"id": str(contact.id), "client": contact.client.name}
    return cells | {f"{CUSTOM_PREFIX}{key}": cell(contact.custom_fields.get(key)) for key in keys}
