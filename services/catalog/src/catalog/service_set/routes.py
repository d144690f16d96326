"""Routes of service sets."""

from typing import Any
from uuid import UUID

from catalog.service_set import editing, queries
from catalog.service_set.models import ServiceSet
from catalog.service_set.schemas import BODY, FILTERS, PATCH, SERVICE_SET
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork

routes = Routes("service-sets", "Named sets of services, such as the starting services of new clients")

PATH = "/service-sets"
ONE = f"{PATH}/<uuid:set_id>"


@routes.list(PATH, "listServiceSets", returns=SERVICE_SET, filters=FILTERS, roles=STAFF)
def list_sets(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_sets(work, page)


@routes.post(PATH, "createServiceSet", body=BODY, returns=SERVICE_SET, roles=ADMINS)
def create_set(work: UnitOfWork, body: dict[str, Any]) -> ServiceSet:
    return editing.create(work, **body)


@routes.get(ONE, "getServiceSet", returns=SERVICE_SET, roles=STAFF)
def get_set(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    return queries.get(work, set_id)


@routes.patch(ONE, "updateServiceSet", body=PATCH, returns=SERVICE_SET, roles=ADMINS)
def update_set(work: UnitOfWork, body: dict[str, Any], set_id: UUID) -> ServiceSet:
    """Changes the set. `is_default: true` replaces the previous default set."""
    return editing.update(work, set_id, **body)


@routes.delete(ONE, "deleteServiceSet", roles=ADMINS)
def delete_set(work: UnitOfWork, set_id: UUID) -> None:
    editing.delete(work, set_id)


@routes.post(f"{ONE}/archive", "archiveServiceSet", returns=SERVICE_SET, roles=ADMINS, status=200)
def archive_set(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    return editing.archive(work, set_id)


@routes.post(f"{ONE}/restore", "restoreServiceSet", returns=SERVICE_SET, roles=ADMINS, status=200)
def restore_set(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    return editing.restore(work, set_id)
