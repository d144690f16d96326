"""Reading forms for work orders, and the answers of an order."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true

from agreements.access import is_client_user, of_own_clients
from agreements.form.models import FormAnswers, OrderForm
from agreements.work.queries import get_order
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {name: getattr(OrderForm, name) for name in ("name", "created_at", "updated_at")}


def visible(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause. Client users see active forms, for all clients or their own."""
    own = or_(OrderForm.client_id.is_(None), of_own_clients(work, OrderForm.client_id))
    return own & (OrderForm.active.is_(True) if is_client_user(work) else true())


def get(work: UnitOfWork, form_id: UUID, *, lock: bool = False, keep: bool = False) -> OrderForm:
    """Returns the form; `lock` to change it, `keep` so that it stays as it is meanwhile."""
    statement = select(OrderForm).where(OrderForm.id == form_id, visible(work))
    if lock or keep:
        statement = statement.with_for_update(read=keep)
    form = work.session.scalar(statement)
    if form is None:
        raise NotFound("Work order form not found.")
    return form


def page_of_forms(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(OrderForm).where(visible(work))
    for name, value in page.filters.items():
        statement = statement.where(getattr(OrderForm, name) == value)
    if page.q:
        statement = statement.where(searching.naming((OrderForm.name,), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=OrderForm.id)


def answers_of(work: UnitOfWork, work_order_id: UUID) -> dict[str, Any]:
    """Returns the order's form and answers, all null if it was not created from a form."""
    order = get_order(work, work_order_id)
    found = work.session.get(FormAnswers, order.id)
    names = ("form_id", "form_name", "form_version", "answered_by_name", "answered_at")
    return {name: getattr(found, name, None) for name in names} | {"answers": found.answers if found else []}
