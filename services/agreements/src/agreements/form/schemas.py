"""Request and response schemas of forms for work orders."""

from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from agreements.form.answering import TYPES
from agreements.form.editing import FormChanges, NewForm, Question
from agreements.form.submitting import Submission
from common import fields as own
from common.commands import CommandSchema

MOST_QUESTIONS, MOST_CHOICES = 50, 100


class QuestionBody(CommandSchema):
    command = Question

    label = own.text(200, required=True)
    type = own.one_of(*TYPES, required=True)
    required = fields.Boolean(load_default=False)
    choices = fields.List(
        own.text(200, required=True),
        load_default=list,
        validate=validate.Length(max=MOST_CHOICES, error=f"At most {MOST_CHOICES} choices."),
        metadata={"description": "Only for `choice`, at least two"},
    )


class FormBody(CommandSchema):
    command: ClassVar[type[Any] | None] = NewForm

    name = own.text(100, required=True)
    description = own.text(2000, allow_none=True, load_default=None)
    client_id = fields.UUID(allow_none=True, load_default=None, metadata={"description": "Null: for all clients"})
    service_id = fields.UUID(allow_none=True, load_default=None, metadata={"description": "A service of the catalog"})
    active = fields.Boolean(load_default=True)
    questions = fields.List(
        own.Whole(QuestionBody()),
        required=True,
        validate=validate.Length(1, MOST_QUESTIONS, error=f"From 1 to {MOST_QUESTIONS} questions."),
    )


class OrderForm(FormBody):
    """`form_version` grows when the questions change."""

    command = None

    id = fields.UUID(dump_only=True)
    client_name = fields.String(dump_only=True, allow_none=True)
    service_name = fields.String(dump_only=True, allow_none=True)
    form_version = fields.Integer(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class FormPatch(FormBody):
    """The same fields, each optional; `questions` replaces all questions and makes a new version."""

    command = FormChanges


class FormFilters(Schema):
    client_id = fields.UUID()
    active = fields.Boolean()


class SubmissionBody(CommandSchema):
    command = Submission

    form_version = own.Integer(strict=True, required=True)
    answers = fields.List(
        fields.Raw(allow_none=True),
        required=True,
        metadata={"description": "One per question, in their order; a text, a number, a date, true or false, or null"},
    )
    subject = own.text(300, allow_none=True, load_default=None)
    client_id = fields.UUID(
        allow_none=True, load_default=None, metadata={"description": "Staff name the client; client users leave it out"}
    )


class SubmittedOrder(Schema):
    """The new work order; `getWorkOrder` returns all of it."""

    id = fields.UUID()
    number = fields.String()
    version = fields.Integer()


class FormAnswer(Schema):
    label = fields.String()
    type = own.one_of(*TYPES)
    value = fields.String(allow_none=True, metadata={"description": "`yes` or `no` for yes_no"})


class FormAnswers(Schema):
    """The questions as they were asked; null and empty if the order was not created from a form."""

    form_id = fields.UUID(allow_none=True)
    form_name = fields.String(allow_none=True)
    form_version = fields.Integer(allow_none=True)
    answered_by_name = fields.String(allow_none=True)
    answered_at = fields.DateTime(allow_none=True)
    answers = fields.List(fields.Nested(FormAnswer()))


FORM, FORM_BODY, FORM_PATCH, FORM_FILTERS = OrderForm(), FormBody(), FormPatch(partial=True), FormFilters()
SUBMISSION, SUBMITTED_ORDER, FORM_ANSWERS = SubmissionBody(), SubmittedOrder(), FormAnswers()
