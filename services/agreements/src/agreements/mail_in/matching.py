"""Whose email it is, and which work order it answers. The sender's address decides, never the number alone."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from agreements.inbound.replicas import Contact
from agreements.mail_in.models import IncomingEmail
from agreements.mail_in.reading import Email
from agreements.work.models import WorkOrder
from common.context import Actor
from common.uow import UnitOfWork

OF_ORDER = re.compile(r"\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
"""The Message-ID of an email about a work order contains the order's id."""
MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Match:
    """The contact who wrote, acting as a user of the client, and the order that is answered, if any."""

    contact_id: UUID
    actor: Actor
    work_order_id: UUID | None


@dataclass(frozen=True, slots=True)
class NoMatch:
    reason: str


def match(work: UnitOfWork, email: Email) -> Match | NoMatch:
    """Returns the client's contact with the sender's address. An order of another client is not answered."""
    contacts = work.session.scalars(
        select(Contact).where(Contact.email_key == email.sender, ~Contact.removed).order_by(Contact.id)
    ).all()
    if not email.sender or not contacts:
        return NoMatch("No contact has the sender's address.")
    order = _answered(work, email, {contact.client_id for contact in contacts})
    if order is not None:
        contact = next(contact for contact in contacts if contact.client_id == order.client_id)
        return _matched(contact, order.id)
    if len({contact.client_id for contact in contacts}) > 1:
        return NoMatch("Contacts of several clients have the sender's address.")
    return _matched(contacts[0], None)


def _matched(contact: Contact, work_order_id: UUID | None) -> Match:
    actor = Actor(id=str(contact.id), name=contact.name, role="client_user", client_id=contact.client_id)
    return Match(contact.id, actor, work_order_id)


def _answered(work: UnitOfWork, email: Email, clients: set[UUID]) -> WorkOrder | None:
    """Returns the clients' order that the email answers: by what it replies to, then by the number in the subject."""
    answers = email.answers[:MOST_ANSWERS]
    ids = [UUID(found[1]) for found in map(OF_ORDER.search, answers) if found]
    earlier = select(IncomingEmail.work_order_id).where(
        IncomingEmail.message_id.in_(answers), IncomingEmail.work_order_id.is_not(None)
    )
    own = select(WorkOrder).where(WorkOrder.client_id.in_(clients))
    replied = own.where(WorkOrder.id.in_(ids) | WorkOrder.id.in_(earlier))
    found = work.session.scalars(replied.order_by(WorkOrder.created_at.desc()).limit(1)).first()
    if found is None and email.numbers:
        numbered = own.where(WorkOrder.number.in_(email.numbers)).order_by(WorkOrder.created_at.desc()).limit(1)
        found = work.session.scalars(numbered).first()
    return found
