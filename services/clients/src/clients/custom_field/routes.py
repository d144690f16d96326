"""Routes of custom fields."""

from typing import Any
from uuid import UUID

from clients.custom_field import editing, queries
from clients.custom_field.models import CustomField
from clients.custom_field.schemas import CUSTOM_FIELD, CUSTOM_FIELD_PATCH, FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork

routes = Routes("custom-fields", "The MSP's own fields for clients, contacts, locations and assets")

ONE = "/custom-fields/<uuid:custom_field_id>"


@routes.list("/custom-fields", "listCustomFields", returns=CUSTOM_FIELD, filters=FILTERS, roles=STAFF)
def list_custom_fields(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_fields(work, page)


@routes.post("/custom-fields", "createCustomField", body=CUSTOM_FIELD, returns=CUSTOM_FIELD, roles=ADMINS)
def create_custom_field(work: UnitOfWork, body: dict[str, Any]) -> CustomField:
    return editing.create(work, **body)


@routes.get(ONE, "getCustomField", returns=CUSTOM_FIELD, roles=STAFF)
def get_custom_field(work: UnitOfWork, custom_field_id: UUID) -> CustomField:
    return queries.get(work, custom_field_id)


@routes.patch(ONE, "updateCustomField", body=CUSTOM_FIELD_PATCH, returns=CUSTOM_FIELD, roles=ADMINS)
def update_custom_field(work: UnitOfWork, body: dict[str, Any], custom_field_id: UUID) -> CustomField:
    return editing.update(work, custom_field_id, **body)


@routes.delete(ONE, "deleteCustomField", roles=ADMINS)
def delete_custom_field(work: UnitOfWork, custom_field_id: UUID) -> None:
    """Deletes a custom field that has no values. A field with values can only be archived."""
    editing.remove(work, custom_field_id)
