"""Sending what is due: claim in one short transaction, send outside of any, record in another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload, undefer

from common import clock
from common.context import SYSTEM, Context
from common.service import Loop, Service
from common.uow import UnitOfWork
from notifications.channel.contract import Channel, Permanent, Provider, Receipt, Unreachable
from notifications.delivery import events
from notifications.delivery.backoff import MAX_TRIES, pause_after
from notifications.delivery.models import PENDING, SENDING, Attachment, Delivery

log = structlog.get_logger(__name__)

WAKE = "deliveries"
LEASE = timedelta(minutes=10)
"""Longer than one message can take with every answer of the provider just within its time limit."""
PORTION = 50
PORTION_SECONDS = 10.0
"""A portion ends then, so that a worker asked to stop can do so between two messages."""

Clock = Callable[[], datetime]


def loop(channel: Channel) -> Loop:
    """A loop of its own for each channel: a slow provider holds up no other."""
    return Loop(f"send-{channel.name}", partial(portion, channel=channel), channel=WAKE)


def portion(service: Service, channel: Channel, now: Clock = clock.now) -> bool:
    """Sends some of what is due; True when there may be more."""
    over = monotonic() + PORTION_SECONDS
    with channel.open(service.settings) as provider:  # type: ignore[arg-type]
        for _ in range(PORTION):
            delivery = claim(service, channel.name, now())
            if delivery is None:
                return False
            if not _attempt(service, provider, delivery, now):
                return False
            if monotonic() > over:
                break
    return True


def claim(service: Service, channel: str, at: datetime) -> Delivery | None:
    """Takes the delivery that is due longest, with all its content, for the length of a lease."""
    due = (
        select(Delivery)
        .where(Delivery.channel == channel, text(PENDING), Delivery.next_attempt_at <= at)
        .order_by(Delivery.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .options(
            selectinload(Delivery.content), selectinload(Delivery.attachments).options(undefer(Attachment.content))
        )
    )
    with service.work(Context(actor=SYSTEM, now=at)) as work:
        delivery = work.session.scalar(due)
        if delivery is not None:
            delivery.claim(at, LEASE)
    return delivery


def _attempt(service: Service, provider: Provider, delivery: Delivery, now: Clock) -> bool:
    """One try and its record; False when the provider is away."""
    if delivery.tries > MAX_TRIES:  # it was being sent when a worker died, again and again
        _record(
            service, delivery, now(), partial(_failed, error=delivery.last_error or "Sending it never came to an end.")
        )
        return True
    try:
        receipt = provider.send(delivery)
    except Permanent as error:
        _record(service, delivery, now(), partial(_failed, error=str(error)))
    except Unreachable as error:
        _record(service, delivery, now(), partial(_put_off, error=str(error)))
        return False
    except Exception as error:  # Temporary, or a mistake of ours that must not keep the others from being sent
        log.warning("delivery_attempt_failed", delivery_id=str(delivery.id), exc_info=True)
        _record(service, delivery, now(), partial(_put_off, error=str(error) or type(error).__name__))
    else:
        _record(service, delivery, now(), partial(_sent, receipt=receipt))
    return True


def _record(service: Service, claimed: Delivery, at: datetime, outcome: Callable[..., None]) -> None:
    """Writes down what became of it, unless the lease ran out and another sender took it over."""
    context = Context(actor=SYSTEM, correlation_id=claimed.correlation_id, causation_id=str(claimed.event_id), now=at)
    with service.work(context) as work:
        delivery = work.session.get_one(Delivery, claimed.id, with_for_update=True)
        if delivery.status != SENDING or delivery.attempts != claimed.attempts:
            log.warning("delivery_lease_lost", delivery_id=str(claimed.id))
            return
        outcome(work, delivery)
        log.info("delivery_attempted", delivery_id=str(delivery.id), status=delivery.status, attempts=delivery.attempts)


def _sent(work: UnitOfWork, delivery: Delivery, *, receipt: Receipt) -> None:
    delivery.succeed(work.now, receipt.provider_message_id, receipt.remark)
    work.emit(events.SENT, delivery)


def _put_off(work: UnitOfWork, delivery: Delivery, *, error: str) -> None:
    pause = pause_after(delivery.tries)
    if pause is None:
        _failed(work, delivery, error=error)
    else:
        delivery.retry(work.now + pause, error)


def _failed(work: UnitOfWork, delivery: Delivery, *, error: str) -> None:
    delivery.fail(error)
    work.emit(events.FAILED, delivery)
