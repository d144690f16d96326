"""Sending a delivery again by request."""

from uuid import UUID

from common.errors import Conflict
from common.uow import UnitOfWork
from notifications.channel.message import message_id
from notifications.delivery import addressing, queries, queueing
from notifications.delivery.addressing import Addressee
from notifications.delivery.models import BILLING, SUPPORT, Delivery
from notifications.inbound.replicas import Client


def resend(work: UnitOfWork, delivery_id: UUID) -> Delivery:
    """Queues a new message to the current contact, because the old address may have been the mistake."""
    delivery = queries.get(work, delivery_id, lock=True)
    work.check_version(delivery)
    addressee = _addressee_today(work, delivery)
    if addressee is not None:
        if addressee.problem:
            raise Conflict(f"It has no recipient: {addressee.problem}")
        delivery.recipient, delivery.recipient_name = addressee.address, addressee.name
        delivery.cc = list(addressee.cc)
    if not delivery.recipient:
        raise Conflict(f"It has no recipient: {delivery.last_error}")
    sender = work.organisation.mail_from
    delivery.requeue(work.now, message_id(delivery.id, delivery.resends + 1, sender, delivery.reference_id))
    queueing.wake_senders(work)
    return delivery


def _addressee_today(work: UnitOfWork, delivery: Delivery) -> Addressee | None:
    """Returns the current contact, or None for staff deliveries and unknown clients."""
    client = work.session.get(Client, delivery.client_id) if delivery.client_id else None
    if client is None:
        return None
    if delivery.addressee == BILLING:
        return addressing.billing_contact(client)
    if delivery.addressee == SUPPORT:
        return addressing.support_contact(work, client)
    return None
