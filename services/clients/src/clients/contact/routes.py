"""Routes of contacts."""

from typing import Any
from uuid import UUID

from clients.contact import editing, queries
from clients.contact.models import Contact
from clients.contact.schemas import ALL_FILTERS, CONTACT, CONTACT_PATCH, FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS
from common.uow import UnitOfWork

routes = Routes("contacts", "Contacts of a client")

ALL = "/clients/<uuid:client_id>/contacts"
ONE = f"{ALL}/<uuid:contact_id>"


@routes.list("/contacts", "listAllContacts", returns=CONTACT, filters=ALL_FILTERS, roles=EVERYONE)
def list_all_contacts(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists contacts of all clients the caller can see."""
    return queries.page_of_all(work, page)


@routes.list(ALL, "listContacts", returns=CONTACT, filters=FILTERS, roles=EVERYONE)
def list_contacts(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_contacts(work, client_id, page)


@routes.post(ALL, "createContact", body=CONTACT, returns=CONTACT, roles=MANAGERS)
def create_contact(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> Contact:
    return editing.create(work, client_id, **body)


@routes.get(ONE, "getContact", returns=CONTACT, roles=EVERYONE)
def get_contact(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    return queries.one(work, client_id, contact_id)


@routes.patch(ONE, "updateContact", body=CONTACT_PATCH, returns=CONTACT, roles=MANAGERS)
def update_contact(work: UnitOfWork, body: dict[str, Any], client_id: UUID, contact_id: UUID) -> Contact:
    return editing.update(work, client_id, contact_id, **body)


@routes.delete(ONE, "deleteContact", roles=MANAGERS)
def delete_contact(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> None:
    """Archives the contact. Work orders and history keep it."""
    editing.archive(work, client_id, contact_id)


@routes.post(f"{ONE}/restore", "restoreContact", returns=CONTACT, roles=MANAGERS, status=200)
def restore_contact(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    return editing.restore(work, client_id, contact_id)
