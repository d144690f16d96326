"""Reading templates of work orders."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.order_template.models import OrderTemplate
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {name: getattr(OrderTemplate, name) for name in ("name", "created_at", "updated_at")}


def get(work: UnitOfWork, template_id: UUID, *, lock: bool = False) -> OrderTemplate:
    template = work.session.get(OrderTemplate, template_id, with_for_update=lock or None)
    if template is None:
        raise NotFound("Work order template not found.")
    return template


def page_of_templates(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(OrderTemplate)
    if page.q:
        columns = (OrderTemplate.name, OrderTemplate.subject)
        statement = statement.where(searching.naming(columns, page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=OrderTemplate.id)
