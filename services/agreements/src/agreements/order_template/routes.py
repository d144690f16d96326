"""HTTP routes for templates of work orders."""

from typing import Any
from uuid import UUID

from agreements.order_template import editing, queries, using
from agreements.order_template.editing import NewTemplate, TemplateChanges
from agreements.order_template.models import OrderTemplate
from agreements.order_template.schemas import CREATED_ORDER, FROM_TEMPLATE, TEMPLATE, TEMPLATE_BODY, TEMPLATE_PATCH
from agreements.order_template.using import OrderFromTemplate
from agreements.work.models import WorkOrder
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS, STAFF, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-order-templates", "Templates of work orders, with their tasks")

PATH = "/work-order-templates"
ONE = f"{PATH}/<uuid:template_id>"


@routes.list(PATH, "listWorkOrderTemplates", returns=TEMPLATE, roles=STAFF)
def list_templates(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_templates(work, page)


@routes.post(PATH, "createWorkOrderTemplate", body=TEMPLATE_BODY, returns=TEMPLATE, roles=MANAGERS)
def create_template(work: UnitOfWork, body: NewTemplate) -> OrderTemplate:
    return editing.create(work, body)


@routes.get(ONE, "getWorkOrderTemplate", returns=TEMPLATE, roles=STAFF)
def get_template(work: UnitOfWork, template_id: UUID) -> OrderTemplate:
    return queries.get(work, template_id)


@routes.patch(ONE, "updateWorkOrderTemplate", body=TEMPLATE_PATCH, returns=TEMPLATE, roles=MANAGERS)
def update_template(work: UnitOfWork, body: TemplateChanges, template_id: UUID) -> OrderTemplate:
    return editing.update(work, template_id, body)


@routes.delete(ONE, "deleteWorkOrderTemplate", roles=MANAGERS)
def delete_template(work: UnitOfWork, template_id: UUID) -> None:
    editing.delete(work, template_id)


@routes.post(f"{ONE}/orders", "createWorkOrderFromTemplate", body=FROM_TEMPLATE, returns=CREATED_ORDER, roles=WORKERS)
def create_order(work: UnitOfWork, body: OrderFromTemplate, template_id: UUID) -> WorkOrder:
    """Creates a work order with the template's tasks, and its values for the fields left out."""
    return using.create_from(work, template_id, body)
