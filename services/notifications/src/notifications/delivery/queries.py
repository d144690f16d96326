"""Reading deliveries: a list, or one with its content."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork
from notifications.delivery.models import Delivery

SORTS = {"created_at": Delivery.created_at, "recipient": Delivery.recipient, "subject": Delivery.subject}


def page_of_deliveries(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Delivery)
    for name, value in page.filters.items():
        statement = statement.where(getattr(Delivery, name) == value)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(Delivery.search_text, page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Delivery.id)


def get(work: UnitOfWork, delivery_id: UUID, *, lock: bool = False, content: bool = False) -> Delivery:
    """Returns a delivery; `content` adds the text and its attachments' names and sizes."""
    options = [selectinload(Delivery.content), selectinload(Delivery.attachments)] if content else []
    delivery = work.session.get(Delivery, delivery_id, with_for_update=lock or None, options=options)
    if delivery is None:
        raise NotFound("Notification not found.")
    return delivery
