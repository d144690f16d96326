"""What clients are found by: their own names and addresses, their people's, and every phone number.

The text stands in the client's row, so that one index answers; a contact has its own part for the list of contacts.
Whoever writes clients, contacts or locations calls `refresh` in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import load_only

from clients import searching
from clients.client.models import Client
from clients.contact.models import ACTIVE, Contact
from clients.location.models import Location
from common.uow import UnitOfWork

_OWN = (Client.name, Client.abbreviation, Client.website, Client.tax_id, Client.billing_contact_name)
_EMAILS = (Client.billing_email, Client.billing_cc_emails)
_PERSON = (Contact.name, Contact.title, Contact.department, Contact.email, Contact.phone, Contact.mobile)
_PLACE = (Location.name, Location.city, Location.phone)


def refresh(work: UnitOfWork, client_ids: Collection[UUID]) -> None:
    """Brings the texts of these clients and their contacts up to date: a few statements for however many."""
    work.session.flush()
    parts: dict[UUID, list[str]] = defaultdict(list)
    _contacts(work, client_ids, parts)
    _locations(work, client_ids, parts)
    wanted = load_only(Client.id, Client.phone, Client.search_text, *_OWN, *_EMAILS)
    changed = []
    for client in work.session.scalars(select(Client).where(Client.id.in_(client_ids)).options(wanted)):
        text = searching.join(words_of(client), *parts[client.id])
        if text != client.search_text:
            changed.append({"row": client.id, "text": text})
    _store(work, Client, changed)


def words_of(client: Client) -> str:
    """The client's own part."""
    own = (client.name, client.abbreviation, client.website, client.tax_id, client.billing_contact_name)
    emails = (client.billing_email, *(client.billing_cc_emails or ()))
    return searching.join(searching.words(*own, *emails), searching.phone_words(client.phone))


def words_of_contact(contact: Contact) -> str:
    own = searching.words(contact.name, contact.title, contact.department, contact.email)
    return searching.join(own, searching.phone_words(contact.phone, contact.mobile))


def _contacts(work: UnitOfWork, client_ids: Collection[UUID], parts: dict[UUID, list[str]]) -> None:
    wanted = load_only(Contact.id, Contact.client_id, Contact.status, Contact.search_text, *_PERSON)
    order = (Contact.created_at, Contact.id)
    changed = []
    for contact in work.session.scalars(
        select(Contact).where(Contact.client_id.in_(client_ids)).order_by(*order).options(wanted)
    ):
        text = words_of_contact(contact)
        if contact.status == ACTIVE:
            parts[contact.client_id].append(text)
        if text != contact.search_text:
            changed.append({"row": contact.id, "text": text})
    _store(work, Contact, changed)


def _locations(work: UnitOfWork, client_ids: Collection[UUID], parts: dict[UUID, list[str]]) -> None:
    active = select(Location.client_id, *_PLACE).where(Location.status == ACTIVE, Location.client_id.in_(client_ids))
    for client_id, name, city, phone in work.session.execute(active.order_by(Location.created_at, Location.id)):
        parts[client_id].append(searching.join(searching.words(name, city), searching.phone_words(phone)))


def _store(work: UnitOfWork, model: type[Client | Contact], changed: list[dict[str, object]]) -> None:
    """Past the ORM: a text to search by is no change of the row that anybody is told of."""
    if not changed:
        return
    table = cast(Table, model.__table__)
    statement = (
        update(table)
        .where(table.c.id == bindparam("row"))
        .values(search_text=bindparam("text"), updated_at=table.c.updated_at)
    )
    work.session.connection().execute(statement, changed)
