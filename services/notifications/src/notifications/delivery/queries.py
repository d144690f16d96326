"""Reading deliveries for the list and the page of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.orm import selectinload

from common.errors import NotFound
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork
from notifications.delivery.models import Delivery

SORTS = {"created_at": Delivery.created_at, "recipient": Delivery.recipient, "subject": Delivery.subject}
SEARCHED = (Delivery.subject, Delivery.recipient, Delivery.reference)


def page_of_deliveries(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Delivery)
    for name, value in page.filters.items():
        statement = statement.where(getattr(Delivery, name) == value)
    if page.q:
        # A plan made once for every q does not know that this one is rare, and reads the whole table.
        work.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        statement = statement.where(or_(*(column.icontains(page.q, autoescape=True) for column in SEARCHED)))
    return paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Delivery.id)


def get(work: UnitOfWork, delivery_id: UUID, *, lock: bool = False, content: bool = False) -> Delivery:
    """With `content` also what was said, and the names and sizes (not the bytes) of its attachments."""
    options = [selectinload(Delivery.content), selectinload(Delivery.attachments)] if content else []
    delivery = work.session.get(Delivery, delivery_id, with_for_update=lock or None, options=options)
    if delivery is None:
        raise NotFound("There is no such notification.")
    return delivery
