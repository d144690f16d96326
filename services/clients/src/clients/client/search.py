"""Search texts of clients, contacts and locations: names, addresses and phone numbers.

Each row stores its own text, so that the cost of adding a contact doesn't depend on the client's number of contacts.
Code that writes a client, contact or location calls `note` before the row is stored.
"""

from collections.abc import Collection, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, select, union, update

from clients import searching
from clients.client.models import Client
from clients.contact.models import ACTIVE, Contact
from clients.location.models import Location
from common.uow import UnitOfWork

Searchable = Client | Contact | Location


def note(row: Searchable) -> None:
    """Sets the row's search text from its current values."""
    text = text_of(row)
    if row.search_text != text:
        row.search_text = text


def refresh(work: UnitOfWork, client_ids: Collection[UUID]) -> None:
    """Recomputes the search texts of the clients, their contacts and locations; their versions stay."""
    work.session.flush()
    session = work.session
    _store(work, Client, session.scalars(select(Client).where(Client.id.in_(client_ids))).all())
    _store(work, Contact, session.scalars(select(Contact).where(Contact.client_id.in_(client_ids))).all())
    _store(work, Location, session.scalars(select(Location).where(Location.client_id.in_(client_ids))).all())


def _store(work: UnitOfWork, model: type[Searchable], rows: Sequence[Searchable]) -> None:
    """Stores changed texts with SQL, because the ORM would raise the rows' versions."""
    changed = [{"row": row.id, "text": text} for row in rows if (text := text_of(row)) != row.search_text]
    if changed:
        table = cast(Table, model.__table__)
        statement = update(table).where(table.c.id == bindparam("row"))
        statement = statement.values(search_text=bindparam("text"), updated_at=table.c.updated_at)
        work.session.connection().execute(statement, changed)


def text_of(row: Searchable) -> str:
    if isinstance(row, Contact):
        texts = searching.words(row.name, row.title, row.department, row.email)
        return searching.join(texts, searching.phone_words(row.phone, row.mobile))
    if isinstance(row, Location):
        texts = searching.words(row.name, row.line1, row.line2, row.city, row.postal_code)
        return searching.join(texts, searching.phone_words(row.phone))
    emails = (row.billing_email, *(row.billing_cc_emails or ()))
    names = (row.name, row.abbreviation, row.website, row.tax_id, row.billing_contact_name)
    return searching.join(searching.words(*names, *emails), searching.phone_words(row.phone))


def matching(q: str) -> ColumnElement[bool]:
    """Returns the condition on clients: each word of `q` occurs in their own text, a contact's or a location's."""
    return searching.matching(q, _occurs_in_client)


def _occurs_in_client(word: str) -> ColumnElement[bool]:
    contact = select(Contact.client_id).where(Contact.status == ACTIVE)
    location = select(Location.client_id).where(Location.status == ACTIVE)
    ids = union(
        select(Client.id).where(searching.occurs(Client.search_text)(word)),
        contact.where(searching.occurs(Contact.search_text)(word)),
        location.where(searching.occurs(Location.search_text)(word)),
    )
    return Client.id.in_(ids)
