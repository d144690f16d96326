"""Sends due deliveries: claims in one short transaction, sends outside of any, records in another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from common import clock
from common.app import App, Loop
from common.blobs.files import read
from common.context import SYSTEM, Context
from common.organisation.settings import Organisation
from common.uow import UnitOfWork
from notifications.channel.contract import Channel, Permanent, Provider, Receipt, Unreachable
from notifications.config import Settings
from notifications.delivery import events
from notifications.delivery.backoff import MAX_TRIES, pause_after
from notifications.delivery.models import PENDING, SENDING, Delivery

log = structlog.get_logger(__name__)

WAKE = "deliveries"
LEASE = timedelta(minutes=10)
"""Longer than one message takes if every answer of the provider just meets its time limit."""
PORTION = 50
PORTION_SECONDS = 10.0
"""Ends a portion, so that a worker can stop between two messages."""

Clock = Callable[[], datetime]


def loop(channel: Channel) -> Loop:
    """Returns a loop for each channel, so that a slow provider does not delay other channels."""
    return Loop(f"send-{channel.name}", partial(portion, channel=channel), channel=WAKE)


def portion(app: App, channel: Channel, now: Clock = clock.now) -> bool:
    """Sends some due deliveries. Returns True if there may be more."""
    over = monotonic() + PORTION_SECONDS
    with channel.open(Settings.of(app)) as provider:
        for _ in range(PORTION):
            claimed = claim(app, channel.name, now())
            if claimed is None:
                return False
            if not _attempt(app, provider, *claimed, now):
                return False
            if monotonic() > over:
                break
    return True


def claim(app: App, channel: str, at: datetime) -> tuple[Delivery, Organisation] | None:
    """Returns the delivery that is due longest, with its content, claimed for a lease, and its sender."""
    due = (
        select(Delivery)
        .where(Delivery.channel == channel, text(PENDING), Delivery.next_attempt_at <= at)
        .order_by(Delivery.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .options(selectinload(Delivery.content), selectinload(Delivery.attachments))
    )
    with app.work(Context(actor=SYSTEM, now=at)) as work:
        delivery = work.session.scalar(due)
        if delivery is None:
            return None
        delivery.claim(at, LEASE)
        return delivery, work.organisation


def _attempt(app: App, provider: Provider, delivery: Delivery, sender: Organisation, now: Clock) -> bool:
    """Sends one delivery and records the outcome. Returns False if the provider is down."""
    if delivery.tries > MAX_TRIES:  # workers died repeatedly while sending it
        _record(
            app,
            delivery,
            now(),
            partial(_failed, error=delivery.last_error or "Sending was interrupted too often."),
        )
        return True
    try:
        attached = [b"".join(read(app.settings, attachment.file)) for attachment in delivery.attachments]
        receipt = provider.send(delivery, attached, sender)
    except Permanent as error:
        _record(app, delivery, now(), partial(_failed, error=str(error)))
    except Unreachable as error:
        _record(app, delivery, now(), partial(_put_off, error=str(error)))
        return False
    except Exception as error:  # a temporary failure or a bug, which must not stop the others
        log.warning("delivery_attempt_failed", delivery_id=str(delivery.id), exc_info=True)
        _record(app, delivery, now(), partial(_put_off, error=str(error) or type(error).__name__))
    else:
        _record(app, delivery, now(), partial(_sent, receipt=receipt))
    return True


def _record(app: App, claimed: Delivery, at: datetime, outcome: Callable[..., None]) -> None:
    """Records the outcome, unless the lease ended and another sender took the delivery."""
    context = Context(actor=SYSTEM, correlation_id=claimed.correlation_id, causation_id=str(claimed.event_id), now=at)
    with app.work(context) as work:
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
