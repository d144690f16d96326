"""Creating and changing forms for work orders."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from agreements import known_clients
from agreements.form import events
from agreements.form.answering import CHOICE
from agreements.form.models import OrderForm
from agreements.form.queries import get
from agreements.inbound.replicas import CatalogService
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.replicas import find
from common.texts import one_line
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    label: str
    type: str
    required: bool = False
    choices: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewForm:
    name: str
    description: str | None = None
    client_id: UUID | None = None
    service_id: UUID | None = None
    active: bool = True
    questions: list[Question]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormChanges:
    name: str | Unset = UNSET
    description: str | Unset | None = UNSET
    client_id: UUID | Unset | None = UNSET
    service_id: UUID | Unset | None = UNSET
    active: bool | Unset = UNSET
    questions: list[Question] | Unset = UNSET


def create(work: UnitOfWork, new: NewForm) -> OrderForm:
    form = OrderForm(id=new_id(), form_version=0, questions=[])
    _apply(work, form, sent(new))
    work.session.add(form)
    work.emit(events.CHANGED, form)
    return form


def update(work: UnitOfWork, form_id: UUID, changes: FormChanges) -> OrderForm:
    """Changes the form. Other questions make a new version; orders keep the questions that they answered."""
    form = get(work, form_id, lock=True)
    work.check_version(form)
    _apply(work, form, sent(changes))
    if work.session.is_modified(form):
        work.emit(events.CHANGED, form)
    return form


def _apply(work: UnitOfWork, form: OrderForm, values: dict[str, Any]) -> None:
    with work.session.no_autoflush:
        if "name" in values:
            values["name"] = one_line(values["name"])
            _check_name(work, form, values["name"])
        if values.get("client_id") not in (None, form.client_id):
            known_clients.read(work, [values["client_id"]]).usable(values["client_id"])
        if values.get("service_id") not in (None, form.service_id):
            service = find(work, CatalogService, values["service_id"])
            if service is None or service.status != "active":
                raise Invalid({"service_id": ["Choose an active service of the catalog."]})
    if "questions" in values:
        asked = _checked(values.pop("questions"))
        if asked != form.questions:
            form.questions, form.form_version = asked, form.form_version + 1
    for name, value in values.items():
        setattr(form, name, value)


def _checked(questions: list[Question]) -> list[dict[str, Any]]:
    """Returns the questions as they are kept. Raises Invalid for one asked twice, or without choices."""
    errors: dict[str, list[str]] = {}
    labels: set[str] = set()
    for position, question in enumerate(questions):
        if question.label.casefold() in labels:
            errors[f"questions.{position}.label"] = [f'"{question.label}" is asked twice. Change one of them.']
        labels.add(question.label.casefold())
        if question.type == CHOICE and len(set(question.choices)) < 2:
            errors[f"questions.{position}.choices"] = ["Offer at least two different choices."]
    if errors:
        raise Invalid(errors)
    return [
        {
            "label": question.label,
            "type": question.type,
            "required": question.required,
            "choices": list(dict.fromkeys(question.choices)) if question.type == CHOICE else [],
        }
        for question in questions
    ]


def _check_name(work: UnitOfWork, form: OrderForm, name: str) -> None:
    same_name = select(OrderForm.name).where(func.lower(OrderForm.name) == name.lower(), OrderForm.id != form.id)
    if other := work.session.scalar(same_name):
        message = f'Another form is already named "{other}". Choose another name.'
        raise Conflict(message, {"name": [message]})
