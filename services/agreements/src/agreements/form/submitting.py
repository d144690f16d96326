"""Creating a work order from the answers to a form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agreements.access import is_client_user
from agreements.form import answering
from agreements.form.models import FormAnswers
from agreements.form.queries import get
from agreements.inbound import card
from agreements.work import orders
from agreements.work.models import WorkOrder
from agreements.work.orders import NewOrder
from common.errors import Conflict, Invalid
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """`form_version` is the version that was filled in; `answers` has a value or null for each of its questions."""

    form_version: int
    answers: list[Any]
    subject: str | None = None
    client_id: UUID | None = None


def submit(work: UnitOfWork, form_id: UUID, submission: Submission) -> WorkOrder:
    """Creates the work order and keeps its answers. Raises Conflict if the questions changed meanwhile."""
    form = get(work, form_id, keep=True)
    if not form.active:
        raise Conflict(f'"{form.name}" is not in use any more. Choose another form.')
    if submission.form_version != form.form_version:
        raise Conflict(f'"{form.name}" has changed meanwhile. Load it again and check your answers.')
    if len(submission.answers) != len(form.questions):
        raise Invalid({"answers": [f"Send {len(form.questions)} answers, null for those left out."]})
    client_id = work.actor.client_id if is_client_user(work) else submission.client_id
    if form.client_id is not None and client_id != form.client_id:
        raise Invalid({"client_id": [f'"{form.name}" is for another client.']})
    answers, errors = answering.check(form.questions, submission.answers)
    if errors:
        raise Invalid(errors)
    order = orders.create(
        work,
        NewOrder(
            client_id=client_id,
            service_id=card.included_id(work, client_id, form.service_id),
            subject=submission.subject or form.name,
        ),
    )
    work.session.flush()  # the answers refer to the order's row
    kept = FormAnswers(work_order_id=order.id, form_id=form.id, form_name=form.name, form_version=form.form_version)
    kept.answers, kept.answered_by_name, kept.answered_at = answers, work.actor.name, work.now
    work.session.add(kept)
    return order
