"""HTTP routes for forms of work orders."""

from typing import Any
from uuid import UUID

from agreements.form import editing, queries, submitting
from agreements.form.editing import FormChanges, NewForm
from agreements.form.models import OrderForm
from agreements.form.schemas import (
    FORM,
    FORM_ANSWERS,
    FORM_BODY,
    FORM_FILTERS,
    FORM_PATCH,
    SUBMISSION,
    SUBMITTED_ORDER,
)
from agreements.form.submitting import Submission
from agreements.work.models import WorkOrder
from common.http.routes import Routes
from common.pages import Page
from common.roles import CLIENT_USERS, EVERYONE, MANAGERS, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-order-forms", "Forms that clients fill in to open a work order")

PATH = "/work-order-forms"
ONE = f"{PATH}/<uuid:form_id>"


@routes.list(PATH, "listWorkOrderForms", returns=FORM, filters=FORM_FILTERS, roles=EVERYONE)
def list_forms(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_forms(work, page)


@routes.post(PATH, "createWorkOrderForm", body=FORM_BODY, returns=FORM, roles=MANAGERS)
def create_form(work: UnitOfWork, body: NewForm) -> OrderForm:
    return editing.create(work, body)


@routes.get(ONE, "getWorkOrderForm", returns=FORM, roles=EVERYONE)
def get_form(work: UnitOfWork, form_id: UUID) -> OrderForm:
    return queries.get(work, form_id)


@routes.patch(ONE, "updateWorkOrderForm", body=FORM_PATCH, returns=FORM, roles=MANAGERS)
def update_form(work: UnitOfWork, body: FormChanges, form_id: UUID) -> OrderForm:
    return editing.update(work, form_id, body)


@routes.post(
    f"{ONE}/submissions",
    "submitWorkOrderForm",
    body=SUBMISSION,
    returns=SUBMITTED_ORDER,
    roles=WORKERS | CLIENT_USERS,
)
def submit_form(work: UnitOfWork, body: Submission, form_id: UUID) -> WorkOrder:
    """Creates a work order with the answers. One `Idempotency-Key` creates one."""
    return submitting.submit(work, form_id, body)


@routes.get(
    "/work-orders/<uuid:work_order_id>/form-answers", "getWorkOrderFormAnswers", returns=FORM_ANSWERS, roles=EVERYONE
)
def get_answers(work: UnitOfWork, work_order_id: UUID) -> dict[str, Any]:
    return queries.answers_of(work, work_order_id)
